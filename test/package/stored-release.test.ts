import { App } from 'cdk8s';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { DanubeStack } from '../../src';
import { OWN_CHARTS } from '../../src/cli/own-charts';
import { isMap } from '../../src/helm/expression/go-value';
import { everything } from '../danube/stack/stack-sets';
import { useTemporaryDirectory } from '../helm/temporary-directory';
import { HELM_4 } from '../real-helm/binaries';
import { isolatedEnv } from '../real-helm/isolated-env';
import { runProcess } from '../real-helm/run-process';

const directory = useTemporaryDirectory();

/** The text that Helm keeps of a release in a Secret: its JSON, packed, in base64. */
async function storedRelease(chart: string, values: object): Promise<string> {
  const file = join(directory(), 'values.json');
  writeFileSync(file, JSON.stringify(values));
  const { ok, stdout, stderr } = await runProcess(
    HELM_4.path,
    ['install', 'r', join('charts-out', chart), '--dry-run=client', '-o', 'json', '-f', file],
    isolatedEnv(directory()),
  );
  expect({ ok, stderr: ok ? '' : stderr }).toEqual({ ok: true, stderr: '' });
  const release: unknown = JSON.parse(stdout);
  // It holds the chart with its schema and what was rendered.
  expect(isMap(release) ? Object.keys(release) : []).toEqual(
    expect.arrayContaining(['chart', 'manifest']),
  );
  return gzipSync(stdout, { level: 9 }).toString('base64');
}

// A Secret has room for 1 MiB.
test.each(OWN_CHARTS)('Helm keeps at most 600 KB of a release of $name', async (chart) => {
  const text = await storedRelease(chart.name, chart.example ?? {});
  expect(text.length).toBeLessThan(600_000);
  expect(text.length).toBeGreaterThan(10_000);
});

test('it keeps at most 600 KB of the stack with all its parts', async () => {
  const values = everything(new DanubeStack(new App(), 'danube-stack'));
  const text = await storedRelease('danube-stack', values);
  expect(text.length).toBeLessThan(600_000);
  expect(text.length).toBeGreaterThan(30_000);
});
