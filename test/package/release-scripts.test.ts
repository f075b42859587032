import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseReleasedCharts } from '../../src/helm';
import { packageJson } from './packed-package';

const REPOSITORY = join(__dirname, '../..');
const { version } = packageJson;
const CHANGELOG = `# Changelog\n\n## ${version} (2026-11-22)\n\n- Something new.\n`;

let copy: string;

beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), 'release-'));
  for (const name of ['package.json', 'charts-out', 'scripts', 'charts-released.json']) {
    cpSync(join(REPOSITORY, name), join(copy, name), { recursive: true });
  }
  symlinkSync(join(REPOSITORY, 'node_modules'), join(copy, 'node_modules'));
  const compiler = join(REPOSITORY, 'node_modules/typescript/bin/tsc');
  const project = join(REPOSITORY, 'tsconfig.build.json');
  execFileSync(process.execPath, [compiler, '-p', project, '--outDir', join(copy, 'lib')]);
});

beforeEach(() => {
  writeFileSync(join(copy, 'CHANGELOG.md'), CHANGELOG);
});

afterAll(() => {
  rmSync(copy, { recursive: true });
});

function run(script: string, ...args: readonly string[]) {
  const file = join(copy, 'scripts', script);
  return spawnSync(process.execPath, [file, ...args], { cwd: copy, encoding: 'utf8' });
}

function released() {
  return parseReleasedCharts(readFileSync(join(copy, 'charts-released.json'), 'utf8'));
}

test('the notes of a release are what the changelog says of it', () => {
  expect(run('release-notes.mjs')).toMatchObject({ status: 0, stdout: '- Something new.\n' });
  const other = run('release-notes.mjs', '99.0.0');
  expect(other.status).toBe(1);
  expect(other.stderr).toBe('release-notes: CHANGELOG.md says nothing of 99.0.0\n');
});

test('a version without a date is not recorded', () => {
  writeFileSync(join(copy, 'CHANGELOG.md'), CHANGELOG.replace(' (2026-11-22)', ''));
  const before = released();
  const { status, stderr } = run('record-release.mjs');
  expect(status).toBe(1);
  expect(stderr).toContain(`CHANGELOG.md has no heading "## ${version} (<year>-<month>-<day>)"`);
  expect(released()).toEqual(before);
});

test('a release is recorded once, and its charts may not change any more', () => {
  const first = run('record-release.mjs');
  expect(first.stderr).toBe('');
  expect(first.stdout).toContain(`recorded danube-core ${version}\n`);
  const recorded = released();
  expect(run('record-release.mjs').status).toBe(0);
  expect(released()).toEqual(recorded);
  const values = join(copy, 'charts-out/danube-core/values.yaml');
  writeFileSync(values, `${readFileSync(values, 'utf8')}# changed\n`);
  const { status, stderr } = run('record-release.mjs');
  expect(status).toBe(1);
  expect(stderr).toContain('danube-core');
  expect(stderr).toContain('values.yaml');
  expect(released()).toEqual(recorded);
});
