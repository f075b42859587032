import { join } from 'node:path';
import { SurrealdbConnectorChart } from '../../../src';
import { TRAIN_0_7 } from '../../../src/danube/release-train';
import { at } from '../core/core-sets';
import { proveConnectorChart } from './connector-proof';
import { merged, newest, setsOn, sinkRefusals, type Values } from './connector-sets';

const route = { from: '/default/events', subscription: 'surrealdb', to: 'events' };
const target = { url: 'surrealdb.data:8000', namespace: 'danube', database: 'events' };
const minimal = { connector: { config: { surrealdb: { ...target, routes: [route] } } } };
const { tags } = TRAIN_0_7.connectors.surrealdb;
const [USERNAME, PASSWORD] = ['SURREALDB_USERNAME', 'SURREALDB_PASSWORD'];
const props = {
  minimal,
  tags,
  // Each of them alone is refused, so the sets here give both.
  secrets: [],
  replicas: 'ownNames' as const,
  routes: 'config.surrealdb.routes',
};
const { set, refused } = setsOn(minimal);

const series = {
  from: '/default/series',
  subscription: 'series',
  subscription_type: 'FailOver',
  to: 'a "quoted"\nname',
  include_danube_metadata: false,
  storage_mode: 'TimeSeries',
  expected_schema_subject: 'series-v1',
};

function surrealdb(values: Values): Values {
  return { connector: { config: { surrealdb: values } } };
}

function routeWith(values: Values): Values {
  return surrealdb({ routes: [{ ...route, ...values }] });
}

function secrets(values: Values): Values {
  return { connector: { secrets: values } };
}

/** Credentials in pairs, something to connect to, and routes that fit version and pods. */
function keepingRules(values: Values): Values {
  const given = (name: string) => at(values, `connector.config.surrealdb.${name}`);
  const routes = given('routes');
  const list: readonly unknown[] = Array.isArray(routes) ? routes : [];
  const isOlder = at(values, 'connector.configVersion') !== '0.3';
  const isSeveral = Number(at(values, 'connector.replicaCount')) > 1;
  const noSecret = { secretName: '' };
  const isWhole = Boolean(at(values, 'connector.secrets.existingSecret'));
  const trial = isWhole ? '' : 'x';
  return merged(
    values,
    secrets({
      fromKeys: { [USERNAME]: noSecret, [PASSWORD]: noSecret },
      trialValues: { [USERNAME]: trial, [PASSWORD]: trial },
    }),
    surrealdb({
      url: given('url') || target.url,
      namespace: given('namespace') || target.namespace,
      database: given('database') || target.database,
      routes: list.map((one) =>
        Object.assign(
          {},
          one,
          isOlder ? {} : { batch_size: null, flush_interval_ms: null },
          isSeveral ? { subscription_type: 'Shared' } : {},
        ),
      ),
    }),
  );
}

proveConnectorChart({
  ...props,
  newChart: (app) => new SurrealdbConnectorChart(app, 'danube-connector-surrealdb'),
  named: [
    set('two routes', surrealdb({ routes: [route, series] })),
    set('two routes of 0.3', merged(newest(tags), surrealdb({ routes: [route, series] }))),
    set('batches of a route', routeWith({ batch_size: 5, flush_interval_ms: 50 })),
    set('a user', secrets({ existingSecret: 'keys' })),
    set(
      'a user from keys',
      secrets({
        fromKeys: {
          [USERNAME]: { secretName: 'keys', key: 'user' },
          [PASSWORD]: { secretName: 'keys', key: 'password' },
        },
      }),
    ),
    set('a user for a trial', secrets({ trialValues: { [USERNAME]: 'root', [PASSWORD]: 'x' } })),
  ],
  refused: [
    ...sinkRefusals(props),
    ...['url', 'namespace', 'database'].map((key) =>
      refused(`connector.config.surrealdb.${key}`, surrealdb({ [key]: '' })),
    ),
    ...['SURREALDB_URL', USERNAME, PASSWORD].map((name) =>
      refused(`connector.env.${name}`, { connector: { env: { [name]: 'x' } } }),
    ),
    refused(
      `connector.secrets.fromKeys.${PASSWORD}`,
      secrets({ fromKeys: { [USERNAME]: { secretName: 'keys' } } }),
    ),
    refused(
      `connector.secrets.fromKeys.${USERNAME}`,
      secrets({ fromKeys: { [PASSWORD]: { secretName: 'keys' } } }),
    ),
    refused(
      `connector.secrets.trialValues.${PASSWORD}`,
      secrets({ trialValues: { [USERNAME]: 'root' } }),
    ),
    refused(
      `connector.secrets.trialValues.${USERNAME}`,
      secrets({ trialValues: { [PASSWORD]: 'x' } }),
    ),
    refused(
      'connector.secrets.trialValues',
      secrets({ existingSecret: 'keys', trialValues: { [USERNAME]: 'root', [PASSWORD]: 'x' } }),
    ),
    refused(
      'connector.config.surrealdb.routes',
      merged({ connector: { replicaCount: 2 } }, routeWith({ subscription_type: 'Exclusive' })),
    ),
    refused(
      'connector.config.surrealdb.routes',
      merged(newest(tags), routeWith({ batch_size: 5 })),
    ),
    refused(
      'connector.config.surrealdb.routes',
      merged(newest(tags), routeWith({ flush_interval_ms: 5 })),
    ),
    refused('connector.config.surrealdb.routes[].topic', routeWith({ topic: '/default/a' })),
    refused('connector.config.surrealdb.routes[].table_name', routeWith({ table_name: 'a' })),
    ...[
      'username',
      'password',
      'connection_timeout_secs',
      'request_timeout_secs',
      'batch_size',
      'flush_interval_ms',
      'topic_mappings',
    ].map((key) => refused(`connector.config.surrealdb.${key}`, surrealdb({ [key]: 'x' }))),
  ],
  misspelt: [
    { what: 'an unknown key', names: 'uri', values: surrealdb({ uri: 'a:1' }) },
    {
      what: 'a URL with a scheme',
      names: 'url',
      values: surrealdb({ url: 'ws://surrealdb:8000' }),
    },
    { what: 'a URL without a port', names: 'url', values: surrealdb({ url: 'surrealdb' }) },
    { what: 'a topic with a dot', names: 'from', values: routeWith({ from: '/default/a.b' }) },
    {
      what: 'a misspelt mode',
      names: 'storage_mode',
      values: routeWith({ storage_mode: 'timeseries' }),
    },
  ],
  keepingRules,
  expected: join(__dirname, 'expected/surrealdb'),
});
