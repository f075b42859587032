import type { Construct } from 'constructs';
import type {
  NetworkPolicy,
  NetworkPolicyEgressRule,
  NetworkPolicyIngressRule,
  NetworkPolicyPort,
} from 'kubernetes-types/networking/v1';
import {
  and,
  Gate,
  KubernetesObject,
  nonEmpty,
  not,
  or,
  splice,
  when,
  type ListItem,
} from '../../helm/index';
import { brokersOfCores, portOfUrl, portsOf, tcp, toDns } from '../pod/network-peers';
import type { ConnectorContext } from './connector-context';

export interface ConnectorNetworkPolicyProps extends ConnectorContext {
  /** Ports of what the connector talks to, besides those of the values. */
  readonly backendPorts: readonly ListItem<NetworkPolicyPort>[];
  /** Who else may connect to the pods. */
  readonly ingress: readonly ListItem<NetworkPolicyIngressRule>[];
  /** Whom else the pods may connect to. */
  readonly egress: readonly ListItem<NetworkPolicyEgressRule>[];
}

/** Whom a connector talks to: DNS, the brokers, its backend. Who may read its metrics. */
export function addConnectorNetworkPolicy(
  scope: Construct,
  props: ConnectorNetworkPolicyProps,
): KubernetesObject<NetworkPolicy> {
  const { values, release, component, brokers, hasMetrics } = props;
  const { networkPolicy, config } = values;
  const { backend, scrapers } = networkPolicy;
  const explicitUrl = config.danube_service_url;
  const gate = new Gate(scope, 'networkpolicy', networkPolicy.enabled);
  return new KubernetesObject<NetworkPolicy>(gate, 'Default', {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: release.metadata(props.name, component, { object: 'connectorNetworkPolicy' }),
    spec: {
      podSelector: { matchLabels: release.labels.selecting(component) },
      policyTypes: ['Ingress', 'Egress'],
      ingress: [
        ...props.ingress,
        when<NetworkPolicyIngressRule>(and(hasMetrics, scrapers), {
          from: [splice(scrapers)],
          ports: [tcp(values.metricsPort)],
        }),
      ],
      egress: [
        toDns(networkPolicy.dns),
        {
          to: [brokersOfCores(brokers.namespace)],
          ports: [tcp(brokers.clientPort), tcp(brokers.adminPort)],
        },
        when<NetworkPolicyEgressRule>(or(explicitUrl, networkPolicy.brokers), {
          to: nonEmpty(networkPolicy.brokers),
          ports: [
            portOfUrl(explicitUrl, explicitUrl),
            when<NetworkPolicyPort>(not(explicitUrl), tcp(brokers.clientPort)),
            portsOf('TCP', values.brokerConnections.ports),
            tcp(brokers.adminPort),
          ],
        }),
        when<NetworkPolicyEgressRule>(or(backend.ports, ...usedPorts(props)), {
          to: nonEmpty(backend.peers),
          ports: [portsOf('TCP', backend.ports), ...props.backendPorts],
        }),
        ...props.egress,
      ],
    },
  });
}

/** A rule without ports would allow all; so it is left out when there is no port at all. */
function usedPorts({ backendPorts }: ConnectorNetworkPolicyProps): readonly boolean[] {
  return backendPorts.length > 0 ? [true] : [];
}
