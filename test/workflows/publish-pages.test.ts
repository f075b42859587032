import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { useTemporaryDirectory } from '../helm/temporary-directory';

interface Workflow {
  readonly jobs: {
    readonly pages: {
      readonly steps: readonly { readonly name?: string; readonly run?: string }[];
    };
  };
}

const WORKFLOW = join(__dirname, '../../.github/workflows/release.yml');
const directory = useTemporaryDirectory();

/** The commands of the step that publishes the chart repository. */
function commands(): string {
  const { jobs } = parse(readFileSync(WORKFLOW, 'utf8')) as Workflow;
  const step = jobs.pages.steps.find(({ name }) => name === 'Index of the chart repository');
  return step?.run ?? '';
}

function git(cwd: string, ...args: readonly string[]): string {
  const user = ['-c', 'user.name=a', '-c', 'user.email=a@example.com'];
  return execFileSync('git', [...user, ...args], { cwd, encoding: 'utf8', stdio: 'pipe' });
}

/** In place of npm: an index that says how it was asked for. */
const NPM = '#!/bin/sh\nprintf "%s\\n" "$*" > dist/charts/index.yaml\n';

/** Publishes an archive from a new clone, as the workflow does. */
function publish(version: string, env: Readonly<Record<string, string>>): void {
  const clone = join(directory(), `clone-${version}`);
  execFileSync('git', ['clone', '--quiet', join(directory(), 'origin.git'), clone]);
  mkdirSync(join(clone, 'dist/charts'), { recursive: true });
  writeFileSync(join(clone, `dist/charts/any-${version}.tgz`), version);
  writeFileSync(join(clone, `dist/charts/any-${version}.tgz.prov`), version);
  const path = `${join(directory(), 'bin')}:${process.env.PATH ?? ''}`;
  execFileSync('bash', ['-e', '-o', 'pipefail', '-c', commands()], {
    cwd: clone,
    env: { PATH: path, HOME: directory(), GITHUB_REF_NAME: `v${version}`, ...env },
    stdio: 'pipe',
  });
}

test('the first release makes the branch, and the next one adds to it', () => {
  const origin = join(directory(), 'origin.git');
  const sources = join(directory(), 'sources');
  execFileSync('git', ['init', '--quiet', '--bare', '-b', 'main', origin]);
  execFileSync('git', ['init', '--quiet', '-b', 'main', sources]);
  writeFileSync(join(sources, 'README.md'), 'Sources.\n');
  writeFileSync(join(sources, '.gitignore'), 'dist/\n*.tgz\n');
  git(sources, 'add', '-A');
  git(sources, 'commit', '-qm', 'Sources', '--date', '2026-01-02T03:04:05Z');
  git(sources, 'push', '-q', origin, 'main');
  mkdirSync(join(directory(), 'bin'));
  writeFileSync(join(directory(), 'bin/npm'), NPM);
  chmodSync(join(directory(), 'bin/npm'), 0o755);

  publish('1.0.0', { ARTIFACTHUB_ID: '' });
  const files = () => git(origin, 'ls-tree', '--name-only', 'gh-pages').trim().split('\n');
  const index = () => git(origin, 'show', 'gh-pages:index.yaml');
  expect(files()).toEqual(['any-1.0.0.tgz', 'any-1.0.0.tgz.prov', 'index.yaml']);
  expect(index()).toMatch(
    /^run charts:index -- dist\/charts --created \d{4}-\d\d-\d\dT[\d:]+\S+$/m,
  );

  publish('1.1.0', { ARTIFACTHUB_ID: 'some-id' });
  expect(files()).toEqual([
    'any-1.0.0.tgz',
    'any-1.0.0.tgz.prov',
    'any-1.1.0.tgz',
    'any-1.1.0.tgz.prov',
    'index.yaml',
  ]);
  expect(index()).toContain('--merge pages/index.yaml --artifacthub-id some-id');
  expect(git(origin, 'log', '--format=%s', 'gh-pages').trim()).toBe(
    'Charts of v1.1.0\nCharts of v1.0.0',
  );
});
