import { isMap } from '../../../src/helm/expression/go-value';
import { checkObjectGraph } from '../../objects/object-graph';
import { checkHooks } from '../../objects/helm-hooks';
import type { KubernetesObject } from '../../objects/kubernetes-object';
import { checkRestricted } from '../../objects/pod-security';
import type { ObjectReference } from '../../objects/release';
import { validateObject } from '../../objects/validate-object';
import type { ReleaseSet } from '../../property/release-arbitrary';

/** What users may name in values, and the chart does not make. */
const EXTERNAL_KINDS = new Set(['Secret', 'ConfigMap', 'PersistentVolumeClaim', 'ServiceAccount']);

/** What other tools look for, perhaps in a namespace that the user names. */
const KINDS_ELSEWHERE = new Set(['ServiceMonitor', 'PodMonitor', 'PrometheusRule', 'ConfigMap']);

/** Every name that stands somewhere in the values. */
function namesIn(value: unknown): readonly string[] {
  if (typeof value === 'string') {
    return [value];
  }
  if (Array.isArray(value)) {
    return value.flatMap(namesIn);
  }
  return isMap(value) ? Object.values(value).flatMap(namesIn) : [];
}

/** An object that the chart refers to is made by it, or named by its user. */
function externalOf(values: unknown): (reference: ObjectReference) => boolean {
  const names = new Set([...namesIn(values), 'default']);
  return ({ kind, name }) => EXTERNAL_KINDS.has(kind) && names.has(name);
}

function inOwnNamespace(object: KubernetesObject, names: ReadonlySet<unknown>): KubernetesObject {
  const { namespace, ...metadata } = object.metadata;
  return KINDS_ELSEWHERE.has(object.kind) && names.has(namespace)
    ? { ...object, metadata }
    : object;
}

/** What users put into pods is theirs to harden. */
function withoutContainers(tree: unknown, names: ReadonlySet<unknown>): unknown {
  if (Array.isArray(tree)) {
    const own = tree.filter((item) => !(isMap(item) && 'image' in item && names.has(item.name)));
    return own.map((item) => withoutContainers(item, names));
  }
  if (!isMap(tree)) {
    return tree;
  }
  const entries = Object.entries(tree);
  return Object.fromEntries(entries.map(([key, value]) => [key, withoutContainers(value, names)]));
}

/**
 * What is wrong with the objects of a release: fields that Kubernetes does not know, references
 * that lead nowhere, pods that Pod Security `restricted` refuses, hooks that pods may wait for.
 */
export function checkObjects(
  objects: readonly KubernetesObject[],
  { values, namespace = 'default' }: ReleaseSet,
): readonly string[] {
  const names = new Set(namesIn(values));
  const rendered = [...objects];
  const here = rendered.map((object) => inOwnNamespace(object, names));
  const own = rendered.map((object) => ({
    ...object,
    spec: withoutContainers(object.spec, names),
  }));
  return [
    ...rendered.flatMap(validateObject),
    ...checkHooks(rendered),
    ...checkObjectGraph(here, { namespace, external: externalOf(values) }),
    ...checkRestricted(own),
  ];
}
