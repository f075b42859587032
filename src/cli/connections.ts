import { fieldAt, itemsAt, type ClusterObject } from './cluster-object';
import { isMap } from './plain-map';
import { hookOf, type Workload } from './workload';

/** A connection that the network policies of a release allow. */
export interface Connection {
  /** A workload of the release, as `<kind> <name>`, or words for what is outside of it. */
  readonly from: string;
  readonly to: string;
  /** `6650`, or several. Empty: all. */
  readonly ports: readonly string[];
}

const DNS_PORTS = new Set(['53', '5353']);

export function workloadKey({ kind, name }: Workload): string {
  return `${kind} ${name}`;
}

function expressionHolds(
  expression: Record<string, unknown>,
  labels: Readonly<Record<string, string>>,
): boolean {
  const { operator, values } = expression;
  const value = labels[String(expression.key)] as string | undefined;
  const isListed = Array.isArray(values) && value !== undefined && values.includes(value);
  switch (operator) {
    case 'In':
      return isListed;
    case 'NotIn':
      return !isListed;
    case 'Exists':
      return value !== undefined;
    default:
      return value === undefined;
  }
}

function selects(selector: unknown, labels: Readonly<Record<string, string>>): boolean {
  const wanted = fieldAt(selector, 'matchLabels');
  const pairs = Object.entries(isMap(wanted) ? wanted : {});
  return (
    pairs.every(([key, value]) => labels[key] === value) &&
    itemsAt(selector, 'matchExpressions').every((each) => expressionHolds(each, labels))
  );
}

/** Words for pods that are not of this release. */
function otherPods(peer: Record<string, unknown>): string {
  const { podSelector, namespaceSelector } = peer;
  const labels = fieldAt(podSelector, 'matchLabels');
  const named = Object.entries(isMap(labels) ? labels : {}).map(
    ([key, value]) => `${key.replace(/^app\.kubernetes\.io\//, '')}=${String(value)}`,
  );
  const where = namespaceSelector === undefined ? 'of the namespace' : 'of the cluster';
  return named.length === 0 ? `any pod ${where}` : `pods ${where} with ${named.join(', ')}`;
}

function peersOf(
  peers: readonly Record<string, unknown>[],
  workloads: readonly Workload[],
): readonly string[] {
  if (peers.length === 0) {
    return ['anywhere'];
  }
  return peers.flatMap((peer) => {
    if (isMap(peer.ipBlock)) {
      return [`addresses ${String(peer.ipBlock.cidr)}`];
    }
    const own = workloads.filter(({ labels }) => selects(peer.podSelector, labels));
    return peer.namespaceSelector === undefined && own.length > 0
      ? own.map(workloadKey)
      : [otherPods(peer)];
  });
}

function portsOf(rule: Record<string, unknown>): readonly string[] {
  return [...new Set(itemsAt(rule, 'ports').map(({ port }) => String(port)))];
}

/** Each pair once, with all its ports. */
function merged(connections: readonly Connection[]): readonly Connection[] {
  const byPair = new Map<string, Connection>();
  for (const { from, to, ports } of connections) {
    const key = JSON.stringify([from, to]);
    const before = byPair.get(key)?.ports ?? [];
    byPair.set(key, { from, to, ports: [...new Set([...before, ...ports])] });
  }
  return [...byPair.values()];
}

/**
 * Who may connect to whom. What runs at hooks of Helm is left out, and so is DNS; without network
 * policies nothing is known.
 */
export function connectionsOf(
  objects: readonly ClusterObject[],
  workloads: readonly Workload[],
): readonly Connection[] {
  const lasting = workloads.filter(({ hook }) => hook === undefined);
  const hooked = workloads.filter(({ hook }) => hook !== undefined).map(workloadKey);
  const policies = objects.filter(
    (object) => object.kind === 'NetworkPolicy' && hookOf(object) === undefined,
  );
  const found = policies.flatMap((policy) => {
    const targets = lasting
      .filter(({ labels }) => selects(fieldAt(policy, 'spec.podSelector'), labels))
      .map(workloadKey);
    const inward = itemsAt(policy, 'spec.ingress').flatMap((rule) =>
      peersOf(itemsAt(rule, 'from'), workloads).map((peer) => ({ peer, ports: portsOf(rule) })),
    );
    const outward = itemsAt(policy, 'spec.egress')
      .flatMap((rule) =>
        peersOf(itemsAt(rule, 'to'), workloads).map((peer) => ({ peer, ports: portsOf(rule) })),
      )
      .filter(({ ports }) => ports.length === 0 || !ports.every((port) => DNS_PORTS.has(port)));
    return targets.flatMap((target) => [
      ...inward.map(({ peer, ports }) => ({ from: peer, to: target, ports })),
      ...outward.map(({ peer, ports }) => ({ from: target, to: peer, ports })),
    ]);
  });
  return merged(found.filter(({ from, to }) => !hooked.includes(from) && !hooked.includes(to)));
}
