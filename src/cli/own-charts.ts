import { App } from 'cdk8s';
import {
  ADMIN_CHART,
  CLICKHOUSE_CONNECTOR_CHART,
  CORE_CHART,
  DELTALAKE_CONNECTOR_CHART,
  GREPTIMEDB_CONNECTOR_CHART,
  LANCEDB_CONNECTOR_CHART,
  MQTT_CONNECTOR_CHART,
  QDRANT_CONNECTOR_CHART,
  STACK_CHART,
  SURREALDB_CONNECTOR_CHART,
  WEBHOOK_CONNECTOR_CHART,
} from '../danube/chart-catalog';
import type { HelmChart } from '../helm/index';
import {
  ClickhouseConnectorChart,
  DanubeAdminChart,
  DanubeCoreChart,
  DanubeStack,
  DeltaLakeConnectorChart,
  GreptimedbConnectorChart,
  LancedbConnectorChart,
  MqttConnectorChart,
  QdrantConnectorChart,
  SurrealdbConnectorChart,
  WebhookConnectorChart,
} from '../index';
import {
  CLICKHOUSE_EXAMPLE,
  DELTALAKE_EXAMPLE,
  GREPTIMEDB_EXAMPLE,
  LANCEDB_EXAMPLE,
  MQTT_EXAMPLE,
  QDRANT_EXAMPLE,
  SURREALDB_EXAMPLE,
  WEBHOOK_EXAMPLE,
} from './example-connectors';

/** A chart of this package. */
export interface OwnChart {
  readonly name: string;
  /** Its program, with the release that `cdk8s synth` writes plain manifests of. */
  readonly make: (app: App) => HelmChart;
  /** Values with which it does something, where the defaults alone are refused. */
  readonly example?: Readonly<Record<string, unknown>>;
}

/** In the plain manifests everything belongs to one core. */
const core = { releaseName: 'danube-core' };

/** Every chart of this package. */
export const OWN_CHARTS: readonly OwnChart[] = [
  {
    name: CORE_CHART.name,
    make: (app) => new DanubeCoreChart(app, CORE_CHART.name),
  },
  {
    name: ADMIN_CHART.name,
    make: (app) => new DanubeAdminChart(app, ADMIN_CHART.name, { release: { values: { core } } }),
  },
  {
    name: QDRANT_CONNECTOR_CHART.name,
    make: (app) =>
      new QdrantConnectorChart(app, QDRANT_CONNECTOR_CHART.name, {
        release: { values: { core, connector: QDRANT_EXAMPLE } },
      }),
    example: { connector: QDRANT_EXAMPLE },
  },
  {
    name: SURREALDB_CONNECTOR_CHART.name,
    make: (app) =>
      new SurrealdbConnectorChart(app, SURREALDB_CONNECTOR_CHART.name, {
        release: { values: { core, connector: SURREALDB_EXAMPLE } },
      }),
    example: { connector: SURREALDB_EXAMPLE },
  },
  {
    name: WEBHOOK_CONNECTOR_CHART.name,
    make: (app) =>
      new WebhookConnectorChart(app, WEBHOOK_CONNECTOR_CHART.name, {
        release: { values: { core, connector: WEBHOOK_EXAMPLE } },
      }),
    example: { connector: WEBHOOK_EXAMPLE },
  },
  {
    name: MQTT_CONNECTOR_CHART.name,
    make: (app) =>
      new MqttConnectorChart(app, MQTT_CONNECTOR_CHART.name, {
        release: { values: { core, connector: MQTT_EXAMPLE } },
      }),
    example: { connector: MQTT_EXAMPLE },
  },
  {
    name: DELTALAKE_CONNECTOR_CHART.name,
    make: (app) =>
      new DeltaLakeConnectorChart(app, DELTALAKE_CONNECTOR_CHART.name, {
        release: { values: { core, connector: DELTALAKE_EXAMPLE } },
      }),
    example: { connector: DELTALAKE_EXAMPLE },
  },
  {
    name: CLICKHOUSE_CONNECTOR_CHART.name,
    make: (app) =>
      new ClickhouseConnectorChart(app, CLICKHOUSE_CONNECTOR_CHART.name, {
        release: { values: { core, connector: CLICKHOUSE_EXAMPLE } },
      }),
    example: { connector: CLICKHOUSE_EXAMPLE },
  },
  {
    name: GREPTIMEDB_CONNECTOR_CHART.name,
    make: (app) =>
      new GreptimedbConnectorChart(app, GREPTIMEDB_CONNECTOR_CHART.name, {
        release: { values: { core, connector: GREPTIMEDB_EXAMPLE } },
      }),
    example: { connector: GREPTIMEDB_EXAMPLE },
  },
  {
    name: LANCEDB_CONNECTOR_CHART.name,
    make: (app) =>
      new LancedbConnectorChart(app, LANCEDB_CONNECTOR_CHART.name, {
        release: { values: { core, connector: LANCEDB_EXAMPLE } },
      }),
    example: { connector: LANCEDB_EXAMPLE },
  },
  {
    name: STACK_CHART.name,
    make: (app) => new DanubeStack(app, STACK_CHART.name),
  },
];

/** Every chart of this package, each made once: the stack brings the others along. */
export function makeOwnCharts(): readonly HelmChart[] {
  const stack = new DanubeStack(new App(), STACK_CHART.name);
  const made = [stack, ...stack.subcharts.map(({ chart }) => chart)];
  const byName = new Map(made.map((chart) => [chart.metadata.name, chart]));
  return OWN_CHARTS.map(({ name, make }) => byName.get(name) ?? make(new App()));
}

/** @throws when there is no chart of that name. */
export function ownChart(name: string): OwnChart {
  const found = OWN_CHARTS.find((chart) => chart.name === name);
  if (found === undefined) {
    const names = OWN_CHARTS.map((chart) => chart.name).join(', ');
    throw new Error(`there is no chart '${name}'; there are ${names}`);
  }
  return found;
}
