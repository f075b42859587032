import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { coreValues } from '../../src/danube/core/core-values';
import { valueRows } from '../../src/helm';
import { useTemporaryDirectory } from '../helm/temporary-directory';
import { runDanubeCharts } from './run-danube-charts';

const directory = useTemporaryDirectory();

async function values(...args: readonly string[]): Promise<string> {
  return (await runDanubeCharts(directory(), ['values', ...args])).stdout;
}

test('every value is there, with its type, unit, default and description', async () => {
  const listed: unknown = JSON.parse(await values('danube-core', '--format', 'json'));
  const rows = valueRows(coreValues);
  expect(listed).toHaveLength(rows.length);
  expect(listed).toContainEqual({
    path: 'broker.minReadySeconds',
    type: 'int',
    unit: 's',
    default: 45,
    description: expect.stringContaining('Seconds that a restarted broker is ready') as unknown,
    section: 'Brokers',
  });
  const units = (path: string): unknown =>
    (listed as { path: string; unit: string }[]).find((value) => value.path === path)?.unit;
  expect(units('broker.hpa.targetCPU')).toBe('%');
  expect(units('broker.config.storage.walFileSync.intervalMs')).toBe('ms');
  expect(units('broker.replicaCount')).toBe('');
});

test('a path chooses what is below it, as text or Markdown', async () => {
  expect(await values('danube-core', '--path', 'etcd.service')).toBe(
    'etcd.service.port (int) = 2379\n' +
      '    Client port.\n' +
      'etcd.service.peerPort (int) = 2380\n' +
      '    Port between members.\n' +
      'etcd.service.metricsPort (int) = 2381\n' +
      '    Port of metrics and health.\n' +
      'etcd.service.annotations (object) = {}\n' +
      '    Annotations of the client Service.\n',
  );
  const markdown = await values(
    'danube-core',
    '--path',
    'broker.pdb.enabled',
    '--format',
    'markdown',
  );
  expect(markdown.split('\n')).toEqual([
    '| Key | Type | Unit | Default | Description |',
    '|---|---|---|---|---|',
    expect.stringMatching(/^\| `broker.pdb.enabled` \| bool \| {2}\| `true` \| Limit how many /),
    '',
  ]);
});

test('a path that is none says which was meant', async () => {
  await expect(values('danube-core', '--path', 'broker.tsl')).rejects.toThrow(
    new Error('there is no value broker.tsl; did you mean broker.tls?'),
  );
});

test('a chart on disk is read from its values.yaml and schema', async () => {
  const chart = join(directory(), 'own');
  mkdirSync(chart);
  writeFileSync(join(chart, 'Chart.yaml'), 'apiVersion: v2\nname: own\nversion: 1.0.0\n');
  writeFileSync(join(chart, 'values.yaml'), 'web: { replicas: 2, hosts: [a] }\n');
  const port = { type: 'integer', description: 'Port.' };
  const schema = { properties: { web: { properties: { port } } } };
  writeFileSync(join(chart, 'values.schema.json'), JSON.stringify(schema));
  expect(await values('own')).toBe(
    'web.replicas (int) = 2\nweb.hosts (list) = ["a"]\nweb.port (int) = not set\n    Port.\n',
  );
});
