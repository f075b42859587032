import { App } from 'cdk8s';
import {
  ClickhouseConnectorChart,
  DeltaLakeConnectorChart,
  GreptimedbConnectorChart,
  LancedbConnectorChart,
  MqttConnectorChart,
  QdrantConnectorChart,
  SurrealdbConnectorChart,
  WebhookConnectorChart,
} from '../../../src';
import { TRAIN_0_7 } from '../../../src/danube/release-train';
import type { HelmChart } from '../../../src/helm';
import { merged, newest, type Values } from './connector-sets';
import { OWN_IMAGE } from './own-image-sets';

/** The published chart of a connector. */
export interface ConnectorChart {
  readonly name: string;
  readonly chart: HelmChart & { readonly connector: object };
  /** `connector.config` with what is required, and an item in every list. */
  readonly config: Values;
  readonly tags?: Readonly<Record<'0.2' | '0.3', string>>;
}

const { connectors: pins } = TRAIN_0_7;
const app = () => new App();
const sinkRoute = { from: '/default/a', subscription: 'sink', to: 'a' };
const column = { json_path: 'a', column: 'b' };
const schemas = [{ topic: '/default/a', subject: 'a', schema_type: 'string' }];

export const CONNECTOR_CHARTS: readonly ConnectorChart[] = [
  {
    name: 'qdrant',
    chart: new QdrantConnectorChart(app(), 'danube-connector-qdrant'),
    config: { qdrant: { url: 'http://q:6334', routes: [{ ...sinkRoute, vector_dimension: 3 }] } },
    tags: pins.qdrant.tags,
  },
  {
    name: 'deltalake',
    chart: new DeltaLakeConnectorChart(app(), 'danube-connector-deltalake'),
    config: {
      deltalake: {
        s3_region: 'eu',
        routes: [
          { ...sinkRoute, to: 's3://a/b', field_mappings: [{ ...column, data_type: 'Utf8' }] },
        ],
      },
    },
    tags: pins.deltalake.tags,
  },
  {
    name: 'surrealdb',
    chart: new SurrealdbConnectorChart(app(), 'danube-connector-surrealdb'),
    config: { surrealdb: { url: 's:8000', namespace: 'n', database: 'd', routes: [sinkRoute] } },
    tags: pins.surrealdb.tags,
  },
  {
    name: 'webhook',
    chart: new WebhookConnectorChart(app(), 'danube-connector-webhook'),
    config: { schemas, auth: { type: 'none' }, routes: [{ from: '/a', to: '/default/a' }] },
    tags: pins.webhook.tags,
  },
  {
    name: 'mqtt',
    chart: new MqttConnectorChart(app(), 'danube-connector-mqtt'),
    config: { schemas, mqtt: { broker_host: 'm', routes: [{ from: 'a', to: '/default/a' }] } },
    tags: pins.mqtt.tags,
  },
  {
    name: 'lancedb',
    chart: new LancedbConnectorChart(app(), 'danube-connector-lancedb'),
    config: {
      lancedb: {
        uri: 's3://a/b',
        routes: [
          {
            ...{ ...sinkRoute, vector_dimension: 32, payload_mode: 'columns' },
            field_mappings: [{ ...column, data_type: 'Utf8' }],
            index: { type: 'ivf_flat' },
            scalar_indices: [{ column: 'b', type: 'btree' }],
          },
        ],
      },
    },
  },
  {
    name: 'clickhouse',
    chart: new ClickhouseConnectorChart(app(), 'danube-connector-clickhouse'),
    config: {
      clickhouse: {
        url: 'http://c:8123',
        routes: [
          { ...sinkRoute, schema_mode: 'explicit', columns: [{ ...column, type: 'String' }] },
        ],
      },
    },
  },
  {
    name: 'greptimedb',
    chart: new GreptimedbConnectorChart(app(), 'danube-connector-greptimedb'),
    config: {
      greptimedb: {
        endpoints: ['g:4001'],
        http_endpoint: 'http://g:4000',
        routes: [
          {
            ...sinkRoute,
            tags: [column],
            fields: [{ json_path: 'c', column: 'd', type: 'Float64' }],
            downsample: [{ name: 'f', to: 'g', interval: '5m', aggregations: ['avg(d) AS d'] }],
          },
        ],
      },
    },
  },
];

/** Values with which a connector runs, with brokers that its newest version can talk to. */
export function workingValues({ tags }: ConnectorChart, config: unknown): Values {
  return merged(tags === undefined ? OWN_IMAGE : newest(tags), { connector: { config } });
}
