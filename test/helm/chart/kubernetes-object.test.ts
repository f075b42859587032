import { ApiObject, App, Chart, JsonPatch } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import type { Deployment } from 'kubernetes-types/apps/v1';
import type { ConfigMap } from 'kubernetes-types/core/v1';
import { z } from 'zod';
import {
  chartFiles,
  comment,
  defineValues,
  each,
  entries,
  eq,
  Gate,
  KubernetesObject,
  Release,
  spread,
  str,
  tomlFile,
  when,
  yamlFile,
} from '../../../src/helm';
import type { AnyObject } from '../any-object';
import { fileOf, newChart } from '../new-chart';
import { sampleValues, v } from '../sample-values';

const configMap = { apiVersion: 'v1', kind: 'ConfigMap' } as const;

test('an object becomes a template in the order in which people write, and a manifest', () => {
  const chart = newChart(sampleValues);
  new KubernetesObject<Deployment>(
    chart,
    'web',
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      spec: {
        selector: { matchLabels: { app: 'web' } },
        replicas: v.replicas,
        template: { spec: { containers: [{ name: 'web', image: v.image }] } },
      },
      metadata: { labels: { ...spread(v.labels), app: 'web' }, name: str`${Release.name}-web` },
    },
    { comment: 'The pods.' },
  );
  expect(fileOf(chart, 'templates/web.yaml')).toBe(`{{- /* The pods. */}}
apiVersion: apps/v1
kind: Deployment
metadata:
  name: "{{ .Release.Name }}-web"
  labels:
    {{- with omit .Values.labels "app" }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
    app: web
spec:
  selector:
    matchLabels:
      app: web
  replicas: {{ .Values.replicas | int }}
  template:
    spec:
      containers:
        - name: web
          image: {{ .Values.image | quote }}
`);
  expect(
    chart.manifests({ releaseName: 'blue', values: { labels: { app: 'x', b: 'y' } } }),
  ).toEqual([
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'blue-web', labels: { app: 'web', b: 'y' } },
      spec: {
        selector: { matchLabels: { app: 'web' } },
        replicas: 2,
        template: { spec: { containers: [{ name: 'web', image: 'nginx:1' }] } },
      },
    },
  ]);
});

test('labels that stand before a map of the user lose to it', () => {
  const chart = newChart(sampleValues);
  new KubernetesObject<ConfigMap>(chart, 'config', {
    ...configMap,
    metadata: { name: 'config', labels: { team: 'none', ...spread(v.labels), app: 'web' } },
  });
  expect(fileOf(chart, 'templates/config.yaml')).toContain(`  labels:
    team: none
    {{- with omit .Values.labels "app" }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
    app: web
`);
  const values = { labels: { team: 'a', app: 'b' } };
  expect(chart.manifests({ values })).toMatchObject([
    { metadata: { labels: { team: 'a', app: 'web' } } },
  ]);
});

test('an object without a name gets one that starts with the release', () => {
  const chart = newChart(sampleValues);
  new ApiObject(chart, 'Foreign', { ...configMap });
  expect(fileOf(chart, 'templates/foreign.yaml')).toContain('name: {{ .Release.Name }}-foreign');
  expect(chart.manifests({ releaseName: 'blue' })).toMatchObject([
    { metadata: { name: 'blue-foreign' } },
  ]);
});

test('a JsonPatch reaches the template and the manifest', () => {
  const chart = newChart(sampleValues);
  const object = new KubernetesObject<ConfigMap>(chart, 'config', {
    ...configMap,
    metadata: { name: 'config' },
    data: { a: v.text, b: when(v.enabled, 'on') },
  });
  object.addJsonPatch(JsonPatch.replace('/data/a', 'patched'), JsonPatch.add('/data/c', 'new'));
  expect(fileOf(chart, 'templates/config.yaml')).toContain(`data:
  a: patched
  {{- if .Values.enabled }}
  b: "on"
  {{- end }}
  c: new
`);
  expect(chart.manifests()).toMatchObject([{ data: { a: 'patched', b: 'on', c: 'new' } }]);
});

test('the order of objects in the chart is theirs in the source', () => {
  const chart = newChart(sampleValues);
  for (const id of ['zeta', 'alpha']) {
    new KubernetesObject<ConfigMap>(chart, id, { ...configMap, metadata: { name: id } });
  }
  const templates = [...chartFiles(chart).keys()].filter((path) => path.startsWith('templates/'));
  expect(templates).toEqual(['templates/zeta.yaml', 'templates/alpha.yaml']);
});

describe('a gate', () => {
  function gatedChart() {
    const chart = newChart(sampleValues);
    const outer = new Gate(chart, 'Outer', v.enabled);
    const inner = new Gate(outer, 'Inner', v.metrics.enabled);
    new KubernetesObject<ConfigMap>(inner, 'Default', {
      ...configMap,
      metadata: { name: 'gated' },
      data: { on: when(v.enabled, 'yes'), maybe: when(v.debug, 'yes') },
    });
    return chart;
  }

  test('puts an object under its condition, which is not asked again inside', () => {
    expect(fileOf(gatedChart(), 'templates/outer-inner.yaml')).toBe(
      `{{- if and .Values.enabled .Values.metrics.enabled }}
apiVersion: v1
kind: ConfigMap
metadata:
  name: gated
data:
  "on": "yes"
  {{- if .Values.debug }}
  maybe: "yes"
  {{- end }}
{{- end }}
`,
    );
  });

  test('leaves the object out of the manifests', () => {
    expect(gatedChart().manifests()).toEqual([]);
    expect(gatedChart().manifests({ values: { metrics: { enabled: true } } })).toHaveLength(1);
  });

  test('that is known to be open is no gate', () => {
    const chart = newChart(sampleValues);
    new KubernetesObject<ConfigMap>(new Gate(chart, 'open', true), 'Default', {
      ...configMap,
      metadata: { name: 'a' },
    });
    expect(fileOf(chart, 'templates/open.yaml')).not.toContain('{{');
  });
});

describe('mistakes that are found when the chart is emitted', () => {
  test('a value that the chart does not have', () => {
    const other = defineValues(z.object({ other: z.string().default('') }));
    const chart = newChart(sampleValues);
    new KubernetesObject<ConfigMap>(chart, 'config', {
      ...configMap,
      metadata: { name: 'config' },
      data: { a: other.v.other },
    });
    expect(() => chartFiles(chart)).toThrow("sample/config: the chart sample has no value 'other'");
  });

  test.each(['gate', 'rule', 'notes', 'template'] as const)('such a value in a %s', (place) => {
    const { other } = defineValues(z.object({ other: z.string().default('') })).v;
    const chart = newChart(sampleValues);
    const scope = place === 'gate' ? new Gate(chart, 'gate', other) : chart;
    new KubernetesObject<ConfigMap>(scope, 'config', { ...configMap, metadata: { name: 'a' } });
    if (place === 'rule') {
      chart.require({ path: 'x', holds: eq(other, 'a'), problem: 'p', fix: 'f' });
    } else if (place === 'notes') {
      chart.notes([other]);
    } else if (place === 'template') {
      chart.template('unused', other);
    }
    expect(() => chartFiles(chart)).toThrow("has no value 'other'");
  });

  test('a template of another chart', () => {
    const template = newChart(sampleValues, { name: 'other' }).template('full', Release.name);
    const chart = newChart(sampleValues);
    new KubernetesObject<AnyObject>(chart, 'a', {
      ...configMap,
      metadata: { name: 'a' },
      data: { template },
    });
    expect(() => chartFiles(chart)).toThrow("'other.full' is no template of the chart sample");
  });

  test('two objects in one file', () => {
    const chart = newChart(sampleValues);
    new KubernetesObject<ConfigMap>(chart, 'a-b', { ...configMap, metadata: { name: 'x' } });
    new KubernetesObject<ConfigMap>(new Gate(chart, 'a', v.enabled), 'b', {
      ...configMap,
      metadata: { name: 'y' },
    });
    expect(() => chartFiles(chart)).toThrow(
      'two objects of sample would be written to templates/a-b.yaml',
    );
  });

  test('a second template of the same name', () => {
    const chart = newChart(sampleValues);
    chart.template('full', Release.name);
    expect(() => chart.template('full', v.name)).toThrow("already has a template 'sample.full'");
  });

  test('a template function that looks beyond its parameters', () => {
    const chart = newChart(sampleValues);
    const full = chart.template('full', Release.name);
    const parameters = z.object({ port: z.int() });
    expect(() =>
      chart.templateFunction('address', parameters, ({ port }) => str`${full}:${port}`),
    ).toThrow(
      "the template function 'address' sees its parameters only: make .Release.Name one of them",
    );
  });
});

describe('in an ordinary cdk8s chart', () => {
  const chart = () => new Chart(new App(), 'plain');

  test('an object with plain values is an ordinary object', () => {
    const plain = chart();
    new KubernetesObject<ConfigMap>(plain, 'config', {
      ...configMap,
      metadata: { name: 'config', labels: { ...comment('remark'), a: 'b' } },
      data: {
        conditional: when(true, 'there', 'not'),
        gone: when(false, 'x'),
        'a.toml': tomlFile({ port: 1, table: { x: [1, 2] } }),
        'a.yaml': yamlFile({ x: 'yes' }),
      },
    });
    expect(plain.toJson()).toEqual([
      {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: 'config', labels: { a: 'b' } },
        data: {
          conditional: 'there',
          'a.toml': 'port = 1\n\n[table]\nx = [1, 2]\n',
          'a.yaml': 'x: "yes"\n',
        },
      },
    ]);
  });

  test('a reference to a value is refused with advice', () => {
    expect(
      () =>
        new KubernetesObject<ConfigMap>(chart(), 'config', {
          ...configMap,
          metadata: { name: 'config' },
          data: { list: when(v.enabled, 'x') },
        }),
    ).toThrow('.Values.enabled is known only in a HelmChart: give plain values in this chart');
  });
});

describe('constructs of cdk8s-plus', () => {
  function plusChart() {
    const chart = newChart(sampleValues);
    const deployment = new kplus.Deployment(chart, 'Web', {
      metadata: { name: chart.token(str`${Release.name}-web`) },
      replicas: chart.token(v.replicas),
      select: false,
      containers: [
        {
          image: `registry.example/${chart.token(v.image)}`,
          portNumber: chart.token(v.metrics.port),
          args: [chart.token(v.text)],
        },
      ],
    });
    deployment.exposeViaService({ name: chart.token(str`${Release.name}-web`) });
    return chart;
  }

  test('carry tokens into templates, numbers as numbers', () => {
    const template = fileOf(plusChart(), 'templates/web.yaml');
    expect(template).toContain('  name: "{{ .Release.Name }}-web"\n');
    expect(template).toContain('  replicas: {{ .Values.replicas | int }}\n');
    expect(template).toContain('image: "registry.example/{{ .Values.image }}"\n');
    expect(template).toContain('- containerPort: {{ .Values.metrics.port | int }}\n');
    expect(template).toContain('- {{ .Values.text | quote }}\n');
    expect(fileOf(plusChart(), 'templates/web-service.yaml')).toContain(
      'port: {{ .Values.metrics.port | int }}\n',
    );
  });

  test('evaluate to plain objects', () => {
    const [deployment, service] = plusChart().manifests({
      releaseName: 'blue',
      values: { replicas: 5, text: 'true' },
    });
    expect(deployment).toMatchObject({
      kind: 'Deployment',
      metadata: { name: 'blue-web' },
      spec: {
        replicas: 5,
        template: {
          spec: {
            containers: [
              {
                image: 'registry.example/nginx:1',
                ports: [{ containerPort: 9090 }],
                args: ['true'],
              },
            ],
          },
        },
      },
    });
    expect(service).toMatchObject({
      metadata: { name: 'blue-web' },
      spec: { ports: [{ port: 9090 }] },
    });
  });

  test('that drop a token are found out', () => {
    const chart = newChart(sampleValues);
    chart.token(v.text);
    expect(() => chartFiles(chart)).toThrow(
      'given to a construct that dropped them, so they are in no template: .Values.text',
    );
  });

  test('cannot carry a token as a key', () => {
    const chart = newChart(sampleValues);
    new ApiObject(chart, 'a', { ...configMap, data: { [chart.token(v.text)]: 'x' } });
    expect(() => chartFiles(chart)).toThrow('used as a map key: use entries()');
  });

  test('cannot carry the token of another chart', () => {
    const chart = newChart(sampleValues);
    const foreign = newChart(sampleValues, { name: 'other' }).token(v.text);
    new ApiObject(chart, 'a', { ...configMap, data: { foreign } });
    expect(() => chartFiles(chart)).toThrow('of one chart was used in another');
  });
});

test('loops and entries in an object evaluate with the values of the release', () => {
  const chart = newChart(sampleValues);
  new KubernetesObject<AnyObject>(chart, 'list', {
    apiVersion: 'example.com/v1',
    kind: 'List',
    metadata: { name: 'list' },
    spec: {
      hosts: [each(v.hosts, ({ host }) => host)],
      labels: { ...entries(v.labels, (key, value) => str`${key}=${value}`) },
    },
  });
  const values = { hosts: [{ host: 'a', paths: [] }], labels: { x: 'y' } };
  expect(chart.manifests({ values })).toMatchObject([
    { spec: { hosts: ['a'], labels: { x: 'x=y' } } },
  ]);
});
