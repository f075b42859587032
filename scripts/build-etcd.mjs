// Builds etcd, etcdctl and etcdutl from their published Go modules, for the tests that run them.
// The versions are pinned in etcd-programs/go.mod and go.sum; the binaries are kept in the cache.

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { cacheDirectory } from './cache-directory.mjs';

const SOURCES = path.join(import.meta.dirname, 'etcd-programs');
const PROGRAMS = ['etcd', 'etcdctl', 'etcdutl'];

function main() {
  const version = /etcd\/server\/v3 v([0-9.]+)/.exec(source('go.mod'))[1];
  const directory = path.join(cacheDirectory(), `etcd-${version}`);
  if (isCurrent(directory)) {
    return;
  }
  if (spawnSync('go', ['version']).status !== 0 && process.env.CI !== 'true') {
    process.stdout.write('skipped: no Go on this machine, so no etcd\n');
    return;
  }
  process.stderr.write(`building etcd ${version} in ${directory}\n`);
  fs.mkdirSync(directory, { recursive: true });
  const temporary = fs.mkdtempSync(path.join(directory, 'build-'));
  try {
    build(temporary);
    for (const program of PROGRAMS) {
      fs.renameSync(path.join(temporary, program), path.join(directory, program));
    }
    fs.writeFileSync(notePath(directory), noteText());
  } finally {
    fs.rmSync(temporary, { recursive: true });
  }
}

/** Low priority: whoever builds this is running tests beside it. */
function build(directory) {
  const go = ['go', 'build', '-p', '2', '-trimpath', '-mod=readonly', '-o', directory];
  const result = spawnSync('nice', [...go, ...PROGRAMS.map((program) => `./${program}`)], {
    cwd: SOURCES,
    env: { ...process.env, GOTOOLCHAIN: 'local', GOFLAGS: '', GOWORK: 'off', CGO_ENABLED: '0' },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (result.status !== 0) {
    throw new Error(result.error?.message ?? 'go build failed (it needs Go 1.19 or newer)');
  }
}

function source(file) {
  return fs.readFileSync(path.join(SOURCES, file), 'utf8');
}

/** The note is written last, so a build that was broken off is done again. */
function isCurrent(directory) {
  const note = notePath(directory);
  return fs.existsSync(note) && fs.readFileSync(note, 'utf8') === noteText();
}

function notePath(directory) {
  return path.join(directory, 'sources.sha256');
}

function noteText() {
  const files = ['go.mod', 'go.sum', ...PROGRAMS.map((program) => `${program}/main.go`)];
  const hash = createHash('sha256');
  files.forEach((file) => hash.update(source(file)));
  return `${hash.digest('hex')}\n`;
}

try {
  main();
} catch (error) {
  process.stderr.write(`build-etcd: ${error.message}\n`);
  process.exitCode = 1;
}
