import {
  and,
  ChartPart,
  eq,
  KubernetesObject,
  le,
  not,
  or,
  requireItems,
  str,
  writeChart,
  type HelmChart,
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
