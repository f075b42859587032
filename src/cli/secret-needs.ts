import { fieldAt, type ClusterObject } from './cluster-object';
import { isMap } from './plain-map';

/** A Secret that has to be there, because the release uses it and does not make it. */
export interface SecretNeed {
  readonly name: string;
  /** Its keys, as far as the objects name them. */
  readonly keys: readonly string[];
  readonly usedBy: readonly string[];
  /** Whether the pods start without it. */
  readonly isOptional: boolean;
}

interface Reference {
  readonly name: string;
  readonly keys: readonly string[];
  readonly isOptional: boolean;
}

function referenceIn(key: string, value: unknown): readonly Reference[] {
  if (key === 'imagePullSecrets' && Array.isArray(value)) {
    return value
      .filter(isMap)
      .map(({ name }) => ({ name: String(name), keys: [], isOptional: false }));
  }
  if (!isMap(value)) {
    return [];
  }
  const isOptional = value.optional === true;
  if (key === 'secretKeyRef' || key === 'secretRef') {
    const keys = typeof value.key === 'string' ? [value.key] : [];
    return typeof value.name === 'string' ? [{ name: value.name, keys, isOptional }] : [];
  }
  if (key === 'secret') {
    const name = value.secretName ?? value.name;
    const items = Array.isArray(value.items) ? value.items.filter(isMap) : [];
    const keys = items.map((item) => String(item.key));
    return typeof name === 'string' ? [{ name, keys, isOptional }] : [];
  }
  return [];
}

function referencesIn(tree: unknown): readonly Reference[] {
  if (Array.isArray(tree)) {
    return tree.flatMap(referencesIn);
  }
  return isMap(tree)
    ? Object.entries(tree).flatMap(([key, value]) => [
        ...referenceIn(key, value),
        ...referencesIn(value),
      ])
    : [];
}

/** Certificates of Ingresses, and passwords that an Ingress controller asks for. */
function ingressReferences(object: ClusterObject): readonly Reference[] {
  if (object.kind !== 'Ingress') {
    return [];
  }
  const tls = fieldAt(object, 'spec.tls');
  const certificates = (Array.isArray(tls) ? tls : [])
    .filter(isMap)
    .flatMap((each) =>
      typeof each.secretName === 'string'
        ? [{ name: each.secretName, keys: ['tls.crt', 'tls.key'] }]
        : [],
    );
  const password = object.metadata.annotations?.['nginx.ingress.kubernetes.io/auth-secret'];
  const passwords = password === undefined ? [] : [{ name: password, keys: ['auth'] }];
  return [...certificates, ...passwords].map((each) => ({ ...each, isOptional: false }));
}

/** Secrets that are in the release, or that cert-manager writes for it. */
function madeSecrets(objects: readonly ClusterObject[]): ReadonlySet<unknown> {
  return new Set(
    objects.flatMap((object): readonly unknown[] => {
      if (object.kind === 'Secret') {
        return [object.metadata.name];
      }
      return object.kind === 'Certificate' ? [fieldAt(object, 'spec.secretName')] : [];
    }),
  );
}

/** The Secrets that a release needs. */
export function secretNeeds(objects: readonly ClusterObject[]): readonly SecretNeed[] {
  const made = madeSecrets(objects);
  const needs = new Map<string, SecretNeed>();
  for (const object of objects) {
    const user = `${object.kind} ${object.metadata.name}`;
    for (const { name, keys, isOptional } of [
      ...referencesIn(object.spec),
      ...ingressReferences(object),
    ]) {
      const before = needs.get(name) ?? { name, keys: [], usedBy: [], isOptional: true };
      needs.set(name, {
        name,
        keys: [...new Set([...before.keys, ...keys])].sort(),
        usedBy: [...new Set([...before.usedBy, user])],
        isOptional: before.isOptional && isOptional,
      });
    }
  }
  return [...needs.values()].filter(({ name }) => !made.has(name));
}
