import { isDeepStrictEqual } from 'node:util';
import type { HelmChart } from '../../src/helm';
import { isMap } from '../../src/helm/expression/go-value';
import { schemaNode } from '../../src/helm/values/schema-node';
import type { KubernetesObject } from '../objects/kubernetes-object';
import { evaluated } from './equality';
import { leavesOf, valuesOfLeaf, withValueAt, type NamedSet } from './leaves';

/** What Kubernetes does not let change in an object of that kind. */
const IMMUTABLE_FIELDS: Readonly<Record<string, readonly string[]>> = {
  StatefulSet: ['selector', 'serviceName', 'podManagementPolicy', 'volumeClaimTemplates'],
  Deployment: ['selector'],
  Job: ['template', 'selector', 'completionMode'],
  // The first family; none is what the cluster chooses.
  Service: ['ipFamilies', 'clusterIP'],
  PersistentVolumeClaim: ['accessModes', 'storageClassName', 'volumeMode', 'volumeName'],
};

/** A change is refused whatever the new value is. */
const TRIED_VALUES = 1;

/** Objects that Helm deletes before it makes them again can change as they like. */
function isRecreated({ metadata }: KubernetesObject): boolean {
  const annotations = metadata.annotations ?? {};
  return 'helm.sh/hook' in annotations;
}

function isObject(value: unknown): value is KubernetesObject {
  return isMap(value) && 'kind' in value && 'metadata' in value;
}

/** The immutable fields of the objects of a release, by the names of the objects. */
function frozenFields(chart: HelmChart, { set }: NamedSet): ReadonlyMap<string, unknown> {
  const manifests = evaluated(chart, set);
  if (manifests instanceof Error) {
    return new Map();
  }
  const read: unknown = JSON.parse(JSON.stringify(manifests));
  const objects = (Array.isArray(read) ? read : []).filter(isObject);
  return new Map(
    objects
      .filter((object) => object.kind in IMMUTABLE_FIELDS && !isRecreated(object))
      .map(({ kind, metadata, spec }) => {
        const fields: Record<string, unknown> = isMap(spec) ? spec : {};
        const frozen = IMMUTABLE_FIELDS[kind].map((field) => fields[field]);
        return [`${kind}/${metadata.namespace ?? ''}/${metadata.name}`, frozen];
      }),
  );
}

/** Whether an upgrade from one release to the other would be refused by Kubernetes. */
function isRefusedUpgrade(
  before: ReadonlyMap<string, unknown>,
  after: ReadonlyMap<string, unknown>,
): boolean {
  return [...before].some(
    ([name, fields]) => after.has(name) && !isDeepStrictEqual(after.get(name), fields),
  );
}

export interface ImmutableLeaves {
  /** Leaves of which some change is refused by Kubernetes. */
  readonly found: readonly string[];
  /** Leaves that say so of themselves (`immutable`). */
  readonly marked: readonly string[];
}

/**
 * Changes every leaf of a chart's values in every base set, and looks which of them reach a field
 * that Kubernetes does not let change.
 */
export function immutableLeaves(chart: HelmChart, bases: readonly NamedSet[]): ImmutableLeaves {
  const known = bases.map((base) => ({ base, before: frozenFields(chart, base) }));
  const leaves = leavesOf(chart.values.schema);
  const reaches = (path: readonly string[], value: unknown) =>
    known.some(({ base, before }) => {
      const set = { ...base.set, values: withValueAt(base.set.values, path, value) };
      return isRefusedUpgrade(before, frozenFields(chart, { ...base, set }));
    });
  const names = (some: typeof leaves) => some.map(({ path }) => path.join('.'));
  return {
    found: names(
      leaves.filter((leaf) =>
        valuesOfLeaf(leaf, chart.values.defaults)
          .slice(0, TRIED_VALUES)
          .some((value) => reaches(leaf.path, value)),
      ),
    ),
    marked: names(leaves.filter(({ schema }) => schemaNode(schema).meta.immutable === true)),
  };
}
