import { App } from 'cdk8s';
import { join } from 'node:path';
import { DanubeAdminChart } from '../danube/admin/danube-admin-chart';
import { MqttConnectorChart } from '../danube/connectors/mqtt/mqtt-connector-chart';
import { DeltaLakeConnectorChart } from '../danube/connectors/deltalake/deltalake-connector-chart';
import type { DeltaLakeChartInput } from '../danube/connectors/deltalake/deltalake-storage';
import { QdrantConnectorChart } from '../danube/connectors/qdrant/qdrant-connector-chart';
import { SurrealdbConnectorChart } from '../danube/connectors/surrealdb/surrealdb-connector-chart';
import { WebhookConnectorChart } from '../danube/connectors/webhook/webhook-connector-chart';
import { DanubeCoreChart } from '../danube/core/danube-core-chart';
import { writeChart } from '../helm/index';

/** The folder of the charts that users install from a clone. */
const CHARTS_OUT = 'charts-out';

/** A sink has nothing to do by default, so the plain manifests show one with a route. */
const QDRANT_EXAMPLE = {
  config: {
    qdrant: {
      url: 'http://qdrant:6334',
      routes: [
        { from: '/default/vectors', subscription: 'qdrant', to: 'vectors', vector_dimension: 384 },
      ],
    },
  },
};

const SURREALDB_EXAMPLE = {
  config: {
    surrealdb: {
      url: 'surrealdb:8000',
      namespace: 'danube',
      database: 'events',
      routes: [{ from: '/default/events', subscription: 'surrealdb', to: 'events' }],
    },
  },
};

const DELTALAKE_EXAMPLE = {
  config: {
    deltalake: {
      storage_backend: 's3',
      s3_region: 'eu-central-1',
      routes: [
        {
          from: '/default/events',
          subscription: 'lake',
          to: 's3://lake/events',
          field_mappings: [{ json_path: 'id', column: 'id', data_type: 'Utf8' }],
        },
      ],
    },
  },
} as const satisfies DeltaLakeChartInput['connector'];

const WEBHOOK_EXAMPLE = {
  config: {
    auth: { type: 'apikey' as const },
    routes: [{ from: '/payments', to: '/default/payments' }],
  },
  secrets: { existingSecret: 'webhook' },
};

const MQTT_EXAMPLE = {
  config: {
    mqtt: {
      broker_host: 'mosquitto',
      routes: [{ from: 'sensors/+/temperature', to: '/default/temperature' }],
    },
  },
};

/**
 * Writes every chart to charts-out. `cdk8s synth` runs this program too; it empties the folder of
 * CDK8S_OUTDIR first, which therefore only gets the plain manifests.
 */
function synth(): void {
  const app = new App();
  const charts = [
    new DanubeCoreChart(app, 'danube-core'),
    // In the plain manifests it administers the core above.
    new DanubeAdminChart(app, 'danube-admin', {
      release: { values: { core: { releaseName: 'danube-core' } } },
    }),
    new QdrantConnectorChart(app, 'danube-connector-qdrant', {
      release: { values: { core: { releaseName: 'danube-core' }, connector: QDRANT_EXAMPLE } },
    }),
    new SurrealdbConnectorChart(app, 'danube-connector-surrealdb', {
      release: { values: { core: { releaseName: 'danube-core' }, connector: SURREALDB_EXAMPLE } },
    }),
    new WebhookConnectorChart(app, 'danube-connector-webhook', {
      release: { values: { core: { releaseName: 'danube-core' }, connector: WEBHOOK_EXAMPLE } },
    }),
    new MqttConnectorChart(app, 'danube-connector-mqtt', {
      release: { values: { core: { releaseName: 'danube-core' }, connector: MQTT_EXAMPLE } },
    }),
    new DeltaLakeConnectorChart(app, 'danube-connector-deltalake', {
      release: { values: { core: { releaseName: 'danube-core' }, connector: DELTALAKE_EXAMPLE } },
    }),
  ];
  for (const chart of charts) {
    console.error(`wrote ${writeChart(chart, join(process.cwd(), CHARTS_OUT))}`);
  }
  if (process.env.CDK8S_OUTDIR !== undefined) {
    app.synth();
  }
}

try {
  synth();
} catch (error) {
  console.error(`synth: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
