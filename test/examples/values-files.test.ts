import { App } from 'cdk8s';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { DanubeCoreChart } from '../../src/danube/core/danube-core-chart';
import { checkObjects } from '../danube/core/object-check';
import { checkEquality } from '../property/equality';
import { isMap } from '../../src/helm/expression/go-value';
import { helmVersions } from '../real-helm/binaries';
import { helmLint } from '../real-helm/run-helm';

const EXAMPLES = join(__dirname, '../../examples');
const CHART = join(__dirname, '../../charts-out/danube-core');
const files = readdirSync(EXAMPLES).filter((file) => file.endsWith('-values.yaml'));

function valuesOf(file: string): Record<string, unknown> {
  const values: unknown = parse(readFileSync(join(EXAMPLES, file), 'utf8'));
  return isMap(values) ? values : {};
}

test.each(files)('%s is short', (file) => {
  const lines = readFileSync(join(EXAMPLES, file), 'utf8').trimEnd().split('\n');
  expect(lines.length).toBeLessThanOrEqual(40);
});

test.each(files)('%s lints, renders in every Helm as it evaluates, and is sound', async (file) => {
  const values = valuesOf(file);
  const chart = new DanubeCoreChart(new App(), 'danube-core');
  for (const helm of helmVersions) {
    const { ok, stdout } = await helmLint({ helm, chart: CHART, values });
    expect(stdout).not.toMatch(/\[(WARNING|ERROR)\]/);
    expect(ok).toBe(true);
    const set = { values, releaseName: 'danube', namespace: 'messaging' };
    const { mismatches } = await checkEquality(chart, CHART, [set], { helm, check: checkObjects });
    expect(mismatches).toEqual([]);
  }
});
