import type { PersistentVolumeClaim, Volume } from 'kubernetes-types/core/v1';
import { z } from 'zod';
import {
  and,
  eq,
  immutable,
  not,
  nonEmpty,
  orElse,
  spread,
  when,
  type Dynamic,
  type Expr,
  type ManifestNode,
  type Ref,
} from '../../helm/index';
import { annotations, objectName, quantity, storageClassName } from './kubernetes-values';

interface VolumeDefaults {
  readonly enabled: boolean;
  readonly size: string;
}

/** Where a component keeps its data. */
export interface Persistence {
  enabled: boolean;
  size: string;
  storageClass: string;
  accessModes: ('ReadWriteOnce' | 'ReadWriteOncePod' | 'ReadWriteMany')[];
  annotations: Record<string, string>;
  existingClaim: string;
}

/** The values of the volumes of a StatefulSet, whose claim templates can never change. */
export function claimTemplateValues(defaults: VolumeDefaults) {
  const { enabled, size, storageClass, accessModes, annotations, existingClaim } =
    persistenceValues(defaults);
  return {
    enabled: immutable(enabled),
    size: immutable(size),
    storageClass: immutable(storageClass),
    accessModes: immutable(accessModes),
    annotations: immutable(annotations),
    existingClaim: immutable(existingClaim),
  };
}

/** The values of a claim of its own: it comes, goes and grows, but stays what it is. */
export function claimValues(defaults: VolumeDefaults) {
  const { storageClass, accessModes, ...others } = persistenceValues(defaults);
  return { ...others, storageClass: immutable(storageClass), accessModes: immutable(accessModes) };
}

/** The values of a component's volume. */
function persistenceValues(defaults: VolumeDefaults) {
  return {
    enabled: z
      .boolean()
      .default(defaults.enabled)
      .describe('Keep the data on a persistent volume. Without one it is lost with the pod.'),
    size: quantity.default(defaults.size).describe('Size of the volume.'),
    storageClass: storageClassName
      .default('')
      .describe(
        "Storage class; when empty, global.storageClass, else the cluster's default; - for none.",
      ),
    accessModes: z
      .array(z.enum(['ReadWriteOnce', 'ReadWriteOncePod', 'ReadWriteMany']))
      .min(1)
      .default(['ReadWriteOnce'])
      .describe('Access modes of the volume.'),
    annotations: annotations.default({}).describe('Annotations of the volume claim.'),
    existingClaim: objectName
      .default('')
      .describe('A claim that is there already, instead of a new one. For a single pod only.'),
  };
}

/** What a claim of these values asks for. */
export function claimSpec(
  persistence: Pick<Ref<Persistence>, 'size' | 'storageClass' | 'accessModes'>,
  globalStorageClass: Expr<string>,
): Dynamic<NonNullable<PersistentVolumeClaim['spec']>> {
  const storageClass = orElse(persistence.storageClass, globalStorageClass);
  return {
    accessModes: persistence.accessModes,
    storageClassName: when<string | undefined>(eq(storageClass, '-'), '', nonEmpty(storageClass)),
    resources: { requests: { storage: persistence.size } },
  };
}

/** Whether a new claim is made for each pod. */
export function makesClaims(persistence: Ref<Persistence>): Expr<boolean> {
  return and(persistence.enabled, not(persistence.existingClaim));
}

/**
 * The claim template of a StatefulSet. Its labels never change with the chart's version, since
 * Kubernetes does not let claim templates change.
 */
export function claimTemplates(
  persistence: Ref<Persistence>,
  globalStorageClass: Expr<string>,
  selectorLabels: Record<string, string>,
): ManifestNode<PersistentVolumeClaim[] | undefined> {
  return when<PersistentVolumeClaim[]>(makesClaims(persistence), [
    {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: {
        name: 'data',
        labels: { ...selectorLabels },
        annotations: { ...spread(persistence.annotations) },
      },
      spec: claimSpec(persistence, globalStorageClass),
    },
  ]);
}

/** The volume `data` where no claim template makes it: an existing claim, or an empty directory. */
export function dataVolume(persistence: Ref<Persistence>): ManifestNode<Volume | undefined> {
  return when<Volume | undefined>(
    not(persistence.enabled),
    { name: 'data', emptyDir: {} },
    when<Volume>(persistence.existingClaim, {
      name: 'data',
      persistentVolumeClaim: { claimName: persistence.existingClaim },
    }),
  );
}
