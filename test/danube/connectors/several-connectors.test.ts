import { App } from 'cdk8s';
import {
  coreValues,
  DanubeCore,
  QdrantConnector,
  qdrantChartValues,
  WebhookConnector,
  webhookChartValues,
} from '../../../src';
import { chartFiles, composeValues, HelmChart, valuesPart } from '../../../src/helm';
import { validateObject } from '../../objects/validate-object';
import { decoded } from '../core/decoded';
import { checkObjects } from '../core/object-check';
import { configOf } from './connector-proof';

const values = composeValues({
  core: valuesPart(coreValues),
  hooks: valuesPart(webhookChartValues),
  vectors: valuesPart(qdrantChartValues),
  images: valuesPart(qdrantChartValues),
});
const metadata = { name: 'rag', version: '1.0.0', description: 'A pipeline of a user.' };
const chart = new HelmChart(new App(), 'rag', { metadata, values });
new DanubeCore(chart, 'core', { values: values.parts.core });
new WebhookConnector(chart, 'hooks', { values: values.parts.hooks });
new QdrantConnector(chart, 'vectors', { values: values.parts.vectors });
new QdrantConnector(chart, 'images', { values: values.parts.images });

const route = { from: '/default/a', subscription: 's', to: 'a', vector_dimension: 3 };
const sink = (routes: readonly object[]) => ({
  connector: { config: { qdrant: { url: 'http://qdrant:6334', routes } } },
  bootstrap: { enabled: true, topics: { '/default/a': {} } },
});
const given = {
  hooks: {
    connector: { config: { auth: { type: 'none' }, routes: [{ from: '/a', to: '/default/a' }] } },
  },
  vectors: sink([route]),
  images: sink([{ ...route, to: 'images' }]),
};
const release = { values: given, releaseName: 'rag', namespace: 'ops' };

test('a core and three connectors, two of one kind, stand in one chart', () => {
  const objects = decoded(chart, release);
  expect(objects.flatMap(validateObject)).toEqual([]);
  expect(checkObjects(objects, release)).toEqual([]);
  const names = objects.map(({ kind, metadata: { name } }) => `${kind}/${name}`);
  expect(new Set(names).size).toBe(names.length);
  expect(names).toEqual(
    expect.arrayContaining([
      'Deployment/rag-connector-hooks',
      'Deployment/rag-connector-vectors',
      'Deployment/rag-connector-images',
      'ConfigMap/rag-connector-images-config',
    ]),
  );
});

test('each has its own configuration, and finds the core of the release', () => {
  const objects = decoded(chart, release);
  const configs = ['hooks', 'vectors', 'images'].map((type) => {
    const own = objects.filter(({ metadata }) => metadata.name === `rag-connector-${type}-config`);
    return configOf(own) ?? '';
  });
  for (const config of configs) {
    expect(config).toContain('"http://rag-danube-broker.ops.svc.cluster.local:6650"');
  }
  expect(configs[1]).toContain('collection_name = "a"');
  expect(configs[2]).toContain('collection_name = "images"');
});

test('the files and the messages say which one is meant', () => {
  expect([...chartFiles(chart).keys()]).toContain('templates/images-connector-deployment.yaml');
  const wrong = { ...given, images: sink([]) };
  expect(() => chart.manifests({ ...release, values: wrong })).toThrow(
    'images.connector.config.qdrant.routes: without routes there is nothing to do',
  );
  const notes = chart.renderNotes(release);
  for (const type of ['hooks', 'vectors', 'images']) {
    expect(notes).toContain(`The connector rag-connector-${type} is starting in ops.`);
  }
});

test('an id that would make names too long is refused', () => {
  const id = 'a-connector-with-a-long-name';
  const long = composeValues({ [id]: valuesPart(qdrantChartValues) });
  const other = new HelmChart(new App(), 'other', { metadata, values: long });
  expect(() => new QdrantConnector(other, id, { values: long.parts[id] })).toThrow(
    'needs an id of 2 to 16 small letters',
  );
});
