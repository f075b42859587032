import { Construct } from 'constructs';
import type { PrometheusRule as Manifest } from '../../../imports/monitoring.coreos.com';
import { KubernetesObject } from '../../helm/index';
import type { ReleaseContext } from '../release-context';
import type { AlertsTemplate } from './alerts';
import { BROKER } from './components';
import { monitorMetadata, type FoundByLabels } from '../monitoring/monitor-metadata';

export interface PrometheusRuleProps {
  /** References to values of the shape `operatorObjectValues`. */
  readonly values: FoundByLabels;
  readonly release: ReleaseContext;
  readonly alerts: AlertsTemplate;
}

/** The alerts of a core for a Prometheus of the Prometheus Operator. */
export class PrometheusRule extends Construct {
  readonly prometheusRule: KubernetesObject<Manifest>;

  constructor(scope: Construct, id: string, { values, release, alerts }: PrometheusRuleProps) {
    super(scope, id);
    this.prometheusRule = new KubernetesObject<Manifest>(this, 'Default', {
      apiVersion: 'monitoring.coreos.com/v1',
      kind: 'PrometheusRule',
      metadata: monitorMetadata(release, values, release.names.alerts, BROKER, {
        object: 'monitoringPrometheusRule',
      }),
      spec: alerts.tree,
    });
  }
}
