import type { Construct } from 'constructs';
import type {
  NetworkPolicy,
  NetworkPolicyIngressRule,
  NetworkPolicyPeer,
} from 'kubernetes-types/networking/v1';
import type { z } from 'zod';
import { Gate, KubernetesObject, or, splice, when, type Ref } from '../../helm/index';
import { podsOf, tcp, toDns } from '../pod/network-peers';
import type { ReleaseContext } from '../release-context';
import { BROKER, ETCD, ETCD_DEFRAG, ETCD_SNAPSHOT, PROMETHEUS, TEST } from './components';
import type { coreValues } from './core-values';
import { peerPolicyPorts } from './etcd-peer-tls';

/**
 * Who may talk to the etcd members, and to whom they talk (`networkPolicy`). The broker knows
 * neither TLS nor users for etcd, so nothing else protects it (facts on Danube, 9.4).
 */
export function addEtcdNetworkPolicy(
  scope: Construct,
  { networkPolicy, etcd, prometheus, tests }: Ref<z.output<typeof coreValues>>,
  release: ReleaseContext,
): KubernetesObject<NetworkPolicy> {
  const { port, metricsPort } = etcd.service;
  const members = podsOf(release, ETCD);
  const gate = new Gate(scope, 'networkpolicy', networkPolicy.enabled);
  return new KubernetesObject<NetworkPolicy>(gate, 'Default', {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: release.metadata(release.names.etcd, ETCD, { object: 'etcdNetworkPolicy' }),
    spec: {
      podSelector: { matchLabels: release.labels.selecting(ETCD) },
      policyTypes: ['Ingress', 'Egress'],
      ingress: [
        {
          from: [
            podsOf(release, BROKER),
            members,
            when<NetworkPolicyPeer>(tests.enabled, podsOf(release, TEST)),
            when<NetworkPolicyPeer>(etcd.snapshots.enabled, podsOf(release, ETCD_SNAPSHOT)),
            when<NetworkPolicyPeer>(etcd.defrag.enabled, podsOf(release, ETCD_DEFRAG)),
          ],
          ports: [tcp(port)],
        },
        { from: [members], ports: [...peerPolicyPorts(etcd)] },
        when<NetworkPolicyIngressRule>(or(prometheus.enabled, networkPolicy.scrapers), {
          from: [
            when<NetworkPolicyPeer>(prometheus.enabled, podsOf(release, PROMETHEUS)),
            splice(networkPolicy.scrapers),
          ],
          ports: [tcp(metricsPort)],
        }),
      ],
      egress: [
        toDns(networkPolicy.dns),
        // The client port is for etcdctl in a member's pod, which reaches all of them.
        { to: [members], ports: [tcp(port), ...peerPolicyPorts(etcd)] },
      ],
    },
  });
}
