import type { ConfigMap } from 'kubernetes-types/core/v1';
import { z } from 'zod';
import {
  asString,
  ChartPart,
  composeValues,
  Gate,
  KubernetesObject,
  spread,
  str,
  valuesPart,
  ValuesError,
  writeChart,
  type HelmChart,
  type Ref,
} from '../../../src/helm';
import { HELM_3_12, HELM_4 } from '../../real-helm/binaries';
import { decodeManifests } from '../../real-helm/decode';
import { helmTemplate } from '../../real-helm/run-helm';
import { fileOf, newChart } from '../new-chart';
import { useTemporaryDirectory } from '../temporary-directory';

const directory = useTemporaryDirectory();

const serverValues = z.object({
  global: z
    .object({
      registry: z.string().default('').describe('Registry of all images.'),
      cluster: z.string().default('blue').describe('Name of the cluster.'),
    })
    .prefault({})
    .meta({ section: 'Everywhere', description: 'Shared.' }),
  replicas: z.int().min(1).default(3).describe('Number of servers.'),
  tls: z
    .object({
      enabled: z.boolean().default(false).describe('Whether it speaks TLS.'),
      secretName: z.string().default('').describe('Secret with the certificate.'),
    })
    .prefault({})
    .meta({ description: 'TLS.' }),
  labels: z.record(z.string(), z.string()).default({}).describe('More labels.'),
  limits: z
    .object({ cpu: z.string().default('1').describe('CPU.') })
    .prefault({ cpu: '2' })
    .meta({ description: 'Limits.' }),
});

const clientValues = z.object({
  global: z
    .object({ registry: z.string().default('').describe('Registry of all images.') })
    .prefault({}),
  url: z.string().default('http://a').describe('Where the server is.'),
});

/** A part of a chart with a template, a rule, a note and two objects, one of them with TLS only. */
function addServer(scope: HelmChart, id: string, values: Ref<z.output<typeof serverValues>>): void {
  const gate = new Gate(scope, id, true);
  const part = new ChartPart(gate, values);
  const name = part.template('name', str`${id}-${values.global.cluster}`);
  const metadata = { name, labels: { ...spread(values.labels) } };
  part.require({
    path: 'tls.secretName',
    holds: true,
    problem: 'never wrong',
    fix: 'leave it',
  });
  part.require({
    path: 'tls.secretName',
    holds: values.replicas,
    problem: str`tls.enabled needs it, not a.tls.enabled or tls.unknown, ${values.replicas}`,
    fix: 'set tls.secretName, or tls.enabled to false',
  });
  part.notes([str`Change replicas or limits.cpu of ${name}.`]);
  new KubernetesObject<ConfigMap>(gate, 'config', {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata,
    data: { replicas: asString(values.replicas), cpu: values.limits.cpu },
  });
  new KubernetesObject<ConfigMap>(new Gate(gate, 'tls', values.tls.enabled), 'Default', {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: str`${name}-tls` },
    data: { secret: values.tls.secretName },
  });
}

function chartOfTwo(): HelmChart {
  const values = composeValues({
    east: valuesPart(serverValues, {
      defaults: { replicas: 5, tls: { secretName: 'east-tls' }, limits: { cpu: '4' } },
    }),
    west: valuesPart(serverValues, {
      fixed: { tls: { enabled: false }, global: { cluster: 'green' } },
      description: 'The other one.',
    }),
    client: valuesPart(clientValues, { fixed: { url: 'http://b' } }),
  });
  const chart = newChart(values);
  addServer(chart, 'east', values.parts.east);
  addServer(chart, 'west', values.parts.west);
  const client = new ChartPart(chart, values.parts.client);
  client.notes([values.parts.client.url]);
  return chart;
}

test('values.yaml shows the defaults of the program, and what parts share once', () => {
  const text = fileOf(chartOfTwo(), 'values.yaml');
  expect(text.match(/registry: ""/g)).toHaveLength(1);
  expect(text).toMatch(
    /east:[^]*replicas: 5[^]*enabled: false[^]*secretName: east-tls[^]*cpu: "4"/,
  );
  const west = text.slice(text.indexOf('\nwest:'));
  expect(west).toContain('# -- (string) Secret with the certificate.\n    secretName: ""');
  expect(west).not.toContain('enabled:');
  expect(west).toContain('cpu: "2"');
  expect(text).toContain('# The other one.\nwest:');
  // Its only other value is fixed, and global stands at the root.
  expect(text).not.toContain('client');
});

test('a fixed value is refused in values, and nothing that it rules out is in the chart', () => {
  const chart = chartOfTwo();
  expect(() => chart.manifests({ values: { west: { tls: { enabled: true } } } })).toThrow(
    ValuesError,
  );
  expect(() => fileOf(chart, 'templates/west-tls.yaml')).toThrow('the chart has no');
  expect(fileOf(chart, 'templates/east-tls.yaml')).toContain('.Values.east.tls.enabled');
});

test.each([HELM_3_12, HELM_4])('Helm $version renders what evaluation gives', async (helm) => {
  const chart = chartOfTwo();
  const path = writeChart(chart, directory());
  const values = {
    global: { cluster: 'red' },
    east: { tls: { enabled: true }, labels: { a: '1' } },
    west: { replicas: 7, limits: { cpu: '9' } },
  };
  const rendered = await helmTemplate({ helm, chart: path, values, release: 'r' });
  const [objects] = await decodeManifests([rendered.stdout]);
  expect(chart.manifests({ values, releaseName: 'r' })).toEqual(objects);
  const names = objects.map(({ metadata }) => metadata.name).sort();
  expect(names).toEqual(['east-red', 'east-red-tls', 'west-green']);
});

test('templates, rules and notes carry the place of their part', () => {
  const chart = chartOfTwo();
  const helpers = fileOf(chart, 'templates/_helpers.tpl');
  expect(helpers).toContain('define "sample.east.name"');
  expect(helpers).toContain('define "sample.west.name"');
  const rules = fileOf(chart, 'templates/validate.yaml');
  expect(rules).toContain('"east.tls.secretName"');
  expect(rules).toContain('"set west.tls.secretName, or west.tls.enabled to false"');
  expect(rules).toContain('west.tls.enabled needs it, not a.tls.enabled or tls.unknown');
  expect(rules).not.toContain('never wrong');
  expect(chart.renderNotes()).toBe(
    'Change replicas or east.limits.cpu of east-blue.\n\n' +
      'Change replicas or west.limits.cpu of west-green.\n\nhttp://b\n',
  );
});

test('parts share a template function that they define alike', () => {
  const chart = chartOfTwo();
  const parameters = z.object({ text: z.string() });
  const [east, west] = ['east', 'west'].map(
    (id) => new ChartPart(new Gate(chart, `x${id}`, true), chart.v),
  );
  const define = (part: ChartPart, end: string) =>
    part.templateFunction('shout', parameters, ({ text }) => str`${text}${end}`);
  define(east, '!');
  define(west, '!');
  expect(() => define(west, '?')).toThrow("the chart already has a template 'sample.shout'");
});

describe('misuse', () => {
  test.each([
    ['an unknown default', () => valuesPart(serverValues, { defaults: { size: 1 } as object })],
    [
      'an unknown default below',
      () => valuesPart(serverValues, { defaults: { tls: { x: 1 } } as object }),
    ],
  ])('%s is an error that names it', (_, act) => {
    expect(act).toThrow(/there is no value '(size|tls\.x)'/);
  });

  test('a default that does not fit is an error that names it', () => {
    const defaults = { replicas: 0 };
    expect(() => valuesPart(serverValues, { defaults })).toThrow(/^replicas: .*>=1/);
  });

  test('a value of a map that is used as a whole cannot be fixed', () => {
    const values = composeValues({
      a: valuesPart(serverValues, { fixed: { limits: { cpu: '3' } } }),
    });
    const chart = newChart(values);
    new KubernetesObject<ConfigMap>(chart, 'config', {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'config' },
      data: { ...spread(values.parts.a.limits) },
    });
    expect(() => fileOf(chart, 'values.yaml')).toThrow(
      "'a.limits' is used as a whole, so cpu in it cannot be fixed: give a default instead",
    );
  });

  test('a part cannot have the name of what parts share', () => {
    expect(() => composeValues({ global: valuesPart(clientValues) })).toThrow(
      "a part cannot be called 'global'",
    );
  });
});
