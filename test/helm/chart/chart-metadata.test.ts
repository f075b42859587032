import { App } from 'cdk8s';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { defineValues, HelmChart, writeChart } from '../../../src/helm';

function chartOf(name: string, version: string): HelmChart {
  return new HelmChart(new App(), 'a', { metadata: { name, version, description: 'A chart.' } });
}

test.each(['Bad Name', 'Big', '-a', '../a', ''])('the name %p is refused', (name) => {
  expect(() => chartOf(name, '1.0.0')).toThrow(
    `the chart's name '${name}' is none that Helm takes`,
  );
});

test.each(['x', '1.0', 'v1.0.0', '1.0.0 beta'])('the version %p is refused', (version) => {
  expect(() => chartOf('a', version)).toThrow(`a: the version '${version}' is not SemVer`);
});

test.each(['1.0.0', '0.1.0-rc.1', '1.2.3+build.5'])('the version %p is taken', (version) => {
  expect(chartOf('danube-core', version).metadata.version).toBe(version);
});

test('a chart with a required value can be written', () => {
  const values = defineValues(z.object({ url: z.string().describe('Where to.') }));
  const metadata = { name: 'required', version: '1.0.0', description: 'A chart.' };
  const directory = mkdtempSync(join(tmpdir(), 'required-'));
  const path = writeChart(new HelmChart(new App(), 'a', { metadata, values }), directory);
  const schema = readFileSync(join(path, 'values.schema.json'), 'utf8');
  expect(JSON.parse(schema)).toMatchObject({ required: ['url'] });
  rmSync(directory, { recursive: true });
});
