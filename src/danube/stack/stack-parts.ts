import { App } from 'cdk8s';
import type { Subchart } from '../../helm/index';
import { DanubeAdminChart } from '../admin/danube-admin-chart';
import { ClickhouseConnectorChart } from '../connectors/clickhouse/clickhouse-connector-chart';
import { DeltaLakeConnectorChart } from '../connectors/deltalake/deltalake-connector-chart';
import { GreptimedbConnectorChart } from '../connectors/greptimedb/greptimedb-connector-chart';
import { LancedbConnectorChart } from '../connectors/lancedb/lancedb-connector-chart';
import { MqttConnectorChart } from '../connectors/mqtt/mqtt-connector-chart';
import { QdrantConnectorChart } from '../connectors/qdrant/qdrant-connector-chart';
import { SurrealdbConnectorChart } from '../connectors/surrealdb/surrealdb-connector-chart';
import { WebhookConnectorChart } from '../connectors/webhook/webhook-connector-chart';
import { DanubeCoreChart } from '../core/danube-core-chart';

/** The charts of connectors, by the alias of their first slot. */
function connectorCharts() {
  return {
    qdrant: new QdrantConnectorChart(new App(), 'qdrant'),
    deltalake: new DeltaLakeConnectorChart(new App(), 'deltalake'),
    surrealdb: new SurrealdbConnectorChart(new App(), 'surrealdb'),
    webhook: new WebhookConnectorChart(new App(), 'webhook'),
    mqtt: new MqttConnectorChart(new App(), 'mqtt'),
    clickhouse: new ClickhouseConnectorChart(new App(), 'clickhouse'),
    greptimedb: new GreptimedbConnectorChart(new App(), 'greptimedb'),
    lancedb: new LancedbConnectorChart(new App(), 'lancedb'),
  };
}

type ConnectorCharts = ReturnType<typeof connectorCharts>;

/** A slot of the stack that a connector can be put into. */
export interface ConnectorSlot {
  /** Key of its values; its objects are named `<release>-connector-<alias>`. */
  readonly alias: string;
  readonly subchart: Subchart<ConnectorCharts[keyof ConnectorCharts]>;
}

/** The charts that the stack is made of. */
export interface StackParts {
  readonly core: Subchart<DanubeCoreChart>;
  readonly admin: Subchart<DanubeAdminChart>;
  readonly slots: readonly ConnectorSlot[];
}

/** Aliases are fixed in Chart.yaml, so there is a number of slots for each connector. */
const SLOTS = ['', '2'];

/** Where a clone has the chart, for `helm dependency update`. */
const repositoryOf = (name: string) => `file://../${name}`;

/** Makes the charts of a stack. */
export function stackParts(): StackParts {
  const core = new DanubeCoreChart(new App(), 'danube-core');
  const admin = new DanubeAdminChart(new App(), 'danube-admin');
  const slots = Object.entries(connectorCharts()).flatMap(([type, chart]) =>
    SLOTS.map((slot): ConnectorSlot => {
      const alias = `${type}${slot}`;
      const repository = repositoryOf(chart.metadata.name);
      return { alias, subchart: { chart, alias, repository, condition: `${alias}.enabled` } };
    }),
  );
  return {
    core: { chart: core, repository: repositoryOf('danube-core') },
    admin: {
      chart: admin,
      repository: repositoryOf('danube-admin'),
      condition: 'danube-admin.enabled',
    },
    slots,
  };
}
