// On the current cluster: installs each chart of test/ct as it was in the last release, upgrades it
// to what charts-out holds now, and runs its tests. The last release is the tag of the newest
// version in charts-released.json; without one there is nothing to upgrade from.

import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import semver from 'semver';

const VALUES = 'test/ct';
const BEFORE = 'dist/last-release';
/** Parts of Danube find a core by this name: test/ct/danube-admin. */
const RELEASE = 'danube';
const NAMESPACE = 'danube';

function main() {
  const last = lastRelease();
  if (last === undefined) {
    process.stdout.write('nothing is released yet: no upgrade to try\n');
    return;
  }
  run('git', ['worktree', 'add', '--force', '--detach', BEFORE, `v${last}`]);
  try {
    installable().forEach((name) => upgrade(name, last));
  } finally {
    run('git', ['worktree', 'remove', '--force', BEFORE]);
  }
}

function lastRelease() {
  const released = JSON.parse(fs.readFileSync('charts-released.json', 'utf8'));
  const versions = Object.values(released).flatMap((chart) => Object.keys(chart));
  return semver.rsort(versions.filter((version) => semver.prerelease(version) === null))[0];
}

/** danube-core first, since the others need it. */
function installable() {
  const names = fs.readdirSync(VALUES).sort();
  return ['danube-core', ...names.filter((name) => name !== 'danube-core')];
}

function upgrade(name, last) {
  const before = path.join(BEFORE, 'charts-out', name);
  if (!fs.existsSync(before)) {
    process.stdout.write(`${name} is new since ${last}\n`);
    return;
  }
  const release = name === 'danube-core' ? RELEASE : name;
  const values = fs.readdirSync(path.join(VALUES, name)).sort()[0];
  const common = ['--namespace', NAMESPACE, '--values', path.join(VALUES, name, values)];
  const wait = ['--wait', '--timeout', '10m'];
  run('helm', ['install', release, before, '--create-namespace', ...common, ...wait]);
  run('helm', ['upgrade', release, path.join('charts-out', name), ...common, ...wait]);
  run('helm', ['test', release, '--namespace', NAMESPACE]);
  process.stdout.write(`${name}: upgraded from ${last}\n`);
}

function run(command, args) {
  const { status, error } = spawnSync(command, args, { stdio: 'inherit' });
  if (status !== 0) {
    throw new Error(`${command} ${args.slice(0, 2).join(' ')}: ${error?.message ?? 'failed'}`);
  }
}

try {
  main();
} catch (error) {
  process.stderr.write(`upgrade-from-release: ${error.message}\n`);
  process.exitCode = 1;
}
