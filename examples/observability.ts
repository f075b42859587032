import { App } from 'cdk8s';
import * as danube from 'cdk8s-danube';
import { HelmChart, writeChart } from 'cdk8s-danube/helm';

const TOPIC = '/metrics/devices';

/** Measurements of devices, from MQTT to Danube, and from there to GreptimeDB. */
export class Observability extends HelmChart {
  constructor(scope: App) {
    const about = { version: '1.0.0', appVersion: '0.7.2', description: 'MQTT to GreptimeDB.' };
    super(scope, 'observability', { metadata: { name: 'observability', ...about } });

    // An operator and a Grafana are there, so the chart has no Prometheus, and no value for one.
    const core = new danube.DanubeCore(this, 'core', {
      fixed: { prometheus: { enabled: false } },
      defaults: {
        prometheus: { serviceMonitor: { enabled: true }, prometheusRule: { enabled: true } },
        grafanaDashboard: { enabled: true },
      },
    });
    const bootstrap = { namespaces: ['metrics'], topics: { [TOPIC]: { partitions: 3 } } };
    new danube.DanubeBootstrap(this, 'topics', { core, defaults: { bootstrap } });

    // Two plants with an MQTT broker each: one construct more is one connector more.
    for (const plant of ['north', 'south']) {
      const routes = [{ from: 'devices/#', to: TOPIC }];
      const mqtt = { broker_host: `mosquitto.${plant}`, client_id: `danube-${plant}`, routes };
      new danube.MqttConnector(this, plant, {
        core,
        defaults: { connector: { config: { mqtt } } },
      });
    }

    const measurements = {
      from: TOPIC,
      subscription: 'greptimedb',
      to: 'devices',
      tags: [{ json_path: 'device', column: 'device' }],
      fields: [{ json_path: 'value', column: 'value', type: 'Float64' as const }],
    };
    const greptimedb = { endpoints: ['greptimedb.metrics:4001'], routes: [measurements] };
    new danube.GreptimedbConnector(this, 'greptimedb', {
      core,
      defaults: {
        connector: {
          clientVersion: '0.7',
          image: { repository: 'registry.example/danube-sink-greptimedb', tag: '1.0.0' },
          config: { greptimedb },
          secrets: { existingSecret: 'greptimedb' },
        },
      },
    });
  }
}

if (require.main === module) writeChart(new Observability(new App()), `${__dirname}/charts-out`);
