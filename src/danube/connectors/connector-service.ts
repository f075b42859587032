import type { Construct } from 'constructs';
import type { Service, ServicePort } from 'kubernetes-types/core/v1';
import { Gate, KubernetesObject, when, type Dynamic } from '../../helm/index';
import type { ConnectorContext, ConnectorPort } from './connector-context';

/** The Service of a connector's own ports and, from 0.3 on, of its metrics. */
export function addConnectorService(
  scope: Construct,
  { values, release, name, component, hasMetrics }: ConnectorContext,
  ports: readonly ConnectorPort[],
): KubernetesObject<Service> {
  const hasPorts = ports.length > 0;
  const gate = new Gate(scope, 'service', hasPorts ? true : hasMetrics);
  return new KubernetesObject<Service>(gate, 'Default', {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: release.metadata(name, component, {
      object: 'connectorService',
      annotations: values.service.annotations,
    }),
    spec: {
      type: 'ClusterIP',
      ...release.serviceFamilies,
      selector: release.labels.selecting(component),
      ports: [
        ...ports.map((port): Dynamic<ServicePort> => ({
          name: port.name,
          port: port.servicePort,
          targetPort: port.name,
        })),
        // Without other ports there is no Service before there are metrics.
        when<ServicePort>(hasPorts ? hasMetrics : true, {
          name: 'metrics',
          port: values.metricsPort,
          targetPort: 'metrics',
        }),
      ],
    },
  });
}
