import { isMap } from '../../../src/helm/expression/go-value';
import type { NamedSet } from '../../property/leaves';
import type { RefusedSet } from '../chart-proof';
import { at, nested } from '../core/core-sets';
import { merged, setsOn, type ConnectorSetsProps, type Values } from './connector-sets';

const schemaFiles = { 'reading.json': '{"type": "object"}' };

/** The least values with schemas of a topic that the least routes write. */
function withSchemas(topic: string, schemas: readonly Values[], files: Values = {}): Values {
  const all = schemas.map((schema) => ({ topic, subject: 'reading', ...schema }));
  return { connector: { schemaFiles: files, config: { schemas: all } } };
}

/** Sets that every source is proved with; `topic` is one that the least routes write. */
export function sourceSets(props: ConnectorSetsProps, topic: string): readonly NamedSet[] {
  const { set } = setsOn(props.minimal);
  const file = { schema_file: 'reading.json' };
  return [
    set('schemas without files', withSchemas(topic, [{ schema_type: 'string' }])),
    set(
      'schemas with files',
      withSchemas(
        topic,
        [
          { schema_type: 'json_schema', ...file },
          { schema_type: 'json', ...file, version_strategy: 'pinned', version: 2 },
          { schema_type: 'avro', ...file, version_strategy: 'minimum', version: 1 },
          { schema_type: 'number', auto_register: false },
          { schema_type: 'bytes' },
        ],
        schemaFiles,
      ),
    ),
  ];
}

/** What every source refuses. */
export function sourceRefusals(props: ConnectorSetsProps, topic: string): readonly RefusedSet[] {
  const { refused } = setsOn(props.minimal);
  const schema = (values: Values) =>
    refused('connector.config.schemas', withSchemas(topic, [values], schemaFiles));
  const config = (path: string, values: Values) =>
    refused(`connector.config.${path}`, { connector: { config: values } });
  const file = { schema_file: 'reading.json' };
  return [
    schema({ schema_type: 'string', topic: '/default/of-no-route' }),
    schema({ schema_type: 'json_schema' }),
    schema({ schema_type: 'json', schema_file: 'other.json' }),
    schema({ schema_type: 'avro', schema_file: 'other.avsc' }),
    schema({ schema_type: 'string', ...file }),
    schema({ schema_type: 'json', ...file, version: 1 }),
    schema({ schema_type: 'json', ...file, version_strategy: 'pinned' }),
    schema({ schema_type: 'bytes', version_strategy: 'minimum' }),
    config('processing.batch_timeout_ms', { processing: { batch_timeout_ms: 1 } }),
    config('retry', { retry: {} }),
  ];
}

/** Random values whose schemas are of topics that routes write, with the files they need. */
export function keepingSchemaRules(props: ConnectorSetsProps, values: Values): Values {
  const given = at(values, 'connector.config.schemas');
  const routes = at(values, `connector.${props.routes}`);
  const route: unknown = Array.isArray(routes) ? routes[0] : undefined;
  const list: readonly unknown[] = Array.isArray(given) ? given.filter(isMap) : [];
  const schemas = list.map((schema) => {
    const type = String(at(schema, 'schema_type'));
    const strategy = at(schema, 'version_strategy');
    const needsVersion = strategy === 'pinned' || strategy === 'minimum';
    return merged(isMap(schema) ? schema : {}, {
      topic: at(route, 'to'),
      schema_file: ['json_schema', 'json', 'avro'].includes(type) ? 'kept.json' : null,
      version: needsVersion ? (at(schema, 'version') ?? 1) : null,
    });
  });
  const needsFile = schemas.some((schema) => at(schema, 'schema_file') !== undefined);
  return merged(
    values,
    nested('connector.config.schemas', schemas),
    needsFile ? { connector: { schemaFiles: { 'kept.json': '{}' } } } : {},
  );
}
