import { Construct } from 'constructs';
import type { Service, ServicePort } from 'kubernetes-types/core/v1';
import type { z } from 'zod';
import {
  and,
  eq,
  Gate,
  gt,
  KubernetesObject,
  nonEmpty,
  when,
  type DynamicFields,
  type Expr,
  type Ref,
} from '../../helm/index';
import type { ReleaseContext } from '../release-context';
import { BROKER, PROMETHEUS } from './components';
import type { coreValues } from './core-values';

type Values = Ref<z.output<typeof coreValues>>;

export interface McpAccessProps {
  readonly values: Values;
  readonly release: ReleaseContext;
}

/** What one of the two Services publishes. */
interface Published {
  readonly object: string;
  readonly name: Expr<string>;
  readonly component: string;
  readonly port: DynamicFields<ServicePort>;
  readonly nodePort: Expr<number>;
}

/**
 * Services that bring danube-admin and MCP servers outside of the cluster to the admin port of the
 * brokers and to Prometheus (`mcpAccess`). Neither port has authentication (facts on Danube, 1.6),
 * so the addresses of clients are kept (`externalTrafficPolicy: Local`), or no policy could tell
 * one from another.
 */
export class McpAccess extends Construct {
  readonly adminService: KubernetesObject<Service>;
  readonly prometheusService: KubernetesObject<Service>;

  constructor(scope: Construct, id: string, { values, release }: McpAccessProps) {
    super(scope, id);
    const { mcpAccess, broker, prometheus } = values;
    const { names } = release;
    this.adminService = addService(new Gate(this, 'admin', mcpAccess.enabled), {
      object: 'mcpAdminService',
      name: names.brokerMcp,
      component: BROKER,
      port: { name: 'admin', port: broker.ports.admin, targetPort: 'admin' },
      nodePort: mcpAccess.adminNodePort,
    });
    this.prometheusService = addService(new Gate(this, 'prometheus', publishesPrometheus(values)), {
      object: 'mcpPrometheusService',
      name: names.prometheusMcp,
      component: PROMETHEUS,
      port: { name: 'http', port: prometheus.service.port, targetPort: 'http' },
      nodePort: mcpAccess.prometheusNodePort,
    });

    function addService(gate: Gate, { object, name, component, port, nodePort }: Published) {
      const isLoadBalancer = eq(mcpAccess.type, 'LoadBalancer');
      return new KubernetesObject<Service>(
        gate,
        'service',
        {
          apiVersion: 'v1',
          kind: 'Service',
          metadata: release.metadata(name, component, {
            object,
            annotations: mcpAccess.annotations,
          }),
          spec: {
            ...release.serviceFamilies,
            type: mcpAccess.type,
            externalTrafficPolicy: 'Local',
            loadBalancerSourceRanges: when(isLoadBalancer, nonEmpty(mcpAccess.sourceRanges)),
            selector: release.labels.selecting(component),
            ports: [{ ...port, nodePort: when(gt(nodePort, 0), nodePort) }],
          },
        },
        { comment: 'Not authenticated: only source ranges and the network policy protect it.' },
      );
    }
  }
}

/** Whether Prometheus is reached from outside of the cluster too. */
export function publishesPrometheus({ mcpAccess, prometheus }: Values): Expr<boolean> {
  return and(mcpAccess.enabled, mcpAccess.prometheus, prometheus.enabled);
}
