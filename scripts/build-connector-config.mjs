// Builds scripts/connector-config, which reads a connector.toml with the published runtimes of
// Danube connectors. The program is kept in the cache and built again when its sources change.

import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { isBuiltFrom, noteBuiltFrom } from './built-note.mjs';
import { cacheDirectory } from './cache-directory.mjs';

const SOURCE = path.join(import.meta.dirname, 'connector-config');
const FILES = ['Cargo.toml', 'Cargo.lock', 'src/main.rs'];

/** The runtimes' interface to Danube is generated while they are built. */
const NEEDED = ['cargo', 'protoc'];

function main() {
  const directory = path.join(cacheDirectory(), 'connector-config');
  if (isBuiltFrom(directory, sources())) {
    return;
  }
  const missing = NEEDED.filter((tool) => spawnSync(tool, ['--version']).status !== 0);
  if (missing.length > 0) {
    withoutTools(missing.join(' and '));
    return;
  }
  process.stdout.write('building connector-config\n');
  const start = Date.now();
  build(directory);
  noteBuiltFrom(directory, sources());
  const seconds = Math.round((Date.now() - start) / 1000);
  process.stdout.write(`built connector-config in ${seconds} s\n`);
}

/** On a person's machine the tests that need the program are counted as skipped. */
function withoutTools(names) {
  const message = `no ${names} on this machine, so no connector-config`;
  if (process.env.CI === 'true') {
    throw new Error(message);
  }
  process.stdout.write(`skipped: ${message}\n`);
}

/** Low priority: whoever builds this is running tests beside it. */
function build(directory) {
  fs.mkdirSync(directory, { recursive: true });
  const target = path.join(directory, 'target');
  const cargo = ['cargo', 'build', '--quiet', '--locked', '--target-dir', target];
  const result = spawnSync('nice', cargo, { cwd: SOURCE, stdio: ['ignore', 'inherit', 'inherit'] });
  if (result.status !== 0) {
    throw new Error(result.error?.message ?? 'cargo build failed');
  }
  const built = path.join(target, 'debug', 'connector-config');
  fs.copyFileSync(built, path.join(directory, 'connector-config'));
  fs.rmSync(target, { recursive: true });
}

function sources() {
  return FILES.map((file) => fs.readFileSync(path.join(SOURCE, file)));
}

try {
  main();
} catch (error) {
  process.stderr.write(`build-connector-config: ${error.message}\n`);
  process.exitCode = 1;
}
