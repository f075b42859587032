import { join } from 'node:path';
import { QdrantConnectorChart } from '../../../src/danube/connectors/qdrant/qdrant-connector-chart';
import { TRAIN_0_7 } from '../../../src/danube/release-train';
import { at } from '../core/core-sets';
import { proveConnectorChart } from './connector-proof';
import { merged, newest, setsOn, sinkRefusals, sinkSets, type Values } from './connector-sets';

const route = {
  from: '/default/vectors',
  subscription: 'qdrant',
  to: 'vectors',
  vector_dimension: 384,
};
const minimal = {
  connector: { config: { qdrant: { url: 'http://qdrant:6334', routes: [route] } } },
};
const { tags } = TRAIN_0_7.connectors.qdrant;
const props = {
  minimal,
  tags,
  secrets: ['QDRANT_API_KEY'],
  replicas: 'one' as const,
  routes: 'config.qdrant.routes',
};
const { set, refused } = setsOn(minimal);

const images = {
  from: '/default/images',
  subscription: 'images',
  subscription_type: 'Shared',
  to: 'a "quoted"\nname',
  vector_dimension: 1536,
  distance: 'Dot',
  auto_create_collection: false,
  include_danube_metadata: false,
  expected_schema_subject: 'images-v1',
};

function qdrant(values: Values): Values {
  return { connector: { config: { qdrant: values } } };
}

function routeWith(values: Values): Values {
  return qdrant({ routes: [{ ...route, ...values }] });
}

/** A URL of gRPC, and sizes of batches of routes only where there are such. */
function keepingRules(values: Values): Values {
  const url = at(values, 'connector.config.qdrant.url');
  const isUsable = typeof url === 'string' && url !== '' && !/:6333\/?$/.test(url);
  const routes = at(values, 'connector.config.qdrant.routes');
  const list: readonly unknown[] = Array.isArray(routes) ? routes : [];
  const isOlder = at(values, 'connector.configVersion') !== '0.3';
  return merged(
    values,
    qdrant({
      url: isUsable ? url : 'https://cloud.qdrant.io:6334',
      routes: list.map((one) =>
        isOlder ? one : Object.assign({}, one, { batch_size: null, batch_timeout_ms: null }),
      ),
    }),
  );
}

proveConnectorChart({
  ...props,
  newChart: (app) => new QdrantConnectorChart(app, 'danube-connector-qdrant'),
  named: [
    ...sinkSets(props),
    set('two routes', qdrant({ routes: [route, images] })),
    set('two routes of 0.3', merged(newest(tags), qdrant({ routes: [route, images] }))),
    set('batches of a route', routeWith({ batch_size: 5, batch_timeout_ms: 50 })),
    set('a URL without a port', qdrant({ url: 'https://cloud.qdrant.io' })),
    set('gRPC on 6333', {
      connector: { allowRestPort: true, config: { qdrant: { url: 'http://q:6333' } } },
    }),
  ],
  refused: [
    ...sinkRefusals(props),
    refused('connector.config.qdrant.url', qdrant({ url: '' })),
    refused('connector.config.qdrant.url', qdrant({ url: 'http://qdrant:6333/' })),
    refused('connector.env.QDRANT_URL', { connector: { env: { QDRANT_URL: 'http://a' } } }),
    refused('connector.config.qdrant.routes', merged(newest(tags), routeWith({ batch_size: 5 }))),
    refused(
      'connector.config.qdrant.routes',
      merged(newest(tags), routeWith({ batch_timeout_ms: 5 })),
    ),
    refused('connector.config.qdrant.routes[].topic', routeWith({ topic: '/default/a' })),
    refused(
      'connector.config.qdrant.routes[].collection_name',
      routeWith({ collection_name: 'a' }),
    ),
    ...['api_key', 'batch_size', 'batch_timeout_ms', 'topic_mappings'].map((key) =>
      refused(`connector.config.qdrant.${key}`, qdrant({ [key]: 'x' })),
    ),
  ],
  misspelt: [
    { what: 'an unknown key', names: 'uri', values: qdrant({ uri: 'http://a' }) },
    { what: 'a URL without a scheme', names: 'url', values: qdrant({ url: 'qdrant:6334' }) },
    { what: 'a topic with a dot', names: 'from', values: routeWith({ from: '/default/a.b' }) },
    { what: 'a misspelt distance', names: 'distance', values: routeWith({ distance: 'cosine' }) },
    { what: 'no dimension', names: 'vector_dimension', values: routeWith({ vector_dimension: 0 }) },
    {
      what: 'a number that is not exact',
      names: 'timeout_secs',
      values: qdrant({ timeout_secs: 9007199254740992 }),
    },
  ],
  keepingRules,
  expected: join(__dirname, 'expected/qdrant'),
});
