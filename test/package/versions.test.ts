import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { valid } from 'semver';
import { changelogSection, checkReleased, parseReleasedCharts, readCharts } from '../../src/helm';

const REPOSITORY = join(__dirname, '../..');
const read = (path: string) => readFileSync(join(REPOSITORY, path), 'utf8');
const { version } = JSON.parse(read('package.json')) as { version: string };
const charts = readCharts(join(REPOSITORY, 'charts-out'));

test('the npm package and every chart have one version', () => {
  expect(valid(version)).toBe(version);
  for (const { metadata } of charts) {
    expect([metadata.name, metadata.version]).toEqual([metadata.name, version]);
  }
});

test('no released chart has changed', () => {
  expect(() => {
    checkReleased(charts, parseReleasedCharts(read('charts-released.json')));
  }).not.toThrow();
});

test('the changelog has a section for the version', () => {
  expect(changelogSection(read('CHANGELOG.md'), version)).toMatch(/^- /);
});
