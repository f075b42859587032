/** Danube's charts as cdk8s constructs. */
export { AdminNames } from './danube/admin/admin-names';
export { AdminServer, type AdminServerProps } from './danube/admin/admin-server';
export { adminServerValues } from './danube/admin/admin-server-values';
export { AdminUI, type AdminUIProps } from './danube/admin/admin-ui';
export { adminUIValues } from './danube/admin/admin-ui-values';
export type { CoreLocation } from './danube/admin/core-location';
export type { AdminNetworkPolicies } from './danube/admin/admin-network-policy';
export type { AdminUIIngress } from './danube/admin/admin-ui-ingress';
export type { McpRole } from './danube/admin/mcp-role';
export { DanubeAdmin, type DanubeAdminProps } from './danube/admin/danube-admin';
export { DanubeAdminChart, type DanubeAdminChartProps } from './danube/admin/danube-admin-chart';
export { danubeAdminValues } from './danube/admin/danube-admin-values';
export { BootstrapJob, type BootstrapJobProps } from './danube/bootstrap/bootstrap-job';
export { DanubeBootstrap, type DanubeBootstrapProps } from './danube/bootstrap/danube-bootstrap';
export { danubeBootstrapValues } from './danube/bootstrap/danube-bootstrap-values';
export { bootstrapValues } from './danube/bootstrap/bootstrap-values';
export { waitForTopics, type WaitForTopicsProps } from './danube/bootstrap/wait-for-topics';
export {
  ClickhouseConnector,
  type ClickhouseConnectorProps,
} from './danube/connectors/clickhouse/clickhouse-connector';
export {
  ClickhouseConnectorChart,
  type ClickhouseConnectorChartProps,
} from './danube/connectors/clickhouse/clickhouse-connector-chart';
export { clickhouseChartValues } from './danube/connectors/clickhouse/clickhouse-values';
export {
  CERTIFICATE_PATHS,
  certificateFiles,
  certificatePaths,
  clientCertificateValues,
} from './danube/connectors/client-certificates';
export { CLOUD_SECRETS } from './danube/connectors/cloud-credentials';
export { s3Values } from './danube/connectors/cloud-storage-values';
export { configVersionValue, type ConfigVersion } from './danube/connectors/config-version';
export { Connector, type ConnectorProps } from './danube/connectors/connector';
export { connectorPart, type ConnectorPartProps } from './danube/connectors/connector-part';
export {
  connectorChartValues,
  type ConnectorChartValues,
} from './danube/connectors/connector-chart-values';
export type { ConfigFields, OlderNames } from './danube/connectors/connector-config';
export {
  danubeTopic,
  milliseconds,
  sinkConfig,
  sinkRoute,
  sourceConfig,
  subscriptionType,
  unsigned,
} from './danube/connectors/connector-config-values';
export { freeText, freeTextOrNone, identifier } from './danube/connectors/free-text';
export type { ConnectorContext, ConnectorPort } from './danube/connectors/connector-context';
export type { Warning } from './danube/connectors/connector-notes';
export { connectorPdbValues } from './danube/connectors/connector-pdb-values';
export {
  ConnectorRules,
  type ClientNeeds,
  type ReplicaRule,
} from './danube/connectors/connector-rules';
export {
  connectorLiveness,
  type ConnectorLiveness,
  type ConnectorLivenessProps,
} from './danube/connectors/connector-liveness';
export { connectorLivenessValues } from './danube/connectors/connector-liveness-values';
export { connectorValues, type ConnectorValues } from './danube/connectors/connector-values';
export {
  GreptimedbConnector,
  type GreptimedbConnectorProps,
} from './danube/connectors/greptimedb/greptimedb-connector';
export {
  GreptimedbConnectorChart,
  type GreptimedbConnectorChartProps,
} from './danube/connectors/greptimedb/greptimedb-connector-chart';
export { greptimedbChartValues } from './danube/connectors/greptimedb/greptimedb-values';
export {
  LancedbConnector,
  type LancedbConnectorProps,
} from './danube/connectors/lancedb/lancedb-connector';
export {
  LancedbConnectorChart,
  type LancedbConnectorChartProps,
} from './danube/connectors/lancedb/lancedb-connector-chart';
export { lancedbChartValues } from './danube/connectors/lancedb/lancedb-values';
export { MqttConnector, type MqttConnectorProps } from './danube/connectors/mqtt/mqtt-connector';
export {
  MqttConnectorChart,
  type MqttConnectorChartProps,
} from './danube/connectors/mqtt/mqtt-connector-chart';
export { mqttChartValues } from './danube/connectors/mqtt/mqtt-values';
export {
  DeltaLakeConnector,
  type DeltaLakeConnectorProps,
} from './danube/connectors/deltalake/deltalake-connector';
export {
  DeltaLakeConnectorChart,
  type DeltaLakeConnectorChartProps,
} from './danube/connectors/deltalake/deltalake-connector-chart';
export type {
  DeltaLakeChartInput,
  DeltaLakeStorage,
} from './danube/connectors/deltalake/deltalake-storage';
export { deltaLakeChartValues } from './danube/connectors/deltalake/deltalake-values';
export {
  QdrantConnector,
  type QdrantConnectorProps,
} from './danube/connectors/qdrant/qdrant-connector';
export {
  QdrantConnectorChart,
  type QdrantConnectorChartProps,
} from './danube/connectors/qdrant/qdrant-connector-chart';
export { qdrantChartValues } from './danube/connectors/qdrant/qdrant-values';
export { schemaFilesValue } from './danube/connectors/schema-values';
export {
  SinkConnector,
  sinkValues,
  type Routes,
  type SinkRoute,
  type SinkValues,
} from './danube/connectors/sink-connector';
export {
  SourceConnector,
  type SourceRoute,
  type SourceValues,
} from './danube/connectors/source-connector';
export {
  UnpublishedSink,
  unpublishedSinkRoute,
  unpublishedSinkValues,
} from './danube/connectors/unpublished-sink';
export {
  WebhookConnector,
  type WebhookConnectorProps,
} from './danube/connectors/webhook/webhook-connector';
export {
  WebhookConnectorChart,
  type WebhookConnectorChartProps,
} from './danube/connectors/webhook/webhook-connector-chart';
export { webhookChartValues } from './danube/connectors/webhook/webhook-values';
export {
  alertGroups,
  alertsTemplate,
  type AlertsProps,
  type AlertsTemplate,
} from './danube/core/alerts';
export { Broker, type BrokerProps } from './danube/core/broker';
export { brokerValues } from './danube/core/broker-values';
export { coreValues } from './danube/core/core-values';
export {
  DanubeCore,
  type CoreNetworkPolicies,
  type DanubeCoreProps,
} from './danube/core/danube-core';
export { DanubeCoreChart, type DanubeCoreChartProps } from './danube/core/danube-core-chart';
export { ExternalAccess, type ExternalAccessProps } from './danube/core/external-access';
export type { AdvertisedAddress } from './danube/core/advertised-address';
export { Dashboard, type DashboardProps } from './danube/core/dashboard';
export { grafanaDashboardValues } from './danube/core/dashboard-values';
export { Etcd, type EtcdProps } from './danube/core/etcd';
export { etcdValues } from './danube/core/etcd-values';
export type { MetadataStore } from './danube/core/metadata-store';
export { monitorValues, operatorObjectValues } from './danube/monitoring/monitor-values';
export { Monitoring, type MonitoringProps } from './danube/core/monitoring';
export { PodMonitors } from './danube/core/pod-monitor';
export { Prometheus, type PrometheusProps } from './danube/core/prometheus';
export { PrometheusRule, type PrometheusRuleProps } from './danube/core/prometheus-rule';
export { prometheusValues } from './danube/core/prometheus-values';
export { seriesTemplates, type Series } from './danube/core/scrape-job';
export { ServiceMonitors, type MonitorProps } from './danube/core/service-monitor';
export { SmokeTests, type SmokeTestsProps } from './danube/core/smoke-tests';
export { smokeTestsValues } from './danube/core/smoke-tests-values';
export {
  SurrealdbConnector,
  type SurrealdbConnectorProps,
} from './danube/connectors/surrealdb/surrealdb-connector';
export {
  SurrealdbConnectorChart,
  type SurrealdbConnectorChartProps,
} from './danube/connectors/surrealdb/surrealdb-connector-chart';
export { surrealdbChartValues } from './danube/connectors/surrealdb/surrealdb-values';
export { CoreNames } from './danube/naming';
export { DanubeStack, type DanubeStackProps } from './danube/stack/danube-stack';
export type { ConnectorSlot, StackParts } from './danube/stack/stack-parts';
export { STOP_SEQUENCES, type StopSequence } from './danube/pod/stop-sequence';
export { ReleaseContext } from './danube/release-context';
export type { CorePartProps, OwnCoreValues } from './danube/location/core-part';
export { globalValues, releaseValues } from './danube/release-values';
export { TRAIN_0_7, type ImagePin, type ReleaseTrain } from './danube/release-train';
