import { App } from 'cdk8s';
import { z } from 'zod';
import { defineValues, Gate, HelmChart, KubernetesObject, le, str } from '../../src/helm';
import { at } from '../danube/core/core-sets';
import { packedSets } from './leaf-packs';
import { leafSets, leavesOf, valuesOfLeaf, type NamedSet } from './leaves';

const values = defineValues(
  z.object({
    name: z.string().default('a'),
    unused: z.string().default('b'),
    inNotes: z.string().default('c'),
    part: z
      .object({
        enabled: z.boolean().default(false),
        size: z.int().min(1).max(3).default(1),
        most: z.int().min(1).max(3).default(2),
        map: z.record(z.string(), z.string()).default({}),
      })
      .prefault({}),
    known: z
      .object({ open: z.looseObject({}).optional(), shut: z.enum(['x', 'y']).default('x') })
      .prefault({ shut: 'x' })
      .meta({ examples: [{ open: { key: 1 }, shut: 'y' }] }),
  }),
);

const chart = new HelmChart(new App(), 'leaves', {
  metadata: { name: 'leaves', version: '1.0.0', description: 'Leaves.' },
  values,
});
const { v } = chart;
new KubernetesObject(new Gate(chart, 'part', v.part.enabled), 'map', {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'part', annotations: { size: str`${v.part.size}`, most: str`${v.part.most}` } },
});
new KubernetesObject<{ apiVersion: 'v1'; kind: 'ConfigMap'; metadata: object; data?: unknown }>(
  chart,
  'main',
  {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'main' },
    data: { name: v.name, open: v.known.open, shut: v.known.shut },
  },
);
chart.require({
  path: 'part.size',
  holds: le(v.part.size, v.part.most),
  problem: 'too many',
  fix: 'fewer',
});
chart.notes([v.inNotes]);

const defaults: NamedSet = { name: 'defaults', set: { values: {} } };
const partOn: NamedSet = { name: 'part on', set: { values: { part: { enabled: true } } } };

test('the leaves of a schema: scalars, lists and free maps, with the examples around them', () => {
  const leaves = leavesOf(values.schema).map(({ path, examples }) => [path.join('.'), examples]);
  expect(leaves).toEqual([
    ['name', []],
    ['unused', []],
    ['inNotes', []],
    ['part.enabled', []],
    ['part.size', []],
    ['part.most', []],
    ['part.map', []],
    ['known.open', [{ key: 1 }]],
    ['known.shut', ['y']],
  ]);
});

test('values of a leaf are valid, different, and not its default', () => {
  const drawn = leavesOf(values.schema).map((leaf) => valuesOfLeaf(leaf, values.defaults));
  const [, , , enabled, size, most, , open, shut] = drawn;
  expect(enabled).toEqual([true]);
  expect([...size].sort()).toEqual([2, 3]);
  expect([...most].sort()).toEqual([1, 3]);
  expect(open[0]).toEqual({ key: 1 });
  expect(shut).toEqual(['y']);
  expect(drawn[0].length).toBeGreaterThan(4);
  expect(drawn[0]).not.toContain('a');
});

test('a leaf that shows nowhere is dead, and one that needs another value is not', () => {
  const { sets, dead } = leafSets(chart, [defaults, partOn]);
  expect(dead).toEqual(['unused', 'part.map']);
  const found = sets.map(({ leaf, base }) => `${leaf} over ${base}`);
  expect(found).toEqual([
    ...['name over defaults', 'name over defaults'],
    ...['inNotes over defaults', 'inNotes over defaults'],
    'part.enabled over defaults',
    // 3 would break the rule.
    'part.size over part on',
    ...['part.most over part on', 'part.most over part on'],
    ...['known.open over defaults', 'known.open over defaults'],
    'known.shut over defaults',
  ]);
  expect(sets.find(({ leaf }) => leaf === 'part.size')?.set).toEqual({
    values: { part: { enabled: true, size: 2 } },
  });
});

test('without the base set in which they show, leaves are dead unless a rule refuses them', () => {
  const { sets, dead } = leafSets(chart, [defaults]);
  expect(dead).toEqual(['unused', 'part.most', 'part.map']);
  expect(sets.find(({ leaf }) => leaf === 'part.size')?.set).toEqual({
    values: { part: { size: 3 } },
  });
});

test('leaves that show together share a set', () => {
  const { sets } = leafSets(chart, [defaults, partOn]);
  const values = packedSets(chart, sets).map((set) => set.values);
  for (const { leaf, value } of sets) {
    expect(values.map((each) => at(each, leaf))).toContainEqual(value);
  }
  expect(values.length).toBeLessThan(sets.length);
  // Size 3 breaks the rule, so what would break it beside others stands alone.
  values.forEach((each) => {
    expect(() => chart.manifests({ values: each })).not.toThrow();
  });
});
