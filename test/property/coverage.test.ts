import { App } from 'cdk8s';
import type { ConfigMap } from 'kubernetes-types/core/v1';
import { z } from 'zod';
import {
  choose,
  defineValues,
  each,
  eq,
  Gate,
  hasKey,
  HelmChart,
  KubernetesObject,
  not,
  ruleForEach,
  spread,
  str,
  when,
  type Expr,
  type RuleProps,
} from '../../src/helm';
import { newChart } from '../helm/new-chart';
import { oneWayConditions } from './coverage';
import type { ReleaseSet } from './release-arbitrary';
import { SampleChart } from './sample-chart';
import { sampleSets } from './sample-sets';

const values = defineValues(
  z.object({
    on: z.boolean().default(false),
    inside: z.boolean().default(false),
    name: z.string().default('a'),
    other: z.string().default('b'),
    broken: z.boolean().default(false),
    items: z.array(z.object({ on: z.boolean() })).default([]),
  }),
);

const chart = new HelmChart(new App(), 'coverage', {
  metadata: { name: 'coverage', version: '1.0.0', description: 'Coverage.' },
  values,
});
const { v } = chart;
const short = chart.templateFunction('short', z.object({ text: z.string() }), ({ text }) =>
  choose(eq(text, 'a'), 'A', text),
);
const labels = chart.mapTemplate('labels', { x: 'y', inside: when(v.inside, 'yes', 'no') });
new KubernetesObject<ConfigMap>(new Gate(chart, 'part', v.on), 'Default', {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'part', labels: { ...spread(labels) } },
  data: {
    inside: when(not(v.inside), 'no', 'yes'),
    again: when(not(v.inside), 'no', 'yes'),
    loop: short({ text: v.name }),
  },
});
new KubernetesObject<ConfigMap>(chart, 'main', {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: {
    name: 'main',
    finalizers: [each(v.items, (item) => when(item.on, 'a', 'b'))],
  },
  data: { name: short({ text: v.other }) },
});
chart.require({ path: 'broken', holds: not(v.broken), problem: 'is true', fix: 'no' });
chart.notes([when(v.on, 'on', 'off')]);

function missing(...sets: readonly ReleaseSet['values'][]): readonly string[] {
  const found = oneWayConditions(
    chart,
    sets.map((given) => ({ values: given })),
  );
  return found.map(
    ({ kind, where, condition, missing: outcomes }) =>
      `${kind} ${where}: ${condition}: never ${outcomes.join(', never ')}`,
  );
}

test('without sets nothing was ever asked', () => {
  expect(missing()).toEqual([
    'gate templates/part.yaml: .Values.on: never true, never false',
    'when templates/part.yaml: not .Values.inside: never true, never false',
    'when coverage.short: eq .text "a": never true, never false',
    'when coverage.labels: .Values.inside: never true, never false',
    'when templates/NOTES.txt: .Values.on: never true, never false',
    'rule templates/validate.yaml: .Values.broken: never true, never false',
  ]);
});

test('conditions of an object count only where its gate is open', () => {
  expect(missing({ broken: true }, { inside: true }, { inside: false, other: 'a' })).toEqual([
    'gate templates/part.yaml: .Values.on: never true',
    'when templates/part.yaml: not .Values.inside: never true, never false',
    'when coverage.labels: .Values.inside: never true, never false',
    'when templates/NOTES.txt: .Values.on: never true',
  ]);
});

test('conditions of a template with parameters are asked with what it is given', () => {
  expect(missing({ on: true, name: 'b' })).toContain(
    'when coverage.short: eq .text "a": never true',
  );
  expect(missing({ on: true, name: 'a' }).join()).not.toContain('coverage.short');
});

test('sets that break a rule count for the rules alone', () => {
  expect(missing({ broken: true }, { broken: true, on: true, inside: true })).toEqual([
    'gate templates/part.yaml: .Values.on: never true, never false',
    'when templates/part.yaml: not .Values.inside: never true, never false',
    'when coverage.short: eq .text "a": never true, never false',
    'when coverage.labels: .Values.inside: never true, never false',
    'when templates/NOTES.txt: .Values.on: never true, never false',
    'rule templates/validate.yaml: .Values.broken: never false',
  ]);
});

test('a rule in a loop counts for each of its names', () => {
  const words = z.record(z.string(), z.string()).default({});
  const looped = newChart(defineValues(z.object({ labels: words })));
  const refused = (name: Expr<string>): RuleProps => ({
    path: str`labels.${name}`,
    holds: not(hasKey(looped.v.labels, name)),
    problem: 'is taken',
    fix: 'leave it out',
  });
  looped.require(ruleForEach(['a', 'b'], refused));
  const sets = [{ labels: { a: 'x' } }, {}].map((given) => ({ values: given }));
  expect(oneWayConditions(looped, sets)).toEqual([
    {
      kind: 'rule',
      where: 'templates/validate.yaml (b)',
      condition: 'hasKey .Values.labels $name',
      missing: [true],
    },
  ]);
});

test('sets that take every way leave nothing', () => {
  const sets = [{ broken: true }, { on: true, inside: true }, { on: true, other: 'a' }, {}];
  expect(missing(...sets)).toEqual([]);
});

test('the named sets of the sample chart take every way but that of its rule', () => {
  const sample = new SampleChart(new App());
  const sets = sampleSets.map(({ set }) => set);
  expect(oneWayConditions(sample, sets).map(({ kind }) => kind)).toEqual(['rule']);
  const broken = { values: { replicaCount: 3, maxReplicas: 2 } };
  expect(oneWayConditions(sample, [...sets, broken])).toEqual([]);
});
