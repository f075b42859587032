import { BlockList, isIPv6 } from 'node:net';
import type {
  INetworkPolicy,
  INetworkPolicyPeer,
  INetworkPolicyPort,
} from 'kubernetes-models/networking.k8s.io/v1';
import type { KubernetesObject } from './kubernetes-object';
import { selectorMatches } from './label-selector';
import { findPodTemplates } from './pod-template';

type Protocol = 'TCP' | 'UDP' | 'SCTP';

/** A pod of the cluster. */
export interface Pod {
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Its ports by their names, which policies may use. */
  readonly ports?: Readonly<Record<string, number>>;
}

/** Something outside of the cluster. */
export interface Outside {
  readonly address: string;
}

export type Endpoint = Pod | Outside;

/** The rendered objects of one release, and where they are installed. */
export interface InstalledRelease {
  readonly namespace: string;
  readonly objects: readonly KubernetesObject[];
}

interface InstalledPolicy {
  readonly namespace: string;
  readonly spec: NonNullable<INetworkPolicy['spec']>;
}

/** One direction of a rule of a policy. */
interface Rule {
  readonly peers: readonly INetworkPolicyPeer[] | undefined;
  readonly ports: readonly INetworkPolicyPort[] | undefined;
}

type Direction = 'Ingress' | 'Egress';

/**
 * Which connections the network policies of some releases allow, as the Kubernetes API says: a pod
 * that no policy selects for a direction is open in it; else one rule of one policy has to allow
 * the connection, on both ends. Pods are known by their labels, so an `ipBlock` never means a pod.
 */
export class Cluster {
  private readonly policies: readonly InstalledPolicy[];

  constructor(
    private readonly releases: readonly InstalledRelease[],
    /** Labels of namespaces besides `kubernetes.io/metadata.name`, which each has. */
    private readonly namespaceLabels: Readonly<Record<string, Record<string, string>>> = {},
  ) {
    this.policies = releases.flatMap(({ namespace, objects }) =>
      objects.flatMap((object) => installedPolicies(object, namespace)),
    );
  }

  /** The pods of all workloads whose labels are as given, one for each workload. */
  pods(namespace: string, labels: Readonly<Record<string, string>>): readonly Pod[] {
    const objects = this.releases
      .filter((release) => release.namespace === namespace)
      .flatMap((release) => release.objects);
    return findPodTemplates([...objects])
      .filter((template) => selectorMatches({ matchLabels: { ...labels } }, template.labels))
      .map((template) => ({
        namespace,
        labels: template.labels,
        ports: Object.fromEntries(
          template.spec.containers.flatMap(({ ports }) =>
            (ports ?? []).map(({ name, containerPort }) => [name ?? '', containerPort]),
          ),
        ),
      }));
  }

  /** Whether a connection from one to the other is let through. */
  canReach(from: Endpoint, to: Endpoint, port: number, protocol: Protocol = 'TCP'): boolean {
    return (
      this.allows('Egress', from, to, to, port, protocol) &&
      this.allows('Ingress', to, from, to, port, protocol)
    );
  }

  private allows(
    direction: Direction,
    subject: Endpoint,
    peer: Endpoint,
    target: Endpoint,
    port: number,
    protocol: Protocol,
  ): boolean {
    if (!isPod(subject)) {
      return true;
    }
    const selecting = this.policies.filter(
      ({ namespace, spec }) =>
        namespace === subject.namespace &&
        selectorMatches(spec.podSelector, subject.labels) &&
        directionsOf(spec).includes(direction),
    );
    return (
      selecting.length === 0 ||
      selecting.some(({ namespace, spec }) =>
        rulesOf(spec, direction).some(
          ({ peers, ports }) =>
            this.isPeer(peer, peers, namespace) && isPort(target, ports, port, protocol),
        ),
      )
    );
  }

  private isPeer(
    endpoint: Endpoint,
    peers: readonly INetworkPolicyPeer[] | undefined,
    policyNamespace: string,
  ): boolean {
    if (peers === undefined || peers.length === 0) {
      return true;
    }
    return peers.some(({ ipBlock, podSelector, namespaceSelector }) => {
      if (ipBlock !== undefined) {
        return !isPod(endpoint) && isInBlock(endpoint.address, ipBlock);
      }
      return (
        isPod(endpoint) &&
        selectorMatches(podSelector ?? {}, endpoint.labels) &&
        (namespaceSelector === undefined
          ? endpoint.namespace === policyNamespace
          : selectorMatches(namespaceSelector, this.labelsOf(endpoint.namespace)))
      );
    });
  }

  private labelsOf(namespace: string): Record<string, string> {
    return { ...this.namespaceLabels[namespace], 'kubernetes.io/metadata.name': namespace };
  }
}

function isPod(endpoint: Endpoint): endpoint is Pod {
  return 'labels' in endpoint;
}

function isNetworkPolicy(object: object): object is INetworkPolicy {
  return 'kind' in object && object.kind === 'NetworkPolicy';
}

/** The policy that an object is, if it is one. */
function installedPolicies(object: object, namespace: string): readonly InstalledPolicy[] {
  if (!isNetworkPolicy(object) || object.spec === undefined) {
    return [];
  }
  return [{ namespace: object.metadata?.namespace ?? namespace, spec: object.spec }];
}

/** Without `policyTypes` a policy is for ingress, and for egress if it has rules for that. */
function directionsOf({ policyTypes, egress }: InstalledPolicy['spec']): readonly string[] {
  const hasEgress = (egress ?? []).length > 0;
  return policyTypes ?? (hasEgress ? ['Ingress', 'Egress'] : ['Ingress']);
}

function rulesOf(spec: InstalledPolicy['spec'], direction: Direction): readonly Rule[] {
  return direction === 'Ingress'
    ? (spec.ingress ?? []).map(({ from, ports }) => ({ peers: from, ports }))
    : (spec.egress ?? []).map(({ to, ports }) => ({ peers: to, ports }));
}

function isPort(
  target: Endpoint,
  ports: readonly INetworkPolicyPort[] | undefined,
  port: number,
  protocol: Protocol,
): boolean {
  if (ports === undefined || ports.length === 0) {
    return true;
  }
  return ports.some((allowed) => {
    if ((allowed.protocol ?? 'TCP') !== protocol) {
      return false;
    }
    if (allowed.port === undefined) {
      return true;
    }
    if (typeof allowed.port === 'string') {
      return isPod(target) && target.ports?.[allowed.port] === port;
    }
    return allowed.port <= port && port <= (allowed.endPort ?? allowed.port);
  });
}

function isInBlock(
  address: string,
  { cidr, except }: { readonly cidr: string; readonly except?: readonly string[] },
): boolean {
  return isInRange(address, cidr) && !(except ?? []).some((range) => isInRange(address, range));
}

function isInRange(address: string, range: string): boolean {
  const [network, prefix] = range.split('/');
  if (isIPv6(address) !== isIPv6(network)) {
    return false;
  }
  const family = isIPv6(address) ? 'ipv6' : 'ipv4';
  const list = new BlockList();
  list.addSubnet(network, Number(prefix), family);
  return list.check(address, family);
}
