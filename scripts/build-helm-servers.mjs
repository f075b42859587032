// Builds Helm's own command with helm-server/serve.go added, which renders many charts in one
// process: starting Helm takes five times as long as rendering a small chart. Tests that find no
// such server start Helm itself; test/real-helm/helm-server.test.ts holds the two to equal answers.

import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { isBuiltFrom, noteBuiltFrom } from './built-note.mjs';
import { cacheDirectory } from './cache-directory.mjs';
import { GO_ENVIRONMENT } from './go-environment.mjs';

const SOURCES = path.join(import.meta.dirname, 'helm-server');
const BINARIES = path.join(import.meta.dirname, 'helm-binaries.json');

function main() {
  readReleases()
    .filter((release) => !isBuiltFrom(directoryOf(release), sourcesOf(release)))
    .forEach(ensureBuilt);
}

/** The versions that ordinary tests run; the modules of the others have no sum there. */
function readReleases() {
  const binaries = JSON.parse(fs.readFileSync(BINARIES, 'utf8'));
  return binaries
    .filter(({ moduleSum }) => moduleSum !== undefined)
    .map(({ helm, moduleSum }) => ({
      version: helm,
      module: `helm.sh/helm/v${majorOf(helm)}`,
      sum: moduleSum,
    }));
}

function majorOf(version) {
  return version.split('.')[0];
}

function ensureBuilt(release) {
  process.stdout.write(`building the server of Helm ${release.version}\n`);
  const sources = fs.mkdtempSync(path.join(os.tmpdir(), 'helm-server-'));
  try {
    fs.cpSync(download(release), sources, { recursive: true });
    spawnSync('chmod', ['-R', 'u+w', sources]);
    for (const file of addedFiles(release)) {
      fs.copyFileSync(path.join(SOURCES, file), path.join(sources, 'cmd', 'helm', file));
    }
    build(release, sources);
  } finally {
    fs.rmSync(sources, { recursive: true });
  }
}

/** The directory of the module's sources, which are checked against the pinned sum. */
function download({ module, version, sum }) {
  const stdout = go(['mod', 'download', '-json', `${module}@v${version}`], {
    cwd: os.tmpdir(),
    env: { ...GO_ENVIRONMENT, GOSUMDB: 'off' },
  });
  const downloaded = JSON.parse(stdout);
  if (downloaded.Sum !== sum) {
    throw new Error(`${module}@v${version} has the sum ${downloaded.Sum}, not ${sum}`);
  }
  return downloaded.Dir;
}

/** What the sources need is pinned by Helm's own go.sum. */
function build(release, sources) {
  const directory = directoryOf(release);
  fs.mkdirSync(directory, { recursive: true });
  const temporary = path.join(directory, `build-${process.pid}`);
  const flags = `-s -w -X ${release.module}/internal/version.version=v${release.version}`;
  const args = ['build', '-trimpath', '-mod=readonly', '-ldflags', flags, '-o', temporary];
  go([...args, './cmd/helm'], { cwd: sources, env: GO_ENVIRONMENT });
  fs.renameSync(temporary, path.join(directory, 'helm-server'));
  noteBuiltFrom(directory, sourcesOf(release));
}

function go(args, options) {
  const result = spawnSync('go', args, { encoding: 'utf8', ...options });
  if (result.status !== 0) {
    throw new Error(result.error?.message ?? `go ${args[0]} failed: ${result.stderr}`);
  }
  return result.stdout;
}

function addedFiles({ version }) {
  return ['serve.go', `run_helm${majorOf(version)}.go`];
}

/** test/real-helm/helm-server.ts finds the server by the same rule. */
function directoryOf({ version }) {
  return path.join(cacheDirectory(), `helm-server-${version}`);
}

function sourcesOf(release) {
  const files = addedFiles(release).map((file) => fs.readFileSync(path.join(SOURCES, file)));
  return [JSON.stringify(release), ...files];
}

try {
  main();
} catch (error) {
  process.stderr.write(`build-helm-servers: ${error.message}\n`);
  // Without Go, or with an old one, tests are slower and as good; a CI machine has what it needs.
  process.exitCode = process.env.CI === 'true' ? 1 : 0;
}
