import type { Construct } from 'constructs';
import type {
  NetworkPolicy,
  NetworkPolicyEgressRule,
  NetworkPolicyIngressRule,
  NetworkPolicyPeer,
} from 'kubernetes-types/networking/v1';
import type { z } from 'zod';
import {
  and,
  eq,
  Gate,
  KubernetesObject,
  nonEmpty,
  not,
  or,
  splice,
  when,
  type ListItem,
  type Ref,
} from '../../helm/index';
import {
  addressPeers,
  ANY_POD,
  danubePods,
  podsOf,
  portOfUrl,
  portsOf,
  tcp,
  toDns,
  toMetadataServers,
} from '../pod/network-peers';
import type { ReleaseContext } from '../release-context';
import { discoversAddress } from './address-discovery';
import { BROKER, ETCD, PROMETHEUS, TEST } from './components';
import type { coreValues } from './core-values';

type Values = Ref<z.output<typeof coreValues>>;

/**
 * Who may talk to the brokers, and to whom they talk (`networkPolicy`). Brokers do not talk to each
 * other (facts on Danube, 10), and nothing but this protects their admin port (facts, 1.6).
 */
export function addBrokerNetworkPolicy(
  scope: Construct,
  v: Values,
  release: ReleaseContext,
): KubernetesObject<NetworkPolicy> {
  const { networkPolicy, broker, etcd, prometheus, mcpAccess } = v;
  const gate = new Gate(scope, 'networkpolicy', networkPolicy.enabled);
  return new KubernetesObject<NetworkPolicy>(gate, 'Default', {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: release.metadata(release.names.broker, BROKER, { object: 'brokerNetworkPolicy' }),
    spec: {
      podSelector: { matchLabels: release.labels.selecting(BROKER) },
      policyTypes: ['Ingress', 'Egress'],
      ingress: [
        {
          from: [
            splice(networkPolicy.clients),
            when<NetworkPolicyPeer>(not(networkPolicy.clients), ANY_POD),
            when<NetworkPolicyPeer>(
              and(v.tests.enabled, networkPolicy.clients),
              podsOf(release, TEST),
            ),
            addressPeers(networkPolicy.externalClients),
            addressPeers(broker.externalAccess.loadBalancerSourceRanges),
          ],
          ports: [tcp(broker.ports.client)],
        },
        { from: [danubePods(networkPolicy.adminNamespaces)], ports: [tcp(broker.ports.admin)] },
        when<NetworkPolicyIngressRule>(mcpAccess.enabled, {
          from: [addressPeers(mcpAccess.sourceRanges)],
          ports: [tcp(broker.ports.admin)],
        }),
        when<NetworkPolicyIngressRule>(or(prometheus.enabled, networkPolicy.scrapers), {
          from: [
            when<NetworkPolicyPeer>(prometheus.enabled, podsOf(release, PROMETHEUS)),
            splice(networkPolicy.scrapers),
          ],
          ports: [tcp(broker.ports.prometheus)],
        }),
      ],
      egress: [
        toDns(networkPolicy.dns),
        when<NetworkPolicyEgressRule>(
          etcd.enabled,
          { to: [podsOf(release, ETCD)], ports: [tcp(etcd.service.port)] },
          { ports: [tcp(etcd.external.port)] },
        ),
        when<NetworkPolicyEgressRule>(discoversAddress(broker.externalAccess), {
          to: nonEmpty(networkPolicy.apiServer.peers),
          ports: [portsOf('TCP', networkPolicy.apiServer.ports)],
        }),
        ...toObjectStores(v),
      ],
    },
  });
}

/**
 * To the object store, and to the servers of the node that give a pod its cloud identity where no
 * Secret does: those of AWS, Azure and Google (port 80), and of GKE (988).
 */
function toObjectStores({ broker, networkPolicy }: Values): ListItem<NetworkPolicyEgressRule>[] {
  const { cloudBackend, s3, azblob, credentials } = broker.config.storage;
  const { peers, ports } = networkPolicy.objectStores;
  const isRemote = not(or(eq(cloudBackend, 'fs'), eq(cloudBackend, 'memory')));
  const hasSecret = or(credentials.existingSecret, credentials.gcsSecret.name);
  return [
    when<NetworkPolicyEgressRule>(isRemote, {
      to: nonEmpty(peers),
      ports: [
        portsOf('TCP', ports),
        portOfUrl(eq(cloudBackend, 's3'), s3.endpoint),
        portOfUrl(eq(cloudBackend, 'azblob'), azblob.endpoint),
      ],
    }),
    toMetadataServers(and(isRemote, not(hasSecret))),
  ];
}
