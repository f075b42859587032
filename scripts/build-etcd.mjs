// Builds etcd, etcdctl and etcdutl from their published Go modules, for the tests that run them.
// The versions are pinned in etcd-programs/go.mod and go.sum; the binaries are kept in the cache.

import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { isBuiltFrom, noteBuiltFrom } from './built-note.mjs';
import { cacheDirectory } from './cache-directory.mjs';
import { GO_ENVIRONMENT } from './go-environment.mjs';

const SOURCES = path.join(import.meta.dirname, 'etcd-programs');
const PROGRAMS = ['etcd', 'etcdctl', 'etcdutl'];

function main() {
  const version = /etcd\/server\/v3 v([0-9.]+)/.exec(source('go.mod'))[1];
  const directory = path.join(cacheDirectory(), `etcd-${version}`);
  if (isBuiltFrom(directory, sources())) {
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
    noteBuiltFrom(directory, sources());
  } finally {
    fs.rmSync(temporary, { recursive: true });
  }
}

/** Low priority: whoever builds this is running tests beside it. */
function build(directory) {
  const go = ['go', 'build', '-p', '2', '-trimpath', '-mod=readonly', '-o', directory];
  const result = spawnSync('nice', [...go, ...PROGRAMS.map((program) => `./${program}`)], {
    cwd: SOURCES,
    env: GO_ENVIRONMENT,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (result.status !== 0) {
    throw new Error(result.error?.message ?? 'go build failed (it needs Go 1.19 or newer)');
  }
}

function source(file) {
  return fs.readFileSync(path.join(SOURCES, file), 'utf8');
}

function sources() {
  return ['go.mod', 'go.sum', ...PROGRAMS.map((program) => `${program}/main.go`)].map(source);
}

try {
  main();
} catch (error) {
  process.stderr.write(`build-etcd: ${error.message}\n`);
  process.exitCode = 1;
}
