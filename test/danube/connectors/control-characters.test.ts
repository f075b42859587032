import { App } from 'cdk8s';
import { OWN_CHARTS } from '../../../src/cli/own-charts';
import { jsonSchemaOf } from '../../../src/helm';
import { isMap } from '../../../src/helm/expression/go-value';
import { helmVersions } from '../../real-helm/binaries';
import { helmTemplate } from '../../real-helm/run-helm';
import { at } from '../core/core-sets';
import { join } from 'node:path';
import { merged } from './connector-sets';

const CHARTS = OWN_CHARTS.filter(({ name }) => name.startsWith('danube-connector-'));

/** Texts with control characters that TOML or YAML do not take as they are. */
const TEXTS = ['\u007f', 'a\u007fb', '/a\u007f', 'a.b\u007f', 'a\u0085', '\u009f'];

/** The paths of texts in a schema that take one of them. */
function openTexts(schema: unknown, path: string): readonly string[] {
  if (!isMap(schema)) {
    return [];
  }
  const { type, pattern, properties, items, additionalProperties } = schema;
  const types: readonly unknown[] = Array.isArray(type) ? type : [type];
  const isText = types.includes('string') && schema.enum === undefined;
  const takes = (text: string) => typeof pattern !== 'string' || new RegExp(pattern).test(text);
  const below = Object.entries(isMap(properties) ? properties : {});
  return [
    ...(isText && schema.const === undefined && TEXTS.some(takes) ? [path] : []),
    ...below.flatMap(([key, inner]) => openTexts(inner, `${path}.${key}`)),
    ...openTexts(items, `${path}[]`),
    ...openTexts(additionalProperties, `${path}.*`),
  ];
}

test.each(CHARTS)('no text of connector.toml takes control characters: $name', ({ name, make }) => {
  const schema: unknown = jsonSchemaOf(make(new App()).values.schema);
  const config = at(schema, 'properties.connector.properties.config');
  expect(isMap(config) ? Object.keys(config) : []).toContain('properties');
  expect([name, openTexts(config, 'config')]).toEqual([name, []]);
});

const QDRANT = CHARTS.find(({ name }) => name === 'danube-connector-qdrant');

test.each(helmVersions)('Helm $version says which text has one', async (helm) => {
  const chart = join(__dirname, '../../../charts-out/danube-connector-qdrant');
  const [route] = [{ from: '/default/a', subscription: 'a', to: 'a\u007fb', vector_dimension: 3 }];
  const values = merged(QDRANT?.example ?? {}, {
    connector: { config: { qdrant: { routes: [route] } } },
  });
  const { ok, stderr } = await helmTemplate({ helm, chart, values });
  expect(ok).toBe(false);
  // Helm 3 finds it before it looks at the pattern.
  expect(stderr).toMatch(/routes[/.]0[/.]to|control characters are not allowed/);
});
