import { type KubernetesObject } from './kubernetes-object';
import { findPodTemplates, type PodTemplate } from './pod-template';

export interface ObjectReference {
  kind: string;
  name: string;
}

/** Objects that exist in the cluster already, such as a Secret that the user made. */
export type ExternalObjects = ObjectReference[] | ((reference: ObjectReference) => boolean);

/** The rendered objects of one release, ready to be looked up in. */
export interface Release {
  namespace: string;
  objects: KubernetesObject[];
  templates: PodTemplate[];
  isExternal(reference: ObjectReference): boolean;
}

/** What every namespace has. */
const builtIn: ObjectReference[] = [
  { kind: 'ConfigMap', name: 'kube-root-ca.crt' },
  { kind: 'ServiceAccount', name: 'default' },
];

export function makeRelease(
  objects: KubernetesObject[],
  namespace: string,
  external: ExternalObjects,
): Release {
  function isExternal(reference: ObjectReference): boolean {
    if (isListed(builtIn, reference)) {
      return true;
    }
    return Array.isArray(external) ? isListed(external, reference) : external(reference);
  }
  return { namespace, objects, templates: findPodTemplates(objects), isExternal };
}

function isListed(list: ObjectReference[], reference: ObjectReference): boolean {
  return list.some(({ kind, name }) => kind === reference.kind && name === reference.name);
}

export function findObject(
  release: Release,
  kind: string,
  name: string,
): KubernetesObject | undefined {
  return release.objects.find((object) => object.kind === kind && object.metadata.name === name);
}

export function objectExists(release: Release, kind: string, name: string): boolean {
  return findObject(release, kind, name) !== undefined || release.isExternal({ kind, name });
}

export function objectsOfKind(release: Release, kind: string): KubernetesObject[] {
  return release.objects.filter((object) => object.kind === kind);
}
