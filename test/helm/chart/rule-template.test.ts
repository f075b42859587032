import {
  and,
  ChartPart,
  composeValues,
  eq,
  hasKey,
  KubernetesObject,
  le,
  not,
  or,
  requireItems,
  ruleForEach,
  ruleForEntries,
  str,
  valuesPart,
  writeChart,
  type Expr,
  type HelmChart,
  type RuleProps,
} from '../../../src/helm';
import { helmVersions } from '../../real-helm/binaries';
import { helmTemplate } from '../../real-helm/run-helm';
import type { AnyObject } from '../any-object';
import { fileOf, newChart } from '../new-chart';
import { sampleValues, v } from '../sample-values';
import { useTemporaryDirectory } from '../temporary-directory';

const directory = useTemporaryDirectory();

const LONG = 'of which there is so much to say that it would not stand on one line of a template';

function ruledChart(): HelmChart {
  const chart = newChart(sampleValues);
  new KubernetesObject<AnyObject>(chart, 'config', {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'config' },
  });
  chart.require({
    path: 'replicas',
    holds: or(not(v.enabled), le(v.replicas, 3)),
    problem: str`${v.replicas} is more than 3, or 100%`,
    fix: 'write "3"',
  });
  chart.require({
    path: 'mode',
    holds: not(and(v.enabled, eq(v.mode, 'off'), v.class)),
    problem: 'it is off, and 100% of it',
    fix: 'leave class out',
  });
  chart.require({
    path: 'mode',
    holds: not(and(v.enabled, eq(v.mode, 'off'), v.args)),
    problem: str`it is ${v.mode}, ${LONG}`,
    fix: `leave args out, ${LONG}`,
  });
  requireItems(new ChartPart(chart, chart.v), 'lowPorts', {
    path: 'hosts',
    list: v.hosts,
    holds: ({ port }) => le(port, 99),
    named: ({ host }) => host,
    problem: 'has a high port',
    fix: 'write another',
    unless: not(v.enabled),
  });
  return chart;
}

test('neighbours that ask the same first stand in one if, in their order', () => {
  expect(fileOf(ruledChart(), 'templates/validate.yaml')).toBe(
    `{{- /* Rules between values, which the schema cannot say. */}}
{{- if .Values.enabled }}
{{- if gt (int .Values.replicas) 3 }}
{{- fail (printf "replicas: %d is more than 3, or 100%%; write \\"3\\"" (int .Values.replicas)) }}
{{- end }}
{{- if eq .Values.mode "off" }}
{{- if .Values.class }}
{{- fail "mode: it is off, and 100% of it; leave class out" }}
{{- end }}
{{- if .Values.args }}
{{- fail (printf "%s: %s; %s"
  "mode"
  (printf "it is %s, ${LONG}" .Values.mode)
  "leave args out, ${LONG}") }}
{{- end }}
{{- end }}
{{- with include "sample.lowPorts" . }}
{{- fail (printf "hosts: %s has a high port; write another" (. | trimPrefix "\\n" | replace "\\n" ", ")) }}
{{- end }}
{{- end }}
`,
  );
});

function loopedChart(): HelmChart {
  const composed = composeValues({ a: valuesPart(sampleValues.schema) });
  const chart = newChart(composed);
  new KubernetesObject<AnyObject>(chart, 'config', {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'config' },
  });
  const { a } = composed.parts;
  const part = new ChartPart(chart, a);
  const refused = (name: Expr<string>, fix: string | Expr<string>): RuleProps => ({
    path: str`labels.${name}`,
    holds: or(not(a.enabled), not(hasKey(a.labels, name))),
    problem: 'it is taken, 100%',
    fix,
  });
  part.require(ruleForEach(['app', 'tier'], (name) => refused(name, 'set metrics.port')));
  part.require(ruleForEntries({ zone: 'set class', port: 'set metrics.port' }, refused));
  part.require(ruleForEach(['one'], (name) => refused(name, 'leave it out')));
  part.require(ruleForEach([], (name) => refused(name, 'leave it out')));
  return chart;
}

test('a rule for several names is a loop in the template', () => {
  expect(fileOf(loopedChart(), 'templates/validate.yaml')).toBe(
    `{{- /* Rules between values, which the schema cannot say. */}}
{{- if .Values.a.enabled }}
{{- range $name := list "app" "tier" }}
{{- if hasKey $.Values.a.labels $name }}
{{- fail (printf "a.labels.%s: it is taken, 100%%; set a.metrics.port" $name) }}
{{- end }}
{{- end }}
{{- range $name, $value := dict "zone" "set class" "port" "set a.metrics.port" }}
{{- if hasKey $.Values.a.labels $name }}
{{- fail (printf "a.labels.%s: it is taken, 100%%; %s" $name $value) }}
{{- end }}
{{- end }}
{{- if hasKey .Values.a.labels "one" }}
{{- fail "a.labels.one: it is taken, 100%; leave it out" }}
{{- end }}
{{- end }}
`,
  );
});

test('a rule for several names refuses each, in every Helm the same first', async () => {
  const labels = { zone: 'x', port: 'x', tier: 'x', one: 'x' };
  const values = { a: { labels } };
  const chart = loopedChart();
  const messages = [
    'a.labels.tier: it is taken, 100%; set a.metrics.port',
    'a.labels.port: it is taken, 100%; set a.metrics.port',
    'a.labels.zone: it is taken, 100%; set class',
    'a.labels.one: it is taken, 100%; leave it out',
  ];
  expect(chart.violations({ values })).toEqual(messages);
  expect(chart.violations({ values: { a: { labels, enabled: false } } })).toEqual([]);
  const written = writeChart(chart, directory());
  for (const helm of helmVersions) {
    const { stderr } = await helmTemplate({ helm, chart: written, values });
    expect(stderr).toContain(`: ${messages[0]}\n`);
    const { port, zone } = labels;
    const later = await helmTemplate({
      helm,
      chart: written,
      values: { a: { labels: { port, zone } } },
    });
    expect(later.stderr).toContain(`: ${messages[1]}\n`);
  }
});

const host = { host: 'a', port: 1000, paths: [] };

test.each([
  ['replicas: 9 is more than 3, or 100%; write "3"', { replicas: 9, mode: 'off', class: 'x' }],
  ['mode: it is off, and 100% of it; leave class out', { mode: 'off', class: 'x', args: ['x'] }],
  [`mode: it is off, ${LONG}; leave args out, ${LONG}`, { mode: 'off', args: ['x'] }],
  ['hosts: a, b has a high port; write another', { hosts: [host, { ...host, host: 'b' }] }],
])('every Helm says what evaluation does: %s', async (message, values) => {
  const chart = ruledChart();
  expect(chart.violations({ values })[0]).toBe(message);
  const written = writeChart(chart, directory());
  for (const helm of helmVersions) {
    const { ok, stderr } = await helmTemplate({ helm, chart: written, values });
    expect(ok).toBe(false);
    expect(stderr).toContain(`: ${message}\n`);
  }
});

test('nothing is refused where the condition of all does not hold', async () => {
  const values = { enabled: false, replicas: 9, mode: 'off', class: 'x', hosts: [host] };
  const chart = ruledChart();
  expect(chart.violations({ values })).toEqual([]);
  const [helm] = helmVersions;
  const written = writeChart(chart, directory());
  expect(await helmTemplate({ helm, chart: written, values })).toMatchObject({ ok: true });
});
