import type { HelmChart } from '../../../src/helm';
import type { KubernetesObject } from '../../objects/kubernetes-object';
import type { ReleaseSet } from '../../property/release-arbitrary';
import { releaseObjects } from '../../property/release-objects';

function isObject(value: unknown): value is KubernetesObject {
  return typeof value === 'object' && value !== null && 'kind' in value && 'metadata' in value;
}

/** The objects of a release as a reader of its JSON sees them. */
export function decoded(chart: HelmChart, set: ReleaseSet): readonly KubernetesObject[] {
  const read: unknown = JSON.parse(JSON.stringify(releaseObjects(chart, set)));
  return (Array.isArray(read) ? read : []).filter(isObject);
}
