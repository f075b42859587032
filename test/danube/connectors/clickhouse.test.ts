import { join } from 'node:path';
import { ClickhouseConnectorChart } from '../../../src';
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

const route = { from: '/default/events', subscription: 'clickhouse', to: 'events' };
const minimal = merged(OWN_IMAGE, clickhouse({ url: 'http://ch:8123', routes: [route] }));
const props = {
  minimal,
  secrets: ['CLICKHOUSE_USERNAME', 'CLICKHOUSE_PASSWORD', 'CLICKHOUSE_ACCESS_TOKEN'],
  replicas: 'ownNames' as const,
  routes: 'config.clickhouse.routes',
};
const { set, refused } = setsOn(minimal);

function clickhouse(values: Values): Values {
  return { connector: { config: { clickhouse: values } } };
}

function routeWith(values: Values): Values {
  return clickhouse({ routes: [{ ...route, ...values }] });
}

function secrets(...names: readonly string[]): Values {
  const fromKeys = Object.fromEntries(names.map((name) => [name, { secretName: 'ch' }]));
  return { connector: { secrets: { fromKeys } } };
}

const https = clickhouse({ url: 'https://ch:8443/' });
const columns = [
  { json_path: 'id', column: 'id', type: 'UInt64' },
  { json_path: 'at', column: 'at', type: 'DateTime', nullable: true, default: 'now()', codec: 'T' },
];
const madeTable = {
  schema_mode: 'explicit',
  columns,
  auto_create_table: true,
  engine: 'ReplacingMergeTree(at)',
  order_by: ['id', 'at'],
  primary_key: ['id'],
  partition_by: 'day',
  partition_column: 'at',
  ttl_column: 'at',
  ttl_days: 90,
  on_cluster: 'main',
  table_settings: { index_granularity: '4096' },
};
const byExpression = {
  schema_mode: 'auto',
  auto_create_table: true,
  order_by: ['id'],
  partition_by: 'expression',
  partition_expression: 'toYYYYMM(at)',
};
const otherwise = {
  subscription_type: 'Exclusive',
  expected_schema_subject: 'event-v1',
  include_danube_metadata: false,
  on_invalid: 'skip',
  unknown_fields: 'error',
  datetime_parsing: 'basic',
  null_as_default: false,
  metadata_prefix: 'm_',
  deduplication_token: 'none',
  async_insert: false,
};
const settings = [
  'async_insert',
  'wait_for_async_insert',
  'wait_for_async_insert_timeout',
  'async_insert_max_data_size',
  'async_insert_busy_timeout_max_ms',
  'async_insert_busy_timeout_min_ms',
  'async_insert_use_adaptive_busy_timeout',
  'async_insert_max_query_number',
  'async_insert_deduplicate',
  'insert_deduplication_token',
];

/** Keys of a route that say how to make a table, taken away. */
const NO_TABLE = {
  schema_mode: 'passthrough',
  columns: null,
  auto_create_table: false,
  engine: 'MergeTree',
  order_by: null,
  primary_key: null,
  partition_by: 'none',
  partition_column: null,
  partition_expression: null,
  ttl_column: null,
  ttl_days: null,
  on_cluster: null,
  table_settings: null,
};

/** An image, https, one way to log in, and routes that make no table or all of one. */
function keepingRules(values: Values): Values {
  const get = (path: string) => at(values, `connector.${path}`);
  const routes = get('config.clickhouse.routes');
  const list: readonly unknown[] = Array.isArray(routes) ? routes : [];
  const compression = get('config.clickhouse.compression');
  const wait = Number(get('config.clickhouse.async_insert.wait_timeout_secs') ?? 120);
  const none = { secretName: '' };
  return merged(
    keepingOwnImage(values),
    clickhouse({
      url: 'https://ch.example.com:8443',
      username: '',
      ...(compression === 'zstd' ? {} : { compression_level: null }),
      insert_timeout_secs: wait + 1,
      async_insert: { wait_timeout_secs: Math.min(wait, 86399), busy_timeout_min_ms: 1 },
      routes: list.map((one, index) =>
        merged(
          isMap(one) ? one : {},
          NO_TABLE,
          index % 2 === 0 ? madeTable : {},
          subscribing(values),
        ),
      ),
    }),
    {
      connector: {
        secrets: {
          fromKeys: { CLICKHOUSE_ACCESS_TOKEN: none },
          trialValues: { CLICKHOUSE_ACCESS_TOKEN: '' },
        },
      },
    },
  );
}

proveConnectorChart({
  ...props,
  newChart: (app) => new ClickhouseConnectorChart(app, 'danube-connector-clickhouse'),
  named: [
    ...sinkSets(props),
    ...ownImageSets(props),
    ...certificateSets(props, https),
    set('a URL without a port', clickhouse({ url: 'http://ch' })),
    set('another URL without a port', clickhouse({ url: 'https://ch/' })),
    set('a made table', routeWith(madeTable)),
    set('a table by an expression', routeWith(byExpression)),
    set(
      'two routes',
      clickhouse({
        routes: [
          { ...route, ...otherwise },
          { ...route, from: '/a/b', async_insert: true },
        ],
      }),
    ),
    set(
      'https without a check',
      merged(https, clickhouse({ tls: { insecure_skip_verify: true } })),
    ),
    set(
      'a name and a password',
      merged(clickhouse({ username: 'a' }), secrets('CLICKHOUSE_PASSWORD')),
    ),
    set('a name from a Secret', secrets('CLICKHOUSE_USERNAME', 'CLICKHOUSE_PASSWORD')),
    set('a token', merged(https, secrets('CLICKHOUSE_ACCESS_TOKEN'))),
    set('roles and settings', clickhouse({ roles: ['a', 'b'], settings: { insert_quorum: '2' } })),
    set('zstd', clickhouse({ compression: 'zstd' })),
    set('zstd of a level', clickhouse({ compression: 'zstd', compression_level: 19 })),
    set(
      'no async inserts',
      clickhouse({ insert_timeout_secs: 5, async_insert: { enabled: false } }),
    ),
    set('nobody waits', clickhouse({ insert_timeout_secs: 5, async_insert: { wait: false } })),
  ],
  refused: [
    ...sinkRefusals(props),
    ...ownImageRefusals(props, routeWith({ subscription_type: 'FailOver' })),
    ...certificateRefusals(props, 'clickhouse'),
    refused('connector.config.clickhouse.url', clickhouse({ url: '' })),
    refused('connector.config.clickhouse.url', clickhouse({ url: 'http://ch:9000' })),
    refused('connector.config.clickhouse.url', clickhouse({ url: 'https://ch:9440/' })),
    refused(
      'connector.config.clickhouse.tls.insecure_skip_verify',
      clickhouse({ tls: { insecure_skip_verify: true } }),
    ),
    ...['CLICKHOUSE_URL', 'CLICKHOUSE_DATABASE'].map((name) =>
      refused(`connector.env.${name}`, { connector: { env: { [name]: 'x' } } }),
    ),
    ...['CLICKHOUSE_USERNAME', 'CLICKHOUSE_ACCESS_TOKEN'].map((name) =>
      refused(
        'connector.config.clickhouse.username',
        merged(clickhouse({ username: 'a' }), secrets(name)),
      ),
    ),
    ...['CLICKHOUSE_USERNAME', 'CLICKHOUSE_PASSWORD'].map((name) =>
      refused(
        'connector.secrets.fromKeys.CLICKHOUSE_ACCESS_TOKEN',
        secrets('CLICKHOUSE_ACCESS_TOKEN', name),
      ),
    ),
    refused('connector.config.clickhouse.compression_level', clickhouse({ compression_level: 3 })),
    refused(
      'connector.config.clickhouse.insert_timeout_secs',
      clickhouse({ insert_timeout_secs: 120 }),
    ),
    refused(
      'connector.config.clickhouse.async_insert.busy_timeout_min_ms',
      clickhouse({ async_insert: { busy_timeout_min_ms: 201 } }),
    ),
    ...settings.map((name) =>
      refused('connector.config.clickhouse.settings', clickhouse({ settings: { [name]: '1' } })),
    ),
    ...[
      { schema_mode: 'explicit' },
      { columns },
      { auto_create_table: true, order_by: ['id'] },
      { auto_create_table: true, schema_mode: 'auto' },
      { engine: 'Log' },
      { order_by: ['id'] },
      { primary_key: ['id'] },
      { partition_by: 'day', partition_column: 'at' },
      { ttl_column: 'at', ttl_days: 1 },
      { on_cluster: 'main' },
      { table_settings: { a: '1' } },
      { partition_column: 'at' },
      { partition_expression: 'at' },
      { ...byExpression, partition_expression: undefined },
      { ...byExpression, partition_column: 'at' },
      { ...madeTable, partition_column: undefined },
      { ...madeTable, partition_expression: 'at' },
      { ...madeTable, ttl_days: undefined },
      { ttl_days: 1 },
    ].map((values) => refused('connector.config.clickhouse.routes', routeWith(values))),
    ...['password', 'access_token'].map((key) =>
      refused(`connector.config.clickhouse.${key}`, clickhouse({ [key]: 'x' })),
    ),
  ],
  misspelt: [
    { what: 'an unknown key', names: 'uri', values: clickhouse({ uri: 'http://a' }) },
    { what: 'a URL without a scheme', names: 'url', values: clickhouse({ url: 'ch:8123' }) },
    { what: 'a misspelt mode', names: 'schema_mode', values: routeWith({ schema_mode: 'json' }) },
    { what: 'a table in quotes', names: 'to', values: routeWith({ to: '"a"' }) },
    { what: 'a level', names: 'compression_level', values: clickhouse({ compression_level: 20 }) },
    {
      what: 'a column without a type',
      names: 'columns',
      values: routeWith({ columns: [{ json_path: 'a', column: 'a' }] }),
    },
  ],
  keepingRules,
  expected: join(__dirname, 'expected/clickhouse'),
});
