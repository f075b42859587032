import type { ConfigMap } from 'kubernetes-types/core/v1';
import {
  each,
  Gate,
  KubernetesObject,
  Release,
  sha256,
  str,
  textBlock,
  textLines,
  when,
  writeChart,
  type HelmChart,
} from '../../../src/helm';
import { HELM_3_12, HELM_4 } from '../../real-helm/binaries';
import { decodeManifests } from '../../real-helm/decode';
import { helmTemplate } from '../../real-helm/run-helm';
import { fileOf, newChart } from '../new-chart';
import { sampleValues, v } from '../sample-values';
import { useTemporaryDirectory } from '../temporary-directory';

const directory = useTemporaryDirectory();

function chartWithVariables(): HelmChart {
  const chart = newChart(sampleValues);
  const full = chart.template('fullname', str`${Release.name}-web`, { variable: '$fullname' });
  const other = chart.template('other', str`${full}.${v.name}`);
  const script = chart.textTemplate(
    'script',
    textLines([str`  ${full} ${other}`, each(v.args, (arg) => str`${full} ${arg} ${other}`)]),
  );
  new KubernetesObject<ConfigMap>(new Gate(chart, 'gate', v.enabled), 'twice', {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: full, labels: { app: other, also: other } },
    data: {
      script: textBlock(script),
      sum: sha256(script),
      hosts: textLines([each(v.args, (arg) => str`${full}-${arg}`)]),
      hash: sha256(full),
    },
  });
  new KubernetesObject<ConfigMap>(chart, 'once', {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: str`${full}-b` },
  });
  new KubernetesObject<ConfigMap>(chart, 'taken', {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: str`${full}-c` },
    data: { note: 'what $fullname is', full },
  });
  chart.notes([when(v.enabled, [str`See ${full}.`]), str`And ${full} again.`]);
  return chart;
}

test('what a file includes several times it holds in a variable, below its condition', () => {
  expect(fileOf(chartWithVariables(), 'templates/gate-twice.yaml')).toBe(`{{- if .Values.enabled }}
{{- $fullname := include "sample.fullname" . -}}
apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ $fullname | quote }}
  labels:
    also: {{ include "sample.other" . | quote }}
    app: {{ include "sample.other" . | quote }}
data:
  script: |2
    {{- include "sample.script" . | nindent 4 }}
  sum: {{ include "sample.script" . | sha256sum | quote }}
  hosts: |2
    {{- range $arg := .Values.args }}
    {{ $fullname }}-{{ $arg }}
    {{- end }}
  hash: {{ $fullname | sha256sum | quote }}
{{- end }}
`);
});

test('so do definitions and notes, where a blank at the start stays', () => {
  const chart = chartWithVariables();
  expect(fileOf(chart, 'templates/_helpers.tpl')).toContain(`{{- define "sample.script" -}}
{{- $fullname := include "sample.fullname" . -}}
{{ "  " }}{{ $fullname }} {{ include "sample.other" . }}
{{- range $arg := .Values.args }}
{{ $fullname }} {{ $arg }} {{ include "sample.other" $ }}
{{- end }}
{{- end }}
`);
  expect(fileOf(chart, 'templates/NOTES.txt')).toBe(`\
{{- $fullname := include "sample.fullname" . -}}
{{- if .Values.enabled }}
See {{ $fullname }}.
{{- end }}
And {{ $fullname }} again.
`);
});

test('not where it is included once, or where the text has such a variable', () => {
  const chart = chartWithVariables();
  expect(fileOf(chart, 'templates/once.yaml')).not.toContain(':=');
  expect(fileOf(chart, 'templates/taken.yaml')).not.toContain(':=');
});

test.each([HELM_3_12, HELM_4])('Helm $version makes of them what we do', async (helm) => {
  const chart = chartWithVariables();
  const values = { args: ['a', 'b'] };
  const evaluated = chart.manifests({ values, releaseName: 'blue' });
  expect(evaluated).toMatchObject([
    {
      data: {
        script: '  blue-web blue-web.web\nblue-web a blue-web.web\nblue-web b blue-web.web\n',
      },
    },
    { metadata: { name: 'blue-web-b' } },
    { data: { note: 'what $fullname is', full: 'blue-web' } },
  ]);
  const directoryOfChart = writeChart(chart, directory());
  const { stdout } = await helmTemplate({ helm, chart: directoryOfChart, values, release: 'blue' });
  expect(await decodeManifests([stdout])).toEqual([evaluated]);
});
