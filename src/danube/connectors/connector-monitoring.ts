import type { Construct } from 'constructs';
import type { PrometheusRule, ServiceMonitor } from '../../../imports/monitoring.coreos.com';
import { and, Gate, KubernetesObject, nonEmpty, Release, str } from '../../helm/index';
import { alertGroup } from '../monitoring/alert-group';
import { monitorMetadata } from '../monitoring/monitor-metadata';
import { connectorAlerts } from './connector-alerts';
import type { ConnectorContext } from './connector-context';

/** The objects that the Prometheus Operator reads. */
export interface ConnectorMonitoring {
  readonly serviceMonitor: KubernetesObject<ServiceMonitor>;
  readonly prometheusRule: KubernetesObject<PrometheusRule>;
}

/** What the Prometheus Operator needs to watch a connector. */
export function addConnectorMonitoring(
  scope: Construct,
  context: ConnectorContext,
): ConnectorMonitoring {
  const { values, release, name, component, hasMetrics } = context;
  const monitor = new Gate(scope, 'servicemonitor', and(values.serviceMonitor.enabled, hasMetrics));
  const serviceMonitor = new KubernetesObject<ServiceMonitor>(monitor, 'Default', {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'ServiceMonitor',
    metadata: monitorMetadata(release, values.serviceMonitor, name, component, {
      object: 'connectorServiceMonitor',
    }),
    spec: {
      namespaceSelector: { matchNames: [Release.namespace] },
      selector: { matchLabels: release.labels.selecting(component) },
      endpoints: [
        {
          port: 'metrics',
          interval: nonEmpty(values.serviceMonitor.interval),
          scrapeTimeout: nonEmpty(values.serviceMonitor.scrapeTimeout),
          relabelings: [{ action: 'replace', targetLabel: 'job', replacement: name }],
        },
      ],
    },
  });

  const rule = new Gate(scope, 'prometheusrule', and(values.prometheusRule.enabled, hasMetrics));
  const series = str`namespace='${Release.namespace}',job='${name}'`;
  const prometheusRule = new KubernetesObject<PrometheusRule>(rule, 'Default', {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'PrometheusRule',
    metadata: monitorMetadata(release, values.prometheusRule, name, component, {
      object: 'connectorPrometheusRule',
    }),
    spec: { groups: [alertGroup('danube-connector', name, connectorAlerts(series))] },
  });
  return { serviceMonitor, prometheusRule };
}
