import type { LiveObject } from './cluster';

/** What the API server and controllers write, and what is numbered anew each time. */
const SERVER_METADATA = [
  'uid',
  'resourceVersion',
  'generation',
  'creationTimestamp',
  'managedFields',
];
const SERVICE_ADDRESSES = ['clusterIP', 'clusterIPs', 'healthCheckNodePort'];

/** Objects as their author wrote them, by kind and name: equal releases are equal. */
export function authoredState(objects: readonly LiveObject[]): Record<string, unknown> {
  const entries = objects.map((object) => {
    const copy = structuredClone(object) as Record<string, unknown>;
    const metadata = copy.metadata as Record<string, unknown>;
    SERVER_METADATA.forEach((field) => Reflect.deleteProperty(metadata, field));
    const annotations = metadata.annotations as Record<string, unknown> | undefined;
    Reflect.deleteProperty(annotations ?? {}, 'deployment.kubernetes.io/revision');
    Reflect.deleteProperty(copy, 'status');
    if (object.kind === 'Service') {
      const spec = copy.spec as Record<string, unknown>;
      SERVICE_ADDRESSES.forEach((field) => Reflect.deleteProperty(spec, field));
    }
    return [`${object.kind}/${object.metadata.name}`, copy] as const;
  });
  return Object.fromEntries(entries);
}

interface EndpointSlice extends LiveObject {
  readonly endpoints?: readonly {
    readonly conditions?: { readonly ready?: boolean };
    readonly targetRef?: { readonly name: string };
  }[];
}

/** The pods that stand behind each Service, by its name. */
export function podsBehindServices(slices: readonly LiveObject[]): Map<string, Set<string>> {
  const pods = new Map<string, Set<string>>();
  for (const slice of slices as readonly EndpointSlice[]) {
    const service = slice.metadata.labels?.['kubernetes.io/service-name'] ?? '';
    const names = pods.get(service) ?? new Set<string>();
    for (const { targetRef } of slice.endpoints ?? []) {
      if (targetRef !== undefined) {
        names.add(targetRef.name);
      }
    }
    pods.set(service, names);
  }
  return pods;
}
