import { join } from 'node:path';
import { GreptimedbConnectorChart } from '../../../src';
import { isMap } from '../../../src/helm/expression/go-value';
import { at } from '../core/core-sets';
import { proveConnectorChart } from './connector-proof';
import { merged, setsOn, sinkRefusals, sinkSets, type Values } from './connector-sets';
import {
  certificateRefusals,
  certificateSets,
  keepingOwnImage,
  OWN_IMAGE,
  ownImageRefusals,
  ownImageSets,
  subscribing,
} from './own-image-sets';

const field = { json_path: 'value', column: 'value', type: 'Float64' };
const route = { from: '/iot/sensors', subscription: 'greptimedb', to: 'sensors', fields: [field] };
const minimal = merged(OWN_IMAGE, greptimedb({ endpoints: ['db:4001'], routes: [route] }));
const props = {
  minimal,
  // They come together.
  secrets: [],
  replicas: 'ownNames' as const,
  routes: 'config.greptimedb.routes',
};
const { set, refused } = setsOn(minimal);

function greptimedb(values: Values): Values {
  return { connector: { config: { greptimedb: values } } };
}

function routeWith(values: Values): Values {
  return greptimedb({ routes: [{ ...route, ...values }] });
}

function secrets(...names: readonly string[]): Values {
  const fromKeys = Object.fromEntries(names.map((name) => [name, { secretName: 'db' }]));
  return { connector: { secrets: { fromKeys } } };
}

const http = greptimedb({ http_endpoint: 'http://db:4000' });
const tls = greptimedb({ tls: { enabled: true } });
const bulk = greptimedb({ write_api: 'bulk' });
const user = greptimedb({ username: 'writer' });
const logs = { signal: 'logs', fields: undefined };
const downsample = {
  name: 'by_5m',
  to: 'sensors_5m',
  interval: '5m',
  aggregations: ['avg(value) AS value', 'max(value)'],
};
const table = {
  ttl: 'instant',
  append_mode: false,
  merge_mode: 'last_non_null',
  skip_wal: true,
  sst_format: 'primary_key',
  engine: 'metric',
  physical_table: 'metrics',
};
const sql = { storage: 'cold', compaction: { trigger_file_num: 4, max_output_file_size: '1GB' } };

/** What goes with a pipeline, with tables of SQL or with other ways to merge, taken away. */
const PLAIN = {
  signal: 'metrics',
  pipeline_name: null,
  pipeline_version: null,
  skip_error: false,
  append_mode: null,
  merge_mode: null,
  physical_table: null,
  promql_compatible: false,
};

/** An image, both endpoints, a user with a password, and routes that make rows or a pipeline's. */
function keepingRules(values: Values): Values {
  const get = (path: string) => at(values, `connector.config.greptimedb.${path}`);
  const routes = get('routes');
  const list: readonly unknown[] = Array.isArray(routes) ? routes : [];
  const endpoints = get('endpoints');
  const hasEndpoints = Array.isArray(endpoints) && endpoints.length > 0;
  const isSound = (one: unknown) => at(one, 'fields') !== undefined && at(one, 'fields') !== null;
  return merged(
    keepingOwnImage(values),
    greptimedb({
      ...(hasEndpoints ? {} : { endpoints: ['db:4001'] }),
      http_endpoint: get('http_endpoint') || 'https://db:4000',
      tls: { enabled: true },
      username: '',
      ...(get('auto_create_database') === true ? {} : { database_ttl: null }),
      table_defaults: { append_mode: null },
      routes: list.map((one) =>
        merged(
          isMap(one) ? one : {},
          PLAIN,
          isSound(one) ? {} : { fields: [field] },
          subscribing(values),
        ),
      ),
    }),
    {
      connector: {
        secrets: {
          fromKeys: {
            GREPTIMEDB_USERNAME: { secretName: '' },
            GREPTIMEDB_PASSWORD: { secretName: '' },
          },
          trialValues: { GREPTIMEDB_USERNAME: '', GREPTIMEDB_PASSWORD: '' },
        },
      },
    },
  );
}

proveConnectorChart({
  ...props,
  newChart: (app) => new GreptimedbConnectorChart(app, 'danube-connector-greptimedb'),
  named: [
    ...sinkSets(props),
    ...ownImageSets(props),
    ...certificateSets(props, tls),
    set(
      'a CA of the HTTP endpoint',
      merged(greptimedb({ http_endpoint: 'https://db' }), {
        connector: { certificates: { caSecret: 'ca' } },
      }),
    ),
    set('several endpoints', greptimedb({ endpoints: ['a:4001', 'b.example.com:5001'] })),
    set('an HTTP endpoint', http),
    set('TLS but for HTTP', merged(http, tls)),
    set('TLS everywhere', merged(greptimedb({ http_endpoint: 'https://db/' }), tls)),
    set('a user', merged(user, secrets('GREPTIMEDB_PASSWORD'))),
    set('a user with TLS', merged(user, tls, secrets('GREPTIMEDB_PASSWORD'))),
    set('a user from a Secret', secrets('GREPTIMEDB_USERNAME', 'GREPTIMEDB_PASSWORD')),
    set('a user for a trial', {
      connector: {
        secrets: { trialValues: { GREPTIMEDB_USERNAME: 'a', GREPTIMEDB_PASSWORD: 'b' } },
      },
    }),
    set('a password of another key', {
      connector: {
        secrets: {
          fromKeys: {
            GREPTIMEDB_USERNAME: { secretName: 'db', key: 'user' },
            GREPTIMEDB_PASSWORD: { secretName: 'db', key: 'password' },
          },
        },
      },
    }),
    set('a user and a Secret', merged(user, { connector: { secrets: { existingSecret: 'db' } } })),
    set(
      'a user and a variable',
      merged(user, { connector: { extraEnv: [{ name: 'GREPTIMEDB_PASSWORD', value: 'x' }] } }),
    ),
    set(
      'a user and variables',
      merged(user, { connector: { envFrom: [{ secretRef: { name: 'db' } }] } }),
    ),
    set(
      'a password and a variable',
      merged(secrets('GREPTIMEDB_PASSWORD'), {
        connector: { extraEnv: [{ name: 'GREPTIMEDB_USERNAME', value: 'x' }] },
      }),
    ),
    set(
      'made databases',
      merged(http, greptimedb({ auto_create_database: true, database_ttl: '1y 2w' })),
    ),
    set('tables', greptimedb({ table_defaults: { ...table, ttl: '90d' } })),
    set('tables that append', greptimedb({ table_defaults: { append_mode: true } })),
    set('tables by SQL', merged(http, greptimedb({ table_defaults: sql }))),
    set('a table', merged(http, routeWith({ ...table, ...sql }))),
    set(
      'a table of the default engine',
      merged(
        greptimedb({ table_defaults: { engine: 'metric' } }),
        routeWith({ physical_table: 'metrics', promql_compatible: true }),
      ),
    ),
    set('a table that appends', routeWith({ append_mode: true })),
    set('bulk into tables that exist', merged(bulk, routeWith({ auto_create_table: false }))),
    set('bulk into tables', merged(bulk, http)),
    set('bulk of logs', merged(bulk, http, routeWith(logs))),
    set('logs through a pipeline', merged(http, routeWith({ ...logs, pipeline_name: 'nginx' }))),
    set(
      'traces through a pipeline',
      merged(
        http,
        routeWith({ ...logs, signal: 'traces', pipeline_version: 'a b', skip_error: true }),
      ),
    ),
    set('logs as rows', routeWith({ signal: 'logs', append_mode: false, merge_mode: 'last_row' })),
    set('two routes', {
      ...greptimedb({
        routes: [
          { ...route, signal: 'events', include_danube_metadata: false, on_invalid: 'skip' },
          {
            ...route,
            from: '/iot/others',
            database: 'iot',
            expected_schema_subject: 'v1',
            subscription_type: 'Exclusive',
            time_index: { json_path: 'at.ms', unit: 'us' },
            tags: [{ json_path: 'a.b', column: 'tag' }],
            fields: [field, { ...field, column: 'other', index: 'skipping' }],
          },
        ],
      }),
    }),
    set('a time column', routeWith({ time_index: { column: 'at' } })),
    set(
      'smaller tables',
      merged(
        http,
        routeWith({
          partition_columns: ['sensor', 'site'],
          downsample: [
            downsample,
            { ...downsample, name: 'b', group_by: ['a', 'b'], expire_after: '1h', ttl: '1y' },
          ],
        }),
      ),
    ),
  ],
  refused: [
    ...sinkRefusals(props),
    ...ownImageRefusals(props, routeWith({ subscription_type: 'FailOver' })),
    ...certificateRefusals(props, 'greptimedb'),
    refused('connector.config.greptimedb.endpoints', greptimedb({ endpoints: [] })),
    ...['ENDPOINTS', 'HTTP_ENDPOINT', 'DATABASE', 'USERNAME', 'PASSWORD'].map((name) =>
      refused(`connector.env.GREPTIMEDB_${name}`, {
        connector: { env: { [`GREPTIMEDB_${name}`]: 'x' } },
      }),
    ),
    refused('connector.secrets.fromKeys.GREPTIMEDB_PASSWORD', user),
    refused('connector.secrets.fromKeys.GREPTIMEDB_PASSWORD', secrets('GREPTIMEDB_USERNAME')),
    refused('connector.config.greptimedb.username', secrets('GREPTIMEDB_PASSWORD')),
    refused('connector.secrets.trialValues', {
      connector: {
        secrets: {
          existingSecret: 'db',
          trialValues: { GREPTIMEDB_USERNAME: 'a', GREPTIMEDB_PASSWORD: 'b' },
        },
      },
    }),
    refused(
      'connector.config.greptimedb.username',
      merged(user, secrets('GREPTIMEDB_USERNAME', 'GREPTIMEDB_PASSWORD')),
    ),
    ...[{ auto_create_database: true }, { table_defaults: sql }].map((values) =>
      refused('connector.config.greptimedb.http_endpoint', greptimedb(values)),
    ),
    refused(
      'connector.config.greptimedb.http_endpoint',
      greptimedb({ table_defaults: { compaction: { time_window: '1d' } } }),
    ),
    refused('connector.config.greptimedb.database_ttl', greptimedb({ database_ttl: '90d' })),
    refused(
      'connector.config.greptimedb.table_defaults.merge_mode',
      greptimedb({ table_defaults: { append_mode: true, merge_mode: 'last_row' } }),
    ),
    ...[
      { fields: undefined },
      { fields: undefined, signal: 'events' },
      logs,
      { ...logs, signal: 'traces' },
      { storage: 'cold' },
      { compaction: { time_window: '1d' } },
      { partition_columns: ['a'] },
      { downsample: [downsample] },
      { pipeline_name: 'a' },
      { pipeline_version: 'a' },
      { skip_error: true },
      { signal: 'logs', skip_error: true },
      { append_mode: true, merge_mode: 'last_row' },
      { signal: 'logs', merge_mode: 'last_row' },
      { physical_table: 'a' },
      { physical_table: 'a', engine: 'mito' },
      { promql_compatible: true, signal: 'events' },
      { promql_compatible: true, time_index: { column: 'at' } },
      { promql_compatible: true, fields: [field, { ...field, column: 'b' }] },
    ].map((values) => refused('connector.config.greptimedb.routes', routeWith(values))),
    ...[{ tags: [{ json_path: 'a', column: 'a' }] }, { time_index: { unit: 's' } }].map((values) =>
      refused(
        'connector.config.greptimedb.routes',
        merged(http, routeWith({ ...logs, ...values })),
      ),
    ),
    refused(
      'connector.config.greptimedb.routes',
      merged(
        greptimedb({ table_defaults: { append_mode: true } }),
        routeWith({ merge_mode: 'last_row' }),
      ),
    ),
    refused('connector.config.greptimedb.routes', bulk),
    refused('connector.config.greptimedb.password', greptimedb({ password: 'x' })),
  ],
  misspelt: [
    { what: 'an unknown key', names: 'hosts', values: greptimedb({ hosts: ['a:1'] }) },
    {
      what: 'an endpoint with a scheme',
      names: 'endpoints',
      values: greptimedb({ endpoints: ['http://db:4001'] }),
    },
    {
      what: 'a database that keeps nothing',
      names: 'database_ttl',
      values: greptimedb({ database_ttl: 'instant' }),
    },
    {
      what: 'a misspelt type',
      names: 'type',
      values: routeWith({ fields: [{ ...field, type: 'float' }] }),
    },
  ],
  keepingRules,
  expected: join(__dirname, 'expected/greptimedb'),
});
