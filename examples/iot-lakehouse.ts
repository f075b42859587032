import { App } from 'cdk8s';
import * as danube from 'cdk8s-danube';
import { HelmChart, KubernetesObject, str, writeChart } from 'cdk8s-danube/helm';
import type { ConfigMap } from 'kubernetes-types/core/v1';

const TOPIC = '/iot/readings';
const FIELDS = [
  { json_path: 'device', column: 'device', data_type: 'Utf8' as const },
  { json_path: 'value', column: 'value', data_type: 'Float64' as const },
];

/** Readings of devices, from MQTT to Danube, and from there to a lake and to a database. */
export class IotLakehouse extends HelmChart {
  constructor(scope: App) {
    const about = { version: '1.0.0', appVersion: '0.7.2', description: 'From MQTT to tables.' };
    super(scope, 'iot-lakehouse', { metadata: { name: 'iot-lakehouse', ...about } });

    const core = new danube.DanubeCore(this, 'core');
    const topics = { [TOPIC]: { dispatchStrategy: 'reliable' as const, partitions: 3 } };
    const bootstrap = { namespaces: ['iot'], topics };
    new danube.DanubeBootstrap(this, 'topics', { core, defaults: { bootstrap } });
    const routes = [{ from: 'plant/+/readings', to: TOPIC }];
    const mqtt = { broker_host: 'mosquitto.mqtt', routes };
    new danube.MqttConnector(this, 'mqtt', { core, defaults: { connector: { config: { mqtt } } } });

    // Two sinks read the topic, each with a subscription of its own.
    const table = { to: 's3://lake/readings', field_mappings: FIELDS };
    const deltalake = {
      s3_region: 'eu-central-1',
      routes: [{ from: TOPIC, subscription: 'lake', ...table }],
    };
    const lake = new danube.DeltaLakeConnector(this, 'lake', {
      core,
      defaults: { connector: { config: { deltalake }, secrets: { existingSecret: 'lake' } } },
      // It is S3 by design, so what only other storages need is not in the chart.
      fixed: { connector: { config: { deltalake: { storage_backend: 's3' } } } },
    });
    const image = { repository: 'registry.example/danube-sink-clickhouse', tag: '1.0.0' };
    const clickhouse = {
      url: 'http://clickhouse.analytics:8123',
      routes: [{ from: TOPIC, subscription: 'rows', to: 'readings' }],
    };
    const rows = new danube.ClickhouseConnector(this, 'rows', {
      core,
      defaults: { connector: { image, clientVersion: '0.7', config: { clickhouse } } },
    });

    // An object of one's own, with expressions where it needs them.
    new KubernetesObject<ConfigMap>(this, 'catalog', {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: str`${core.release.fullname}-catalog` },
      data: { topic: TOPIC, readBy: str`${lake.name} ${rows.name}` },
    });
  }
}

if (require.main === module) writeChart(new IotLakehouse(new App()), `${__dirname}/charts-out`);
