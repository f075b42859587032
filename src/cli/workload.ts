import { fieldAt, itemsAt, textAt, type ClusterObject } from './cluster-object';
import { isMap } from './plain-map';

/** An object that makes pods, as far as the commands look into it. */
export interface Workload {
  readonly kind: string;
  readonly name: string;
  /** `3`, or `3 to 10` with an autoscaler, or the schedule of a CronJob. */
  readonly pods: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly images: readonly string[];
  readonly ports: readonly WorkloadPort[];
  readonly volumes: readonly WorkloadVolume[];
  /** The event at which Helm runs it, such as `test`; undefined for what runs always. */
  readonly hook: string | undefined;
}

export interface WorkloadPort {
  readonly name: string;
  readonly port: number;
}

export interface WorkloadVolume {
  readonly name: string;
  /** `10Gi for each pod`, `claim lake`, `ConfigMap danube-broker-config`. */
  readonly what: string;
  /** Whether its content outlives the pod. */
  readonly isKept: boolean;
}

/** Where the template of the pods stands in each kind; a Pod is its own. */
const TEMPLATES: Readonly<Record<string, string>> = {
  StatefulSet: 'spec.template',
  Deployment: 'spec.template',
  DaemonSet: 'spec.template',
  Job: 'spec.template',
  CronJob: 'spec.jobTemplate.spec.template',
};

/** The template of the pods that an object makes; undefined for one that makes none. */
export function podTemplateOf(object: ClusterObject): Record<string, unknown> | undefined {
  if (object.kind === 'Pod') {
    return object;
  }
  const template = fieldAt(object, TEMPLATES[object.kind] ?? 'none');
  return isMap(template) ? template : undefined;
}

export function hookOf({ metadata }: ClusterObject): string | undefined {
  return metadata.annotations?.['helm.sh/hook'];
}

function podsOf(object: ClusterObject, all: readonly ClusterObject[]): string {
  if (object.kind === 'CronJob') {
    return `at ${textAt(object, 'spec.schedule')}`;
  }
  const scaler = all.find(
    (other) =>
      other.kind === 'HorizontalPodAutoscaler' &&
      fieldAt(other, 'spec.scaleTargetRef.name') === object.metadata.name &&
      fieldAt(other, 'spec.scaleTargetRef.kind') === object.kind,
  );
  return scaler === undefined
    ? textAt(object, 'spec.replicas', '1')
    : `${textAt(scaler, 'spec.minReplicas', '1')} to ${textAt(scaler, 'spec.maxReplicas')}`;
}

function claimsOf(object: ClusterObject): readonly WorkloadVolume[] {
  return itemsAt(object, 'spec.volumeClaimTemplates').map((claim) => {
    const size = textAt(claim, 'spec.resources.requests.storage');
    const storageClass = textAt(claim, 'spec.storageClassName');
    const of = storageClass === '' ? '' : ` of ${storageClass}`;
    return {
      name: textAt(claim, 'metadata.name'),
      what: `${size}${of} for each pod`,
      isKept: true,
    };
  });
}

/** Where the name stands of what a volume shows. */
const NAMED_VOLUMES = [
  ['claim', 'persistentVolumeClaim.claimName'],
  ['ConfigMap', 'configMap.name'],
  ['Secret', 'secret.secretName'],
] as const;

function volumeOf(volume: Record<string, unknown>): WorkloadVolume {
  const name = textAt(volume, 'name');
  const named = NAMED_VOLUMES.find(([, path]) => fieldAt(volume, path) !== undefined);
  if (named !== undefined) {
    const [what, path] = named;
    return { name, what: `${what} ${textAt(volume, path)}`, isKept: what === 'claim' };
  }
  const type = Object.keys(volume).find((key) => key !== 'name') ?? 'emptyDir';
  return { name, what: type, isKept: false };
}

function workloadOf(object: ClusterObject, all: readonly ClusterObject[]): Workload | undefined {
  const template = podTemplateOf(object);
  if (template === undefined) {
    return undefined;
  }
  const containers = ['spec.initContainers', 'spec.containers'].flatMap((path) =>
    itemsAt(template, path),
  );
  const labels = fieldAt(template, 'metadata.labels');
  return {
    kind: object.kind,
    name: object.metadata.name,
    pods: podsOf(object, all),
    labels: Object.fromEntries(
      Object.entries(isMap(labels) ? labels : {}).map(([key, value]) => [key, String(value)]),
    ),
    images: [...new Set(containers.map(({ image }) => String(image)))],
    ports: itemsAt(template, 'spec.containers')
      .flatMap((container) => itemsAt(container, 'ports'))
      .map((port) => ({ name: textAt(port, 'name'), port: Number(port.containerPort) })),
    volumes: [...claimsOf(object), ...itemsAt(template, 'spec.volumes').map(volumeOf)],
    hook: hookOf(object),
  };
}

/** The objects of a release that make pods. */
export function workloadsOf(objects: readonly ClusterObject[]): readonly Workload[] {
  return objects.flatMap((object) => workloadOf(object, objects) ?? []);
}
