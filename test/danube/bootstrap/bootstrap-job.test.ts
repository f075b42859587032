import type { Job } from 'kubernetes-types/batch/v1';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeChart } from '../../../src/helm';
import { oneWayConditions } from '../../property/coverage';
import { checkEquality } from '../../property/equality';
import { provesEquality } from '../../property/equality-proof';
import { leafSets, type NamedSet } from '../../property/leaves';
import { releaseArbitrary } from '../../property/release-arbitrary';
import { HELM_3_12, HELM_3_17, HELM_4 } from '../../real-helm/binaries';
import { checkObjects } from '../core/object-check';
import { bootstrapChart } from './bootstrap-chart';

const chart = bootstrapChart();
let output: string;
let directory: string;

beforeAll(() => {
  output = mkdtempSync(join(tmpdir(), 'bootstrap-'));
  directory = writeChart(chart, output);
});

afterAll(() => {
  rmSync(output, { recursive: true });
});

const FULL = {
  bootstrap: {
    enabled: true,
    namespaces: ['orders', 'billing'],
    existingConfigMap: 'schemas',
    schemas: {
      'order-value': { content: '{"a": "{{ .x }}"}\n\n  # ü "quoted"\n' },
      raw: { type: 'bytes', compatibility: 'none' },
    },
    topics: {
      '/orders/new': { partitions: 3, dispatchStrategy: 'reliable' },
      '/orders/old': { schema: { subject: 'raw' } },
      '/billing/all': {
        schema: { subject: 'order-value', validationPolicy: 'enforce', payloadValidation: true },
      },
    },
  },
  topics: ['/orders/new'],
};

/** The Job has none. */
const SERVICE_ACCOUNT = 'bootstrap.serviceAccountName';

const SETS: readonly NamedSet[] = [
  { name: 'nothing', set: { values: {} } },
  { name: 'all', set: { values: FULL, releaseName: 'r' } },
  {
    name: 'no schemas, no policy',
    set: { values: { bootstrap: { enabled: true }, networkPolicy: { enabled: false } } },
  },
  {
    name: 'ids of the platform',
    set: { values: { bootstrap: { enabled: true }, platformAssignedIds: true } },
  },
];

test('the releases are the same in every Helm and evaluated, and sound', async () => {
  for (const helm of [HELM_4, HELM_3_17, HELM_3_12]) {
    const sets = SETS.map(({ set }) => set);
    const { mismatches } = await checkEquality(chart, directory, sets, {
      helm,
      check: checkObjects,
    });
    expect(mismatches).toEqual([]);
  }
  const proof = await provesEquality({
    chart,
    directory,
    runs: 100,
    sets: releaseArbitrary(chart),
    helms: [{ helm: HELM_4 }],
    check: checkObjects,
  });
  expect(proof.rendered.length).toBeGreaterThan(0);
});

test('every value of bootstrap shows, and every condition goes both ways', () => {
  const { sets, dead } = leafSets(chart, SETS);
  expect(dead.filter((path) => path.startsWith('bootstrap'))).toEqual([]);
  const all = [...SETS, ...sets].map(({ set }) => set);
  expect(oneWayConditions(chart, all).filter(({ where }) => where !== SERVICE_ACCOUNT)).toEqual([]);
});

test('Jobs that differ have names that differ, and what is no part of one changes none', () => {
  const { sets } = leafSets(chart, SETS);
  const specs = new Map<string, Set<string>>();
  for (const { set } of [...SETS, ...sets]) {
    const job = chart.manifests(set).find(({ kind }) => kind === 'Job') as Job | undefined;
    if (job !== undefined) {
      const name = `${set.namespace ?? ''}/${job.metadata?.name ?? ''}`;
      specs.set(name, (specs.get(name) ?? new Set()).add(JSON.stringify(job.spec)));
    }
  }
  expect(specs.size).toBeGreaterThan(30);
  const changing = [...specs].filter(([, different]) => different.size > 1);
  expect(changing).toEqual([]);
});

test('another content is another Job, and waiting for other topics is not', () => {
  const nameWith = (values: Record<string, unknown>) => {
    const objects = chart.manifests({ values, releaseName: 'r' });
    return (objects.find(({ kind }) => kind === 'Job') as Job | undefined)?.metadata?.name;
  };
  const name = nameWith(FULL);
  expect(name).toMatch(/^r-bootstrap-[0-9a-f]{8}$/);
  expect(nameWith({ ...FULL, topics: [] })).toBe(name);
  const schemas = { raw: { type: 'bytes', compatibility: 'full' } };
  expect(nameWith({ ...FULL, bootstrap: { ...FULL.bootstrap, schemas } })).not.toBe(name);
});
