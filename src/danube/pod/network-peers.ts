import type {
  NetworkPolicyEgressRule,
  NetworkPolicyPeer,
  NetworkPolicyPort,
} from 'kubernetes-types/networking/v1';
import {
  and,
  choose,
  each,
  hasPrefix,
  nonEmpty,
  parseInteger,
  regexMatch,
  regexReplaceAll,
  when,
  type Condition,
  type Dynamic,
  type DynamicFields,
  type Expr,
  type Items,
  type ListItem,
  type ManifestNode,
  type Ref,
} from '../../helm/index';
import type { ReleaseContext } from '../release-context';

/** Kubernetes gives every namespace its name as this label. */
const NAMESPACE = 'kubernetes.io/metadata.name';

/** Every pod of the cluster, and nothing outside of it. */
export const ANY_POD: Dynamic<NetworkPolicyPeer> = {
  namespaceSelector: { matchExpressions: [{ key: NAMESPACE, operator: 'Exists' }] },
};

/** The pods of a component of this release. */
export function podsOf(release: ReleaseContext, component: string): Dynamic<NetworkPolicyPeer> {
  return { podSelector: { matchLabels: release.labels.selecting(component) } };
}

/** Pods that belong to Danube, of any release, in some namespaces or else in all. */
export function danubePods(namespaces: Expr<string[]>): Dynamic<NetworkPolicyPeer> {
  return {
    namespaceSelector: {
      matchExpressions: [
        when(
          namespaces,
          { key: NAMESPACE, operator: 'In', values: namespaces },
          { key: NAMESPACE, operator: 'Exists' },
        ),
      ],
    },
    podSelector: { matchLabels: { 'app.kubernetes.io/part-of': 'danube' } },
  };
}

/** The brokers of every core in a namespace. */
export function brokersOfCores(namespace: Expr<string>): Dynamic<NetworkPolicyPeer> {
  return podsOfCores(namespace, 'broker');
}

/** The pods of a component of every core in a namespace. */
export function podsOfCores(
  namespace: Expr<string>,
  component: 'broker' | 'prometheus',
): Dynamic<NetworkPolicyPeer> {
  return {
    namespaceSelector: { matchLabels: { [NAMESPACE]: namespace } },
    podSelector: {
      matchLabels: {
        'app.kubernetes.io/part-of': 'danube',
        'app.kubernetes.io/component': component,
      },
    },
  };
}

export function tcp(port: Expr<number> | number): DynamicFields<NetworkPolicyPort> {
  return { protocol: 'TCP', port };
}

/** Each port of a list of values. */
export function portsOf(
  protocol: 'TCP' | 'UDP',
  ports: Expr<readonly number[]>,
): Items<NetworkPolicyPort> {
  return each(ports, (port): Dynamic<NetworkPolicyPort> => ({ protocol, port }));
}

/** The port that a URL names: 9000 of http://minio:9000/path; none if it names none. */
export function portOfUrl(
  isUsed: Condition,
  url: Expr<string>,
): ManifestNode<NetworkPolicyPort | undefined> {
  const namesPort = regexMatch('^https?://[^/:]+:[1-9][0-9]{0,4}(/|$)', url);
  const digits = regexReplaceAll('^https?://[^/:]+:|/.*$', url, '');
  return when<NetworkPolicyPort>(and(isUsed, namesPort), tcp(parseInteger(digits)));
}

/** The port that a URL means: the one that it names, else 443 for https and 80 for http. */
export function portMeantByUrl(url: Expr<string>): Dynamic<NetworkPolicyPort> {
  const namesPort = regexMatch('^https?://[^/:]+:[1-9][0-9]{0,4}(/|$)', url);
  const digits = regexReplaceAll('^https?://[^/:]+:|/.*$', url, '');
  const usual = choose(hasPrefix('https://', url), '443', '80');
  return tcp(parseInteger(choose(namesPort, digits, usual)));
}

/** To the DNS of the cluster. */
export function toDns({
  peers,
  ports,
}: Ref<{ peers: NetworkPolicyPeer[]; ports: number[] }>): Dynamic<NetworkPolicyEgressRule> {
  return { to: nonEmpty(peers), ports: [portsOf('UDP', ports), portsOf('TCP', ports)] };
}

/** Ranges of addresses as peers of a network policy. */
export function addressPeers(ranges: Expr<readonly string[]>): Items<NetworkPolicyPeer> {
  return each(ranges, (cidr): Dynamic<NetworkPolicyPeer> => ({ ipBlock: { cidr } }));
}

/** To the servers of the node that give a pod its cloud identity. */
export function toMetadataServers(isNeeded: Expr<boolean>): ListItem<NetworkPolicyEgressRule> {
  return when<NetworkPolicyEgressRule>(isNeeded, {
    to: [
      { ipBlock: { cidr: '169.254.169.254/32' } },
      { ipBlock: { cidr: '169.254.169.252/32' } },
      { ipBlock: { cidr: '169.254.170.23/32' } },
    ],
    ports: [tcp(80), tcp(988)],
  });
}
