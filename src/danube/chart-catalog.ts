import { artifactHubAnnotations, type ArtifactHubInfo, type ChartMetadata } from '../helm/index';
import { TRAIN_0_7 } from './release-train';

/** What Artifact Hub shows of every chart. */
const ARTIFACT_HUB: ArtifactHubInfo = {
  category: 'streaming-messaging',
  license: 'Apache-2.0',
  links: [
    { name: 'Documentation of Danube', url: 'https://danube-docs.dev-state.com' },
    { name: 'Source of the chart', url: 'https://github.com/danube-messaging/cdk8s-danube' },
    { name: 'Support', url: 'https://github.com/danube-messaging/cdk8s-danube/issues' },
  ],
  recommendations: [
    { url: 'https://artifacthub.io/packages/helm/prometheus-community/kube-prometheus-stack' },
  ],
};

const SHARED = {
  /** The oldest Kubernetes whose API has all that the charts use. */
  kubeVersion: '>=1.28.0-0',
  home: 'https://danube-docs.dev-state.com',
  sources: ['https://github.com/danube-messaging/danube'],
  maintainers: [{ name: 'The cdk8s-danube authors' }],
  annotations: artifactHubAnnotations(ARTIFACT_HUB),
} as const;

/** What Chart.yaml of danube-core says. */
export const CORE_CHART: ChartMetadata = {
  ...SHARED,
  name: 'danube-core',
  version: '1.0.0',
  appVersion: TRAIN_0_7.broker.tag.replace(/^v/, ''),
  description: 'Danube messaging: brokers, their etcd metadata store and a Prometheus server.',
  keywords: ['danube', 'messaging', 'streaming', 'pubsub', 'etcd'],
};

/** What Chart.yaml of a connector's chart says; its version is that of the image, if any. */
function connectorChart(name: string, tag: string | undefined, description: string): ChartMetadata {
  return {
    ...SHARED,
    name: `danube-connector-${name}`,
    version: '1.0.0',
    appVersion: tag?.replace(/^v/, ''),
    description,
    keywords: ['danube', 'messaging', 'connector', name],
  };
}

const { connectors } = TRAIN_0_7;

/** What Chart.yaml of danube-connector-qdrant says. */
export const QDRANT_CONNECTOR_CHART = connectorChart(
  'qdrant',
  connectors.qdrant.tag,
  'Connector from Danube topics to collections of the vector database Qdrant.',
);

/** What Chart.yaml of danube-connector-surrealdb says. */
export const SURREALDB_CONNECTOR_CHART = connectorChart(
  'surrealdb',
  connectors.surrealdb.tag,
  'Connector from Danube topics to tables of SurrealDB.',
);

/** What Chart.yaml of danube-connector-webhook says. */
export const WEBHOOK_CONNECTOR_CHART = connectorChart(
  'webhook',
  connectors.webhook.tag,
  'Connector from HTTP webhooks to Danube topics.',
);

/** What Chart.yaml of danube-connector-mqtt says. */
export const MQTT_CONNECTOR_CHART = connectorChart(
  'mqtt',
  connectors.mqtt.tag,
  'Connector from topics of an MQTT broker to Danube topics.',
);

/** What Chart.yaml of danube-connector-deltalake says. */
export const DELTALAKE_CONNECTOR_CHART = connectorChart(
  'deltalake',
  connectors.deltalake.tag,
  'Connector from Danube topics to Delta Lake tables on S3, Azure and Google Cloud Storage.',
);

/** What Chart.yaml of danube-connector-clickhouse says. */
export const CLICKHOUSE_CONNECTOR_CHART = connectorChart(
  'clickhouse',
  undefined,
  'Connector from Danube topics to tables of ClickHouse. It needs an image of your own.',
);

/** What Chart.yaml of danube-connector-greptimedb says. */
export const GREPTIMEDB_CONNECTOR_CHART = connectorChart(
  'greptimedb',
  undefined,
  'Connector from Danube topics to tables of GreptimeDB. It needs an image of your own.',
);

/** What Chart.yaml of danube-connector-lancedb says. */
export const LANCEDB_CONNECTOR_CHART = connectorChart(
  'lancedb',
  undefined,
  'Connector from Danube topics to tables of LanceDB. It needs an image of your own.',
);

/** What Chart.yaml of danube-admin says. */
export const ADMIN_CHART: ChartMetadata = {
  ...SHARED,
  name: 'danube-admin',
  version: '1.0.0',
  appVersion: TRAIN_0_7.admin.tag.replace(/^v/, ''),
  description: 'Administration of Danube messaging: the admin server and its web interface.',
  keywords: ['danube', 'messaging', 'admin', 'dashboard', 'mcp'],
};

/** What Chart.yaml of danube-stack says. */
export const STACK_CHART: ChartMetadata = {
  ...SHARED,
  name: 'danube-stack',
  version: '1.0.0',
  appVersion: TRAIN_0_7.broker.tag.replace(/^v/, ''),
  description: 'All of Danube messaging: brokers, administration and, as you like, connectors.',
  keywords: ['danube', 'messaging', 'streaming', 'umbrella'],
};
