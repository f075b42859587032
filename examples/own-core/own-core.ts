import { App } from 'cdk8s';
import { coreValues, DanubeCore, Prometheus, type PrometheusProps } from 'cdk8s-danube';
import { defineValues, HelmChart, when, writeChart, z } from 'cdk8s-danube/helm';
import type { Construct } from 'constructs';

const zone = z.string().regex(/^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)?$/);
const brokerZone = zone.default('').describe('Zone that the brokers stay in; empty: any.');
const values = defineValues(coreValues.extend({ brokerZone }));

/** A Prometheus with a sidecar that gives its samples to Thanos. */
class ThanosPrometheus extends Prometheus {
  constructor(scope: Construct, id: string, props: PrometheusProps) {
    super(scope, id, props);
    const sidecar = {
      name: 'thanos',
      image: 'quay.io/thanos/thanos:v0.36.1',
      args: ['sidecar', '--tsdb.path=/prometheus'],
      ports: [{ name: 'grpc', containerPort: 10901 }],
      resources: { requests: { cpu: '50m', memory: '64Mi' }, limits: { memory: '128Mi' } },
      securityContext: {
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ['ALL'] },
      },
      volumeMounts: [{ name: 'data', mountPath: '/prometheus' }],
    };
    this.deployment.patch({ spec: { template: { spec: { containers: [sidecar] } } } });
    this.service.patch({ spec: { ports: [{ name: 'grpc', port: 10901, targetPort: 'grpc' }] } });
  }
}

/** Danube with that Prometheus. */
class OwnCore extends DanubeCore {
  protected override createPrometheus(scope: Construct, id: string, props: PrometheusProps) {
    return new ThanosPrometheus(scope, id, props);
  }
}

/** The chart danube-core with changes that its values do not offer. */
export class OwnCoreChart extends HelmChart<typeof values.schema> {
  constructor(scope: App) {
    const about = { version: '1.0.0', appVersion: '0.7.2', description: 'Danube, our way.' };
    super(scope, 'own-core', { metadata: { name: 'own-core', ...about }, values });
    const { brokerZone } = this.v;
    const { broker } = new OwnCore(this, 'Default', { values: this.v });
    broker.statefulSet.patch({
      metadata: { annotations: { 'example.com/owner': 'messaging' } },
      spec: {
        template: {
          spec: { nodeSelector: { zone: when(brokerZone, brokerZone) }, hostUsers: false },
        },
      },
    });
  }
}

if (require.main === module) writeChart(new OwnCoreChart(new App()), `${__dirname}/charts-out`);
