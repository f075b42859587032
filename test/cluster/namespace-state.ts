import type { Cluster, Json, LiveObject } from './cluster';

/** What Kubernetes puts into a namespace by itself, or clears away by itself later. */
const NOT_OURS = /^(ServiceAccount\/default|ConfigMap\/kube-root-ca\.crt|Event\/.*)$/;

/**
 * What this kind of control plane says of releases that are well: volumes are bound a moment after
 * their pods come, nothing measures the load of pods, the pods of a StatefulSet outlive it, and the
 * API server's regular check of addresses meets Services that are just being made.
 */
const EXPECTED_WARNINGS = [
  'FailedScheduling',
  'FailedGetResourceMetric',
  'FailedComputeMetricsReplicas',
  'CalculateExpectedPodCountFailed',
  'ClusterIPNotAllocated',
  'PortNotAllocated',
];

const EVENTS = { group: '/api/v1', name: 'events' };

/** Two controllers wrote at the same time; the later one tries again. */
const CONFLICT = /the object has been modified|FailedToUpdateEndpoint/;

/** All objects of a namespace but those of Kubernetes, as `Kind/name`, in order. */
export async function leftovers(cluster: Cluster, namespace: string): Promise<string[]> {
  const kinds = (await cluster.api.namespacedKinds()).filter(({ name }) => name !== 'events');
  const lists = await Promise.all(kinds.map((kind) => cluster.api.list(kind, namespace)));
  const names = lists.flat().map(({ kind, metadata }) => `${kind}/${metadata.name}`);
  return names.filter((name) => !NOT_OURS.test(name)).sort();
}

/** What controllers complain of in a namespace: pods that are refused, for example. */
export async function warnings(cluster: Cluster, namespace: string): Promise<string[]> {
  const events = await cluster.api.list(EVENTS, namespace, { fieldSelector: 'type=Warning' });
  const unexpected = events.filter(({ reason }) => !EXPECTED_WARNINGS.includes(reason as string));
  return unexpected.map(describeEvent).filter((event) => !CONFLICT.test(event));
}

function describeEvent({ involvedObject, reason, message }: LiveObject): string {
  const { kind, name } = involvedObject as Json;
  return `${String(kind)}/${String(name)} ${String(reason)}: ${String(message)}`;
}
