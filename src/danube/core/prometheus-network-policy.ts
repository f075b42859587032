import type { Construct } from 'constructs';
import type {
  NetworkPolicy,
  NetworkPolicyEgressRule,
  NetworkPolicyIngressRule,
  NetworkPolicyPeer,
} from 'kubernetes-types/networking/v1';
import type { z } from 'zod';
import { and, Gate, KubernetesObject, nonEmpty, splice, when, type Ref } from '../../helm/index';
import { addressPeers, danubePods, podsOf, portsOf, tcp, toDns } from '../pod/network-peers';
import type { ReleaseContext } from '../release-context';
import { BROKER, ETCD, PROMETHEUS, TEST } from './components';
import type { coreValues } from './core-values';
import { publishesPrometheus } from './mcp-access';
import { PROMETHEUS_PORT } from './prometheus';

/** Who may query Prometheus, and what it reads (`networkPolicy`). */
export function addPrometheusNetworkPolicy(
  scope: Construct,
  v: Ref<z.output<typeof coreValues>>,
  release: ReleaseContext,
): KubernetesObject<NetworkPolicy> {
  const { networkPolicy, broker, etcd, tests } = v;
  const { adminNamespaces, queriers, dns, apiServer } = networkPolicy;
  const gate = new Gate(scope, 'networkpolicy', networkPolicy.enabled);
  return new KubernetesObject<NetworkPolicy>(gate, 'Default', {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: release.metadata(release.names.prometheus, PROMETHEUS, {
      object: 'prometheusNetworkPolicy',
    }),
    spec: {
      podSelector: { matchLabels: release.labels.selecting(PROMETHEUS) },
      policyTypes: ['Ingress', 'Egress'],
      ingress: [
        {
          from: [
            danubePods(adminNamespaces),
            splice(queriers),
            when<NetworkPolicyPeer>(and(tests.enabled, adminNamespaces), podsOf(release, TEST)),
          ],
          ports: [tcp(PROMETHEUS_PORT)],
        },
        when<NetworkPolicyIngressRule>(publishesPrometheus(v), {
          from: [addressPeers(v.mcpAccess.sourceRanges)],
          ports: [tcp(PROMETHEUS_PORT)],
        }),
      ],
      egress: [
        toDns(dns),
        { to: nonEmpty(apiServer.peers), ports: [portsOf('TCP', apiServer.ports)] },
        { to: [podsOf(release, BROKER)], ports: [tcp(broker.ports.prometheus)] },
        when<NetworkPolicyEgressRule>(etcd.enabled, {
          to: [podsOf(release, ETCD)],
          ports: [tcp(etcd.service.metricsPort)],
        }),
      ],
    },
  });
}
