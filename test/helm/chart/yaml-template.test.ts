import type { ConfigMap } from 'kubernetes-types/core/v1';
import {
  each,
  KubernetesObject,
  sha256,
  spread,
  str,
  textBlock,
  when,
  writeChart,
  type HelmChart,
} from '../../../src/helm';
import type { AnyObject } from '../any-object';
import { expectSameInEveryHelm } from '../every-helm';
import { fileOf, newChart } from '../new-chart';
import { sampleValues, v } from '../sample-values';
import { useTemporaryDirectory } from '../temporary-directory';

const directory = useTemporaryDirectory();

interface Rules {
  readonly groups: readonly { readonly name: string; readonly expr?: string }[];
  readonly labels?: Readonly<Record<string, string>>;
}

/** A file of rules and an object of rules, and an object in which the same is nothing at all. */
function chartOfRules(): { chart: HelmChart; object: KubernetesObject<AnyObject> } {
  const chart = newChart(sampleValues);
  const rules = chart.yamlTemplate<Rules>(
    'rules',
    {
      groups: [
        when(v.enabled, { name: 'first', expr: str`up{job="${v.name}"} < 1` }),
        each(v.hosts, (host) => ({ name: host.host })),
      ],
      labels: { ...spread(v.labels), own: 'mine' },
    },
    { description: 'Rules, for a file and for an object.' },
  );
  const perhaps = chart.yamlTemplate<Partial<Rules>>('perhaps', {
    labels: when(v.metrics.enabled, { a: v.text }),
  });
  new KubernetesObject<ConfigMap>(chart, 'file', {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'file', annotations: { sum: sha256(rules.text) } },
    data: { 'rules.yaml': textBlock(rules.text) },
  });
  const object = new KubernetesObject<AnyObject>(chart, 'object', {
    apiVersion: 'sample.test/v1',
    kind: 'Rules',
    metadata: { name: 'object' },
    spec: rules.tree,
    data: {
      gone: perhaps.tree,
      list: [1, perhaps.tree, when(v.debug, rules.tree)],
      spread: { ...spread(rules.tree), other: 1 },
      replaced: { ...spread(rules.tree), labels: { other: v.text } },
      looped: [each(v.args, (arg) => ({ arg, rules: rules.tree }))],
    },
  });
  return { chart, object };
}

const VALUE_SETS = [
  {},
  { enabled: false },
  { labels: { own: 'user', team: '<b>' }, debug: true, metrics: { enabled: true } },
  { enabled: false, hosts: [{ host: 'a: b', paths: [] }], args: ['x', 'y'], debug: true },
];

test('an object includes the text that a file has', () => {
  const { chart } = chartOfRules();
  const template = fileOf(chart, 'templates/object.yaml');
  expect(template.slice(0, template.indexOf('  replaced:'))).toBe(`apiVersion: sample.test/v1
kind: Rules
metadata:
  name: object
spec:
  {{- include "sample.rules" . | nindent 2 }}
data:
  {{- if .Values.metrics.enabled }}
  gone:
    {{- include "sample.perhaps" . | nindent 4 }}
  {{- end }}
  list:
    - 1
    {{- if .Values.metrics.enabled }}
    -
      {{- include "sample.perhaps" . | nindent 6 }}
    {{- end }}
    {{- if .Values.debug }}
    -
      {{- include "sample.rules" . | nindent 6 }}
    {{- end }}
  spread:
    {{- include "sample.rules" . | nindent 4 }}
    other: 1
`);
  // What a later key replaces is written out.
  expect(template.slice(template.indexOf('  replaced:'))).toContain('- name: first');
  expect(template).toContain('{{- include "sample.rules" $ | nindent');
});

test('both readings and every Helm see the same', async () => {
  const { chart } = chartOfRules();
  const written = writeChart(chart, directory());
  const sets = VALUE_SETS.map((values) => ({ values, releaseName: 'r' }));
  await expectSameInEveryHelm(chart, written, sets);
  const [, object] = chart.manifests(sets[2]);
  const rules = {
    groups: [{ name: 'first', expr: 'up{job="web"} < 1' }],
    labels: { team: '<b>', own: 'mine' },
  };
  expect(object).toMatchObject({ spec: rules });
  expect(object.data).toEqual({
    gone: { labels: { a: 'any text' } },
    list: [1, { labels: { a: 'any text' } }, rules],
    spread: { ...rules, other: 1 },
    replaced: { groups: rules.groups, labels: { other: 'any text' } },
  });
  expect(chart.manifests(sets[0])[1].data).not.toHaveProperty('gone');
});

test('a patch of the object leaves the file as it was', () => {
  const before = chartOfRules().chart;
  const { chart, object } = chartOfRules();
  object.patch({ spec: { labels: { own: null, team: v.name } } });
  expect(chart.manifests({ values: { labels: {} } })).toMatchObject([
    before.manifests()[0],
    { spec: { groups: [{ name: 'first' }], labels: { team: 'web' } } },
  ]);
  const definitions = 'templates/_helpers.tpl';
  expect(fileOf(chart, definitions)).toBe(fileOf(before, definitions));
});
