import { App, Chart, JsonPatch } from 'cdk8s';
import type { StatefulSet } from 'kubernetes-types/apps/v1';
import type { ConfigMap, Service } from 'kubernetes-types/core/v1';
import { z } from 'zod';
import {
  defineValues,
  each,
  KubernetesObject,
  nonEmpty,
  RepeatedObject,
  splice,
  spread,
  str,
  until,
  when,
  whole,
  writeChart,
  type Dynamic,
} from '../../../src/helm';
import { checkEquality } from '../../property/equality';
import { helmVersions } from '../../real-helm/binaries';
import { expectSameInEveryHelm } from '../every-helm';
import { fileOf, newChart } from '../new-chart';
import { sampleValues, v } from '../sample-values';
import { useTemporaryDirectory } from '../temporary-directory';

const directory = useTemporaryDirectory();

function newStatefulSet(chart: ReturnType<typeof newChart<typeof sampleValues.schema>>) {
  return new KubernetesObject<StatefulSet>(chart, 'set', {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { name: 'set', labels: { ...spread(v.labels), app: 'set' } },
    spec: {
      replicas: when(v.enabled, v.replicas),
      serviceName: 'set',
      selector: { matchLabels: { app: 'set' } },
      updateStrategy: when(v.enabled, { type: 'OnDelete' }),
      template: {
        metadata: { labels: { app: 'set' }, annotations: { ...spread(v.labels), own: 'x' } },
        spec: {
          nodeSelector: nonEmpty(v.labels),
          terminationGracePeriodSeconds: 5,
          containers: [
            {
              name: 'main',
              image: v.image,
              args: ['a', splice(v.args)],
              env: [{ name: 'A', value: 'one' }],
              resources: v.resources,
              volumeMounts: [{ name: 'data', mountPath: '/data' }],
            },
            when(v.metrics.enabled, { name: 'metrics', image: 'exporter' }, { name: 'idle' }),
          ],
          volumes: [{ name: 'data', emptyDir: {} }],
        },
      },
    },
  });
}

const VALUE_SETS = [
  {},
  { enabled: false, metrics: { enabled: true } },
  {
    labels: { app: 'user', own: 'y', team: 'blue', zone: 'z' },
    args: ['b'],
    resources: { limits: { cpu: 1 }, requests: { cpu: 1 } },
  },
];

function patched() {
  const chart = newChart(sampleValues);
  newStatefulSet(chart)
    .patch({
      metadata: { labels: { team: str`team-${v.name}` }, annotations: { ...spread(v.labels) } },
      spec: {
        replicas: v.replicas,
        updateStrategy: { rollingUpdate: { partition: 1 } },
        template: {
          metadata: { annotations: { zone: null, added: when(v.enabled, 'yes') } },
          spec: {
            terminationGracePeriodSeconds: null,
            nodeSelector: { disk: 'ssd' },
            hostAliases: [{ ip: '10.0.0.1', hostnames: ['a'] }],
            containers: [
              {
                name: 'main',
                args: ['c', when(v.enabled, 'd')],
                env: [
                  { name: 'A', value: v.text },
                  { name: 'B', value: 'two' },
                ],
                resources: { limits: whole({ memory: '1Gi' }) },
                volumeMounts: [{ name: 'data', mountPath: '/more' }],
              },
              { name: 'metrics', tty: true },
              { name: 'sidecar', image: 'other' },
            ],
          },
        },
      },
    })
    .patch({ spec: { minReadySeconds: 3 } });
  return chart;
}

test('a patch changes what it names and leaves the rest', () => {
  expect(fileOf(patched(), 'templates/set.yaml')).toBe(`apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: set
  labels:
    {{- with omit .Values.labels "app" "team" }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
    app: set
    team: "team-{{ .Values.name }}"
  {{- with .Values.labels }}
  annotations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
spec:
  replicas: {{ .Values.replicas | int }}
  serviceName: set
  selector:
    matchLabels:
      app: set
  {{- if .Values.enabled }}
  updateStrategy:
    type: OnDelete
    rollingUpdate:
      partition: 1
  {{- else }}
  updateStrategy:
    rollingUpdate:
      partition: 1
  {{- end }}
  template:
    metadata:
      labels:
        app: set
      annotations:
        {{- with omit (omit .Values.labels "zone") "own" "added" }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
        own: x
        {{- if .Values.enabled }}
        added: "yes"
        {{- end }}
    spec:
      nodeSelector:
        {{- with omit (default dict .Values.labels) "disk" }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
        disk: ssd
      containers:
        - name: main
          image: {{ .Values.image | quote }}
          args:
            - c
            {{- if .Values.enabled }}
            - d
            {{- end }}
          env:
            - name: A
              value: {{ .Values.text | quote }}
            - name: B
              value: two
          resources:
            {{- with omit .Values.resources "limits" }}
            {{- toYaml . | nindent 12 }}
            {{- end }}
            limits:
              memory: 1Gi
          volumeMounts:
            - name: data
              mountPath: /data
            - name: data
              mountPath: /more
        {{- if .Values.metrics.enabled }}
        - name: metrics
          image: exporter
          tty: true
        {{- else }}
        - name: idle
        {{- end }}
        - name: sidecar
          image: other
      volumes:
        - name: data
          emptyDir: {}
      hostAliases:
        - ip: 10.0.0.1
          hostnames:
            - a
  minReadySeconds: 3
`);
});

test('both readings and every Helm see the patch', async () => {
  const chart = patched();
  const written = writeChart(chart, directory());
  const sets = VALUE_SETS.map((values) => ({ values, releaseName: 'r' }));
  await expectSameInEveryHelm(chart, written, sets);
  expect(chart.manifests(sets[2])).toMatchObject([
    {
      metadata: { labels: { app: 'set', team: 'team-web' } },
      spec: { template: { spec: { nodeSelector: { disk: 'ssd', team: 'blue' } } } },
    },
  ]);
});

test('whole() leaves nothing of what was there', () => {
  const chart = newChart(sampleValues);
  newStatefulSet(chart).patch({
    spec: {
      template: whole({ spec: { containers: [{ name: 'other' }] } }),
    },
  });
  const [{ spec }] = chart.manifests({ values: { labels: { a: 'b' } } });
  expect(spec).toMatchObject({ serviceName: 'set' });
  expect(spec).toHaveProperty('template', { spec: { containers: [{ name: 'other' }] } });
});

test('a list value keeps its items before those of the patch', () => {
  const item = z.object({ name: z.string(), port: z.int() });
  const ports = z.array(item).default([]).describe('Ports.');
  const chart = newChart(defineValues(z.object({ ports })));
  new KubernetesObject<Service>(chart, 'service', {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'a' },
    spec: { ports: chart.v.ports },
  }).patch({ spec: { ports: [{ name: 'more', port: 81 }] } });
  const user = { name: 'http', port: 80 };
  expect(chart.manifests({ values: { ports: [user] } })).toMatchObject([
    { spec: { ports: [user, { name: 'more', port: 81 }] } },
  ]);
});

test('a JsonPatch comes after it', () => {
  const chart = newChart(sampleValues);
  newStatefulSet(chart)
    .patch({ spec: { serviceName: 'patched', minReadySeconds: 1 } })
    .addJsonPatch(JsonPatch.replace('/spec/minReadySeconds', 2));
  expect(chart.manifests()).toMatchObject([
    { spec: { serviceName: 'patched', minReadySeconds: 2 } },
  ]);
});

test('it does not reach into a value, whose fields nobody knows at synth', () => {
  const set = newStatefulSet(newChart(sampleValues));
  const container = { name: 'main', resources: { limits: { memory: '1Gi' } } };
  expect(() => set.patch({ spec: { template: { spec: { containers: [container] } } } })).toThrow(
    'sample/set.spec.template.spec.containers[main].resources.limits is known only at install: ' +
      'give all of it, in whole(...)',
  );
});

test('it takes nothing away that a template or a loop may bring in', () => {
  const chart = newChart(sampleValues);
  const labels = chart.mapTemplate('labels', { app: v.name });
  const object = new KubernetesObject<ConfigMap>(chart, 'config', {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'a' },
    data: { ...spread(labels), own: 'x' },
  });
  expect(() => object.patch({ data: { app: null } })).toThrow(
    'sample/config.data.app may come from a template or a loop: it cannot be taken away',
  );
});

test('a repeated object is patched in every round', async () => {
  const chart = newChart(sampleValues);
  const services = new RepeatedObject<Service>(
    chart,
    'services',
    each(until(v.replicas), (ordinal): Dynamic<Service> => ({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: str`pod-${ordinal}` },
      spec: { ports: [{ name: 'http', port: 80 }] },
    })),
  );
  services.patch({
    metadata: { labels: { team: v.name } },
    spec: { ports: [{ name: 'http', targetPort: v.metrics.port }] },
  });
  const written = writeChart(chart, directory());
  const [helm] = helmVersions;
  const { mismatches, rendered } = await checkEquality(chart, written, [{ values: {} }], { helm });
  expect(mismatches).toEqual([]);
  const spec = { ports: [{ name: 'http', port: 80, targetPort: 9090 }] };
  expect(rendered[0].objects).toMatchObject([
    { metadata: { name: 'pod-0', labels: { team: 'web' } }, spec },
    { metadata: { name: 'pod-1', labels: { team: 'web' } }, spec },
  ]);
});

test('in an ordinary cdk8s chart a patch is plain', () => {
  const chart = new Chart(new App(), 'plain');
  const object = new KubernetesObject<ConfigMap>(chart, 'config', {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'a', annotations: { x: 'y' } },
    data: { a: '1', b: '2' },
  });
  object.patch({ metadata: { annotations: { y: 'z' } }, data: { a: null, c: when(true, '3') } });
  expect(chart.toJson()).toEqual([
    {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'a', annotations: { x: 'y', y: 'z' } },
      data: { b: '2', c: '3' },
    },
  ]);
  expect(() => object.patch({ data: { a: v.text } })).toThrow(
    '.Values.text is known only in a HelmChart',
  );
});
