import { App } from 'cdk8s';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DanubeCoreChart } from '../../../src/danube/core/danube-core-chart';
import { chartFiles, writeChart } from '../../../src/helm';
import { helmVersions, HELM_4, matrixVersions } from '../../real-helm/binaries';
import { helmLint, helmTemplate } from '../../real-helm/run-helm';
import { NAMED_SETS, REFUSED_SETS } from './core-sets';

const COMMITTED = join(__dirname, '../../../charts-out/danube-core');
const helms = process.env.HELM_MATRIX === undefined ? helmVersions : matrixVersions;

function newChart(): DanubeCoreChart {
  return new DanubeCoreChart(new App(), 'danube-core');
}

function filesBelow(directory: string): readonly string[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(directory.length + 1))
    .sort();
}

test('charts-out is what the sources emit', () => {
  const files = chartFiles(newChart());
  expect(filesBelow(COMMITTED)).toEqual([...files.keys()].sort());
  for (const [path, content] of files) {
    expect(readFileSync(join(COMMITTED, path), 'utf8')).toBe(content);
  }
});

test('a second synth changes no byte', () => {
  const output = mkdtempSync(join(tmpdir(), 'twice-'));
  const chart = newChart();
  const directory = writeChart(chart, output);
  const read = () => filesBelow(directory).map((path) => readFileSync(join(directory, path)));
  const first = read();
  writeChart(chart, output);
  expect(read()).toEqual(first);
  expect(readdirSync(output)).toEqual(['danube-core']);
  rmSync(output, { recursive: true });
});

test.each(helms)('Helm $version lints it strictly', async (helm) => {
  const { ok, stdout } = await helmLint({ helm, chart: COMMITTED });
  expect(stdout).not.toMatch(/\[(WARNING|ERROR)\]/);
  expect(ok).toBe(true);
});

test.each(NAMED_SETS)('every Helm renders the same bytes: $name', async ({ set }) => {
  const renders = await Promise.all(
    helms.map((helm) =>
      helmTemplate({
        helm,
        chart: COMMITTED,
        release: set.releaseName,
        namespace: set.namespace,
        values: set.values,
      }),
    ),
  );
  for (const { ok, stdout, stderr } of renders) {
    expect(stderr).toBe('');
    expect(ok).toBe(true);
    expect(stdout).toBe(renders[0].stdout);
  }
});

test.each(REFUSED_SETS)(
  'a broken rule is one line in Helm and TypeScript: $name',
  async (refused) => {
    const { values } = refused.set;
    let message = '';
    expect(() => {
      try {
        newChart().manifests({ values });
      } catch (error) {
        message = error instanceof Error ? error.message : '';
        throw error;
      }
    }).toThrow();
    expect(message.startsWith(`${refused.path}: `)).toBe(true);
    expect(message).not.toContain('\n');
    const { ok, stderr } = await helmTemplate({ helm: HELM_4, chart: COMMITTED, values });
    expect(ok).toBe(false);
    expect(stderr).toContain(message);
  },
);

const WRONG_VALUES: readonly (readonly [string, string, object])[] = [
  ['a number as text', 'broker.replicaCount', { broker: { replicaCount: 'three' } }],
  ['a number that is too small', 'broker.replicaCount', { broker: { replicaCount: 0 } }],
  ['an unknown key', 'broker', { broker: { replicaz: 5 } }],
  ['an unknown root key', 'brokers', { brokers: {} }],
  [
    'an unknown enum value',
    'cloudBackend',
    { broker: { config: { storage: { cloudBackend: 'x' } } } },
  ],
  ['too many members', 'etcd.replicaCount', { etcd: { replicaCount: 6 } }],
  ['a bad quantity', 'broker.persistence.size', { broker: { persistence: { size: '10 GB' } } }],
  [
    'a bad quantity of resources',
    'broker.resources.requests.cpu',
    { broker: { resources: { requests: { cpu: 'much' } } } },
  ],
  ['a port out of range', 'broker.ports.client', { broker: { ports: { client: 70000 } } }],
  ['a relative path', 'walDir', { broker: { config: { storage: { walDir: './wal' } } } }],
  ['a bad label value', 'podLabels', { broker: { podLabels: { a: 'not a label' } } }],
  ['a bad digest', 'image.digest', { broker: { image: { digest: 'sha256:123' } } }],
  [
    'a JWT mode that is unusable',
    'auth.mode',
    { broker: { config: { auth: { mode: 'tlswithjwt' } } } },
  ],
  ['a deleted default', 'broker', { broker: { replicaCount: null } }],
  ['a list for a map', 'nodeSelector', { broker: { nodeSelector: ['a'] } }],
];

test.each(WRONG_VALUES)('the schema refuses %s and names %s', async (_what, path, values) => {
  const last = path.split('.').at(-1) ?? path;
  const overrides: Readonly<Record<string, unknown>> = { ...values };
  const chart = newChart();
  expect(() => chart.values.resolve(overrides)).toThrow(last);
  for (const helm of helmVersions) {
    const { ok, stderr } = await helmTemplate({ helm, chart: COMMITTED, values });
    expect(ok).toBe(false);
    expect(stderr).toContain("values don't meet the specifications of the schema");
    expect(stderr).toContain(last);
  }
});

test('no line of a template is too long to read', () => {
  const templates = filesBelow(join(COMMITTED, 'templates')).filter((path) => path !== 'NOTES.txt');
  const long = templates.flatMap((path) =>
    readFileSync(join(COMMITTED, 'templates', path), 'utf8')
      .split('\n')
      .filter((line) => line.length > 150),
  );
  expect(long).toEqual([]);
});

test('the notes name the Service, the StatefulSet and the commands of the release', () => {
  const notes = newChart().renderNotes({ releaseName: 'prod', namespace: 'messaging' });
  expect(notes).toContain('kubectl -n messaging rollout status statefulset/prod-danube-broker');
  expect(notes).toContain('http://prod-danube-broker.messaging.svc.cluster.local:6650');
  expect(notes).toContain('port-forward svc/prod-prometheus 9090:9090');
  expect(existsSync(join(COMMITTED, 'templates/NOTES.txt'))).toBe(true);
});
