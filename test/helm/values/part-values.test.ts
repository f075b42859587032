import { App } from 'cdk8s';
import { Construct } from 'constructs';
import type { ConfigMap } from 'kubernetes-types/core/v1';
import { z } from 'zod';
import {
  chartFiles,
  ChartPart,
  defineValues,
  gt,
  HelmChart,
  KubernetesObject,
  partValues,
  refusedKey,
  Release,
  str,
  tomlFile,
  valuesTree,
  ValuesError,
  type PartProps,
  type Ref,
} from '../../../src/helm';
import { fileOf } from '../new-chart';

const zoneValues = z.object({
  global: z
    .looseObject({ registry: z.string().default('').describe('Registry of all images.') })
    .prefault({}),
  team: z.string().default('ops').describe('Who owns it.'),
  port: z.int().default(80).describe('Its port.'),
  config: z
    .object({
      url: z.string().default('http://a').describe('Where it is.'),
      level: z.string().default('info').describe('How much it says.'),
      old: refusedKey('it is gone', 'set config.level'),
    })
    .prefault({})
    .describe('Its configuration.'),
});

/** A construct of somebody who writes a library: its values go where the construct goes. */
class Zone extends Construct {
  readonly values: Ref<z.output<typeof zoneValues>>;

  constructor(scope: Construct, id: string, props: PartProps<typeof zoneValues> = {}) {
    super(scope, id);
    const values = partValues(scope, id, zoneValues, props, ['global', 'team']);
    this.values = values;
    new ChartPart(this, values).require({
      path: 'port',
      holds: gt(values.port, 0),
      problem: str`${values.port} is no port of team and config.url`,
      fix: 'set config.level or global.registry',
    });
    new KubernetesObject<ConfigMap>(this, 'Default', {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: str`${Release.name}-${id.toLowerCase()}` },
      data: {
        owner: values.team,
        'config.toml': tomlFile(valuesTree(values.config)),
        registry: values.global.registry,
      },
    });
  }
}

const metadata = { name: 'zones', version: '1.0.0', description: 'Zones.' };

function emptyChart(): HelmChart {
  return new HelmChart(new App(), 'zones', { metadata });
}

test('each construct has its values below its ids, what they share once at the root', () => {
  const chart = emptyChart();
  new Zone(chart, 'east', { defaults: { port: 8080 } });
  new Zone(new Construct(chart, 'far'), 'west', { description: 'The far one.' });
  const text = fileOf(chart, 'values.yaml');
  expect(text.match(/^team: ops$/gm)).toHaveLength(1);
  expect(text).toMatch(/^east:\n[^]*port: 8080/m);
  expect(text).toMatch(/^far:\n[^]*# The far one\.\n {2}west:\n[^]*port: 80\n/m);
  expect(
    chart.manifests({ values: { team: 'a', far: { west: { config: { url: 'b' } } } } }),
  ).toEqual(
    expect.arrayContaining([
      expect.objectContaining({
        metadata: { name: 'zones-west' },
        data: { owner: 'a', registry: '', 'config.toml': 'url = "b"\nlevel = "info"\n' },
      }),
    ]),
  );
});

test('the values of a construct called Default stand at the root, beside its own', () => {
  const values = defineValues(z.object({ size: z.int().default(1).describe('Size.') }));
  const chart = new HelmChart(new App(), 'zones', { metadata, values });
  new Zone(chart, 'Default');
  expect(chart.values.defaults).toMatchObject({ size: 1, port: 80, config: { level: 'info' } });
  // Another chart of the same definition is not touched.
  expect(values.defaults).toEqual({ size: 1 });
});

test('a value that is wired to another part leaves the values', () => {
  const chart = emptyChart();
  const east = new Zone(chart, 'east');
  new Zone(chart, 'west', { fixed: { port: east.values.port, config: { level: 'debug' } } });
  expect(chart.values.defaults).toMatchObject({ west: { config: { url: 'http://a' } } });
  const refused = { west: { port: 1 } };
  expect(() => chart.manifests({ values: refused })).toThrow(ValuesError);
  const [, west] = chart.manifests();
  expect(west).toMatchObject({ data: { 'config.toml': 'url = "http://a"\nlevel = "debug"\n' } });
  expect(fileOf(chart, 'templates/west.yaml')).not.toContain('.Values.west.config.level');
  // The message names the value that users can change.
  expect(() => chart.manifests({ values: { east: { port: 0 } } })).toThrow(
    'east.port: 0 is no port of team and east.config.url; set east.config.level or global.registry',
  );
});

test('refused keys of a part are refused, with the path of the part', () => {
  const chart = emptyChart();
  new Zone(chart, 'east');
  expect(() => chart.manifests({ values: { east: { config: { old: 1 } } } })).toThrow(
    'east.config.old: it is gone; set east.config.level',
  );
});

test('a default of what parts share counts for all', () => {
  const chart = emptyChart();
  new Zone(chart, 'east');
  new Zone(chart, 'west', { defaults: { team: 'sea' } });
  expect(chart.values.defaults).toMatchObject({ team: 'sea' });
});

test('two parts of the chart itself would have the same values', () => {
  const chart = emptyChart();
  new Zone(chart, 'Default');
  expect(() => new Zone(new Construct(chart, 'resource'), 'Resource')).toThrow(
    "the chart already has a value 'global'",
  );
});

test('a part cannot take the place of a value', () => {
  const values = defineValues(z.object({ east: z.int().default(1).describe('East.') }));
  const chart = new HelmChart(new App(), 'zones', { metadata, values });
  expect(() => new Zone(chart, 'east')).toThrow("the chart already has a value 'east'");
});

test('a default does not compile when a default has another type', () => {
  const chart = emptyChart();
  // @ts-expect-error -- a string for a number
  expect(() => new Zone(chart, 'east', { defaults: { port: 'http' } })).toThrow('port');
  // @ts-expect-error -- no such value
  expect(() => new Zone(chart, 'west', { fixed: { size: 1 } })).toThrow("no value 'size'");
});

test('a chart without values is a chart', () => {
  expect([...chartFiles(emptyChart()).keys()]).toContain('values.yaml');
});
