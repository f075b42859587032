import type { Construct } from 'constructs';
import type { PrometheusRule, ServiceMonitor } from '../../../imports/monitoring.coreos.com';
import {
  and,
  Gate,
  KubernetesObject,
  nonEmpty,
  Release,
  str,
  type Expr,
  type Ref,
} from '../../helm/index';
import { alertGroup } from '../core/alerts';
import { monitorMetadata } from '../core/monitor-metadata';
import type { ReleaseContext } from '../release-context';
import { connectorAlerts } from './connector-alerts';
import type { ConnectorValues } from './connector-values';

export interface ConnectorMonitoringProps {
  readonly values: Ref<ConnectorValues>;
  readonly release: ReleaseContext;
  readonly name: Expr<string>;
  readonly component: string;
  /** Whether the connector has metrics. */
  readonly hasMetrics: Expr<boolean>;
}

/** What the Prometheus Operator needs to watch a connector. */
export function addConnectorMonitoring(scope: Construct, props: ConnectorMonitoringProps): void {
  const { values, release, name, component, hasMetrics } = props;
  const { serviceMonitor, prometheusRule } = values;
  const monitor = new Gate(scope, 'servicemonitor', and(serviceMonitor.enabled, hasMetrics));
  new KubernetesObject<ServiceMonitor>(monitor, 'Default', {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'ServiceMonitor',
    metadata: monitorMetadata(release, serviceMonitor, name, component),
    spec: {
      namespaceSelector: { matchNames: [Release.namespace] },
      selector: { matchLabels: release.labels.selecting(component) },
      endpoints: [
        {
          port: 'metrics',
          interval: nonEmpty(serviceMonitor.interval),
          scrapeTimeout: nonEmpty(serviceMonitor.scrapeTimeout),
          relabelings: [{ action: 'replace', targetLabel: 'job', replacement: name }],
        },
      ],
    },
  });

  const rule = new Gate(scope, 'prometheusrule', and(prometheusRule.enabled, hasMetrics));
  const series = str`namespace='${Release.namespace}',job='${name}'`;
  new KubernetesObject<PrometheusRule>(rule, 'Default', {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'PrometheusRule',
    metadata: monitorMetadata(release, prometheusRule, name, component),
    spec: { groups: [alertGroup('danube-connector', name, connectorAlerts(series))] },
  });
}
