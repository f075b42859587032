import { App } from 'cdk8s';
import { DanubeCoreChart } from '../../../src/danube/core/danube-core-chart';
import { isMap } from '../../../src/helm/expression/go-value';
import { NAMED_SETS } from './core-sets';
import { decoded } from './decoded';

const chart = new DanubeCoreChart(new App(), 'danube-core');

/** Names of settings that hold a secret themselves, instead of saying where one is. */
const SECRET_NAME =
  /(password|token|secret_?key|access_?key|account_?key|private_?key|credential)/i;
const SECRET_TEXT = /-----BEGIN|AKIA[0-9A-Z]{16}/;

/** The key that a line of YAML starts with, if it does. */
function keyOf(line: string): string {
  return /^\s*([A-Za-z_]+):/.exec(line)?.[1] ?? '';
}

/** Every text below a value, with the key that it stands at. */
function textsIn(value: unknown, key = ''): readonly (readonly [string, string])[] {
  if (typeof value === 'string') {
    return [[key, value]];
  }
  if (Array.isArray(value)) {
    return value.flatMap((item) => textsIn(item, key));
  }
  return isMap(value) ? Object.entries(value).flatMap(([name, item]) => textsIn(item, name)) : [];
}

test('no value holds a secret by default', () => {
  const texts = textsIn(chart.values.resolve({}));
  const secret = texts.filter(([key, text]) => SECRET_NAME.test(key) && text !== '');
  // The key of a Secret under which the credentials of GCS are.
  expect(secret.filter(([, text]) => text !== 'credentials.json')).toEqual([]);
  expect(texts.filter(([, text]) => SECRET_TEXT.test(text))).toEqual([]);
});

test.each(NAMED_SETS)('no ConfigMap holds a secret, and none is made: $name', ({ set }) => {
  const objects = decoded(chart, set);
  expect(objects.filter(({ kind }) => kind === 'Secret')).toEqual([]);
  const lines = objects
    .filter(({ kind, metadata }) => kind === 'ConfigMap' && /config$/.test(metadata.name))
    .flatMap(({ data }): unknown[] => Object.values(data ?? {}))
    .flatMap((text) => String(text).split('\n'));
  expect(lines.length).toBeGreaterThan(10);
  expect(lines.filter((line) => SECRET_NAME.test(keyOf(line)) || SECRET_TEXT.test(line))).toEqual(
    [],
  );
});

test.each([
  ['s3', { cloudRoot: 's3://bucket', s3: { region: 'eu-west-1' } }],
  ['gcs', { cloudRoot: 'gcs://bucket' }],
  ['azblob', { cloudRoot: 'c', azblob: { endpoint: 'https://a.blob.core.windows.net' } }],
])('credentials of %s come from a Secret or from the identity of the account', (backend, rest) => {
  const storage = { cloudBackend: backend, ...rest, credentials: { existingSecret: 'keys' } };
  const annotations = { 'example.com/identity': 'danube' };
  const values = { broker: { config: { storage }, serviceAccount: { annotations } } };
  const objects = decoded(chart, { values, releaseName: 'r' });
  const text = JSON.stringify(objects.filter(({ kind }) => kind === 'StatefulSet'));
  expect(text).toContain('"envFrom":[{"secretRef":{"name":"keys"}}]');
  const account = objects.find(
    ({ kind, metadata }) => kind === 'ServiceAccount' && metadata.name === 'r-danube-broker',
  );
  expect(account?.metadata.annotations).toEqual(annotations);
});
