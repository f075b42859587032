import { merged, newest, type Values } from '../danube/connectors/connector-sets';
import { OWN_IMAGE } from '../danube/connectors/own-image-sets';
import { TRAIN_0_7 } from '../../src/danube/release-train';
import type { Journey } from './journeys';

/** A connector with the least that its rules demand. */
interface Connector {
  readonly chart: string;
  readonly minimal: Values;
  /** Its tags, where it has versions. */
  readonly tags?: Readonly<Record<'0.2' | '0.3', string>>;
  /** What other connectors do not have. */
  readonly own?: Values;
}

const CONNECTORS: readonly Connector[] = [
  {
    chart: 'danube-connector-qdrant',
    tags: TRAIN_0_7.connectors.qdrant.tags,
    minimal: nested('qdrant', {
      url: 'http://qdrant:6334',
      routes: [
        { from: '/default/a', subscription: 'qdrant', to: 'vectors', vector_dimension: 384 },
      ],
    }),
  },
  {
    chart: 'danube-connector-surrealdb',
    tags: TRAIN_0_7.connectors.surrealdb.tags,
    minimal: nested('surrealdb', {
      url: 'surrealdb.data:8000',
      namespace: 'danube',
      database: 'events',
      routes: [{ from: '/default/a', subscription: 'surrealdb', to: 'events' }],
    }),
  },
  {
    chart: 'danube-connector-deltalake',
    tags: TRAIN_0_7.connectors.deltalake.tags,
    minimal: nested('deltalake', {
      s3_region: 'eu-central-1',
      routes: [
        {
          from: '/default/a',
          subscription: 'lake',
          to: 's3://lake/a',
          field_mappings: [{ json_path: 'id', column: 'id', data_type: 'Utf8' }],
        },
      ],
    }),
  },
  {
    chart: 'danube-connector-mqtt',
    tags: TRAIN_0_7.connectors.mqtt.tags,
    minimal: nested('mqtt', {
      broker_host: 'mosquitto.iot',
      routes: [{ from: 'sensors/#', to: '/default/sensors' }],
    }),
  },
  {
    chart: 'danube-connector-webhook',
    tags: TRAIN_0_7.connectors.webhook.tags,
    minimal: {
      connector: {
        config: {
          auth: { type: 'none' },
          routes: [{ from: '/payments', to: '/default/payments' }],
        },
      },
    },
    own: {
      connector: {
        config: { auth: { type: 'apikey' } },
        secrets: { existingSecret: 'keys' },
        ingress: { enabled: true, host: 'hooks.example.com', paths: [{ path: '/payments' }] },
      },
    },
  },
  {
    chart: 'danube-connector-clickhouse',
    minimal: merged(
      nested('clickhouse', {
        url: 'http://clickhouse.data:8123',
        routes: [{ from: '/default/a', subscription: 'clickhouse', to: 'events' }],
      }),
      OWN_IMAGE,
    ),
  },
  {
    chart: 'danube-connector-lancedb',
    minimal: merged(
      nested('lancedb', {
        uri: 's3://vectors/lance',
        routes: [
          { from: '/default/a', subscription: 'lancedb', to: 'vectors', vector_dimension: 384 },
        ],
      }),
      OWN_IMAGE,
    ),
  },
  {
    chart: 'danube-connector-greptimedb',
    minimal: merged(
      nested('greptimedb', {
        endpoints: ['greptimedb.data:4001'],
        routes: [
          {
            ...{ from: '/default/a', subscription: 'greptimedb', to: 'events' },
            fields: [{ json_path: 'value', column: 'value', type: 'Float64' }],
          },
        ],
      }),
      OWN_IMAGE,
    ),
  },
];

function nested(name: string, config: Values): Values {
  return { connector: { config: { [name]: config } } };
}

/** What every connector goes through. */
export const CONNECTOR_JOURNEYS: readonly Journey[] = CONNECTORS.map((connector) => {
  const { chart, minimal, tags, own } = connector;
  const set = (...more: readonly Values[]): Values => merged(minimal, ...more);
  const monitored = { serviceMonitor: { enabled: true }, prometheusRule: { enabled: true } };
  return {
    name: 'the least, other settings, the newest version',
    chart,
    values: minimal,
    changes: [
      { name: 'a newer chart', values: minimal, chartVersion: '99.0.0', keepsPods: true },
      {
        name: 'settings',
        values: set({ connector: { config: { processing: { batch_size: 20 } } } }),
      },
      ...(own === undefined ? [] : [{ name: 'what is its own', values: set(own) }]),
      { name: 'the newest version', values: set(newest(tags), { connector: monitored }) },
      { name: 'paused', values: set({ connector: { replicaCount: 0 } }), isPaused: true },
    ],
  };
});
