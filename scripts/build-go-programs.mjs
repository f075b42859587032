// Builds Go programs that tests run, each from the pinned modules of a folder in scripts/go. They
// are kept in the cache and built again when their modules change.
//   node scripts/build-go-programs.mjs kwok kubernetes-1.36

import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { isBuiltFrom, noteBuiltFrom } from './built-note.mjs';
import { cacheDirectory } from './cache-directory.mjs';
import { GO_ENVIRONMENT } from './go-environment.mjs';

const MODULES = path.join(import.meta.dirname, 'go');
const PROGRAMS = JSON.parse(fs.readFileSync(path.join(MODULES, 'programs.json'), 'utf8'));

function main() {
  const wanted = process.argv.slice(2).map(findProgram);
  const missing = wanted.filter(
    (program) => !isBuiltFrom(directoryOf(program), sourcesOf(program)),
  );
  if (missing.length > 0 && spawnSync('go', ['version']).status !== 0) {
    withoutGo(missing.map(({ name }) => name).join(', '));
    return;
  }
  missing.forEach(ensureBuilt);
}

function findProgram(name) {
  const program = PROGRAMS.find((candidate) => candidate.name === name);
  if (program === undefined) {
    throw new Error(`${name} is not in scripts/go/programs.json`);
  }
  return program;
}

/** On a person's machine the tests that need the programs are counted as skipped. */
function withoutGo(names) {
  const message = `no Go on this machine, so no ${names}`;
  if (process.env.CI === 'true') {
    throw new Error(message);
  }
  process.stdout.write(`skipped: ${message}\n`);
}

function ensureBuilt(program) {
  const start = Date.now();
  const directory = directoryOf(program);
  process.stdout.write(`building ${path.basename(directory)}\n`);
  fs.mkdirSync(directory, { recursive: true });
  const temporary = fs.mkdtempSync(path.join(directory, 'build-'));
  try {
    build(program, temporary);
    for (const file of fs.readdirSync(temporary)) {
      fs.renameSync(path.join(temporary, file), path.join(directory, file));
    }
    noteBuiltFrom(directory, sourcesOf(program));
  } finally {
    fs.rmSync(temporary, { recursive: true });
  }
  const seconds = Math.round((Date.now() - start) / 1000);
  process.stdout.write(`built ${path.basename(directory)} in ${seconds} s\n`);
}

/** Low priority: whoever builds this is running tests beside it. */
function build(program, directory) {
  const args = ['build', '-p', '2', '-trimpath', '-mod=readonly', '-o', `${directory}/`];
  if (program.tags !== undefined) {
    args.push('-tags', program.tags);
  }
  args.push('-ldflags', linkerFlags(program), ...program.packages);
  const result = spawnSync('nice', ['go', ...args], {
    cwd: path.join(MODULES, program.name),
    env: GO_ENVIRONMENT,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (result.status !== 0) {
    throw new Error(result.error?.message ?? `go build of ${program.name} failed`);
  }
}

/** The programs of Kubernetes know their version from the linker only. */
function linkerFlags(program) {
  const flags = ['-s', '-w'];
  if (program.versionPackage !== undefined) {
    const version = versionOf(program);
    const [gitMajor, gitMinor] = version.split('.');
    const variables = { gitVersion: `v${version}`, gitMajor, gitMinor };
    for (const [variable, value] of Object.entries(variables)) {
      flags.push('-X', `${program.versionPackage}.${variable}=${value}`);
    }
  }
  return flags.join(' ');
}

/** test/go-programs.ts finds the version and the directory by the same rules. */
function versionOf({ name, module }) {
  const text = fs.readFileSync(path.join(MODULES, name, 'go.mod'), 'utf8');
  const line = text.split('\n').find((candidate) => candidate.includes(`${module} v`));
  return line.trim().split(' v')[1].split(' ')[0];
}

function directoryOf(program) {
  return path.join(cacheDirectory(), `${program.name}-${versionOf(program)}`);
}

function sourcesOf(program) {
  const files = ['go.mod', 'go.sum'].map((file) => path.join(MODULES, program.name, file));
  return [JSON.stringify(program), ...files.map((file) => fs.readFileSync(file))];
}

try {
  main();
} catch (error) {
  process.stderr.write(`build-go-programs: ${error.message}\n`);
  process.exitCode = 1;
}
