import type { ConfigMap } from 'kubernetes-types/core/v1';
import { z } from 'zod';
import {
  choose,
  eq,
  joinEach,
  jsonFile,
  KubernetesObject,
  orElse,
  Release,
  sha256,
  spread,
  str,
  textBlock,
  textLines,
  when,
  writeChart,
  yamlFile,
  type HelmChart,
} from '../../../src/helm';
import { HELM_3_12, HELM_4 } from '../../real-helm/binaries';
import { decodeManifests } from '../../real-helm/decode';
import { helmTemplate } from '../../real-helm/run-helm';
import { fileOf, newChart } from '../new-chart';
import { sampleValues, v } from '../sample-values';
import { useTemporaryDirectory } from '../temporary-directory';

const directory = useTemporaryDirectory();

function chartOfTemplates(): HelmChart {
  const chart = newChart(sampleValues);
  const full = chart.template(
    'fullname',
    choose(
      v.class,
      orElse(v.class, ''),
      choose(eq(v.mode, 'off'), 'none', str`${Release.name}-web`),
    ),
    { description: 'Name of everything.' },
  );
  const peers = chart.template(
    'peers',
    joinEach(v.replicas, ', ', (ordinal) => str`${full}-${ordinal}.${v.name}`),
  );
  const address = chart.templateFunction(
    'address',
    z.object({ host: z.string(), port: z.int() }),
    ({ host, port }) => str`${host}:${port}`,
  );
  const labels = chart.mapTemplate('labels', { app: full, ...spread(v.labels) });
  const config = chart.textTemplate('config', yamlFile({ debug: v.debug, name: v.name }));
  const json = chart.textTemplate('json', jsonFile({ a: when(v.enabled, 1), last: 'text\n' }));
  const list = chart.textTemplate('list', jsonFile([v.name, when(v.enabled, { n: v.replicas })]));
  const script = chart.textTemplate('script', textLines(['  indented', v.text]));
  new KubernetesObject<ConfigMap>(chart, 'config', {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'config', labels: { ...spread(labels), own: 'mine' } },
    data: {
      peers,
      address: address({ host: v.text, port: v.metrics.port }),
      sum: sha256(config),
      config: textBlock(config),
      json: textBlock(json),
      list: textBlock(list),
      script: textBlock(script),
    },
  });
  return chart;
}

test('named templates stand in _helpers.tpl, choices as if and else', () => {
  expect(fileOf(chartOfTemplates(), 'templates/_helpers.tpl')).toBe(`{{/*
Name of everything.
*/}}
{{- define "sample.fullname" -}}
{{- if .Values.class }}
{{- .Values.class | default "" }}
{{- else if eq .Values.mode "off" }}
{{- "none" }}
{{- else }}
{{- printf "%s-web" .Release.Name }}
{{- end }}
{{- end }}

{{- define "sample.peers" -}}
{{- range $ordinal := until (int .Values.replicas) }}
{{- if $ordinal }}, {{ end }}
{{- printf "%s-%d.%s" (include "sample.fullname" $) (int $ordinal) $.Values.name }}
{{- end }}
{{- end }}

{{- define "sample.address" -}}
{{- printf "%s:%d" .host (int .port) }}
{{- end }}

{{- define "sample.labels" -}}
app: {{ include "sample.fullname" . | quote }}
{{- with .Values.labels }}
{{- toYaml . | nindent 0 }}
{{- end }}
{{- end }}

{{- define "sample.config" -}}
{{- if not (kindIs "invalid" .Values.debug) }}
debug: {{ .Values.debug }}
{{- end }}
name: {{ .Values.name | toJson }}
{{- end }}

{{- define "sample.json" -}}
{{- include "sample.json.tree" . | fromYaml | toPrettyJson }}
{{- end }}

{{- define "sample.json.tree" -}}
{{- if .Values.enabled }}
a: 1
{{- end }}
last: "text\\n"
{{- end }}

{{- define "sample.list" -}}
{{- include "sample.list.tree" . | fromYamlArray | toPrettyJson }}
{{- end }}

{{- define "sample.list.tree" -}}
- {{ .Values.name | toJson }}
{{- if .Values.enabled }}
- "n": {{ .Values.replicas | int }}
{{- end }}
{{- end }}

{{- define "sample.script" -}}
{{ "  " }}indented
{{ .Values.text }}
{{- end }}
`);
});

test.each([HELM_3_12, HELM_4])('Helm $version makes of them what we do', async (helm) => {
  const chart = chartOfTemplates();
  const values = { text: 'a b', labels: { team: 'x' } };
  const evaluated = chart.manifests({ values, releaseName: 'blue' });
  expect(evaluated).toMatchObject([
    {
      metadata: { labels: { app: 'blue-web', team: 'x', own: 'mine' } },
      data: {
        peers: 'blue-web-0.web, blue-web-1.web',
        address: 'a b:9090',
        // The first line of the file is under a condition: its line break stays.
        config: '\nname: "web"\n',
        json: '{\n  "a": 1,\n  "last": "text\\n"\n}\n',
        list: '[\n  "web",\n  {\n    "n": 2\n  }\n]\n',
        script: '  indented\na b\n',
      },
    },
  ]);
  const directoryOfChart = writeChart(chart, directory());
  const { stdout } = await helmTemplate({ helm, chart: directoryOfChart, values, release: 'blue' });
  expect(await decodeManifests([stdout])).toEqual([evaluated]);
});
