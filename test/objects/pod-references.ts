import type { IContainer, IVolume } from 'kubernetes-models/v1';
import { type KubernetesObject, type Report } from './kubernetes-object';
import { podContainers, type PodTemplate } from './pod-template';
import { findObject, objectExists, objectsOfKind, type Release } from './release';

/** The objects that a pod names exist, and have the keys that it names. */
export function checkPodReferences(template: PodTemplate, release: Release, report: Report): void {
  for (const reference of podReferences(template)) {
    checkReference(reference, release, report);
  }
}

interface Reference {
  path: string;
  kind: string;
  name?: string;
  key?: string;
  optional?: boolean;
}

function podReferences(template: PodTemplate): Reference[] {
  const { spec, specPath } = template;
  const references: Reference[] = [];
  if (spec.serviceAccountName) {
    const path = `${specPath}.serviceAccountName`;
    references.push({ path, kind: 'ServiceAccount', name: spec.serviceAccountName });
  }
  (spec.imagePullSecrets ?? []).forEach(({ name }, index) => {
    references.push({ path: `${specPath}.imagePullSecrets[${index}]`, kind: 'Secret', name });
  });
  (spec.volumes ?? []).forEach((volume, index) => {
    references.push(...volumeReferences(volume, `${specPath}.volumes[${index}]`));
  });
  for (const { container, path } of podContainers(template)) {
    references.push(...environmentReferences(container, path));
    references.push(...subPathReferences(container, path, spec.volumes ?? []));
  }
  return references;
}

function volumeReferences(volume: IVolume, path: string): Reference[] {
  const { configMap, secret, persistentVolumeClaim, projected } = volume;
  const references: Reference[] = [];
  if (configMap) {
    references.push(...sourceReferences('ConfigMap', configMap, `${path}.configMap`));
  }
  if (secret) {
    const source = { ...secret, name: secret.secretName };
    references.push(...sourceReferences('Secret', source, `${path}.secret`));
  }
  if (persistentVolumeClaim) {
    references.push({
      path: `${path}.persistentVolumeClaim.claimName`,
      kind: 'PersistentVolumeClaim',
      name: persistentVolumeClaim.claimName,
    });
  }
  (projected?.sources ?? []).forEach((source, index) => {
    const at = `${path}.projected.sources[${index}]`;
    if (source.configMap) {
      references.push(...sourceReferences('ConfigMap', source.configMap, `${at}.configMap`));
    }
    if (source.secret) {
      references.push(...sourceReferences('Secret', source.secret, `${at}.secret`));
    }
  });
  return references;
}

interface DataSource {
  name?: string;
  items?: { key: string }[];
  optional?: boolean;
}

/** One reference to the object, and one for each key of it that is named. */
function sourceReferences(kind: string, source: DataSource, path: string): Reference[] {
  const { name, items, optional } = source;
  const keys = (items ?? []).map(({ key }, index) => ({
    path: `${path}.items[${index}].key`,
    kind,
    name,
    key,
    optional,
  }));
  // A missing object is told once, not once for each of its keys.
  return keys.length > 0 ? keys : [{ path, kind, name, optional }];
}

function environmentReferences(container: IContainer, path: string): Reference[] {
  const references: Reference[] = [];
  (container.env ?? []).forEach(({ valueFrom }, index) => {
    const at = `${path}.env[${index}].valueFrom`;
    if (valueFrom?.configMapKeyRef) {
      const source = valueFrom.configMapKeyRef;
      references.push({ path: `${at}.configMapKeyRef`, kind: 'ConfigMap', ...source });
    }
    if (valueFrom?.secretKeyRef) {
      references.push({ path: `${at}.secretKeyRef`, kind: 'Secret', ...valueFrom.secretKeyRef });
    }
  });
  (container.envFrom ?? []).forEach(({ configMapRef, secretRef }, index) => {
    const at = `${path}.envFrom[${index}]`;
    if (configMapRef) {
      references.push({ path: `${at}.configMapRef`, kind: 'ConfigMap', ...configMapRef });
    }
    if (secretRef) {
      references.push({ path: `${at}.secretRef`, kind: 'Secret', ...secretRef });
    }
  });
  return references;
}

/** A subPath that is no key of the mounted object would be mounted as an empty directory. */
function subPathReferences(container: IContainer, path: string, volumes: IVolume[]): Reference[] {
  const references: Reference[] = [];
  (container.volumeMounts ?? []).forEach((mount, index) => {
    const volume = volumes.find(({ name }) => name === mount.name);
    const at = `${path}.volumeMounts[${index}].subPath`;
    if (!mount.subPath || mount.subPath.includes('/')) {
      return;
    }
    if (volume?.configMap && !volume.configMap.items) {
      const { name, optional } = volume.configMap;
      references.push({ path: at, kind: 'ConfigMap', name, key: mount.subPath, optional });
    }
    if (volume?.secret && !volume.secret.items) {
      const { secretName, optional } = volume.secret;
      references.push({ path: at, kind: 'Secret', name: secretName, key: mount.subPath, optional });
    }
  });
  return references;
}

function checkReference(reference: Reference, release: Release, report: Report): void {
  const { path, kind, key, optional } = reference;
  const name = reference.name ?? '';
  if (optional) {
    return;
  }
  const keys = dataKeys(release, kind, name);
  if (!keys) {
    if (!objectExists(release, kind, name)) {
      report(path, `there is no ${kind} "${name}"`);
    }
    return;
  }
  if (key !== undefined && !keys.includes(key)) {
    report(path, `${kind} "${name}" has no key "${key}"`);
  }
}

/** The keys of a rendered ConfigMap or Secret; undefined when it is not among the objects. */
export function dataKeys(release: Release, kind: string, name: string): string[] | undefined {
  const object = findObject(release, kind, name);
  if (object) {
    return [object.data, object.binaryData, object.stringData].flatMap((data) =>
      Object.keys(data ?? {}),
    );
  }
  const isIssued = objectsOfKind(release, 'Certificate').some(
    (certificate) => issuedSecret(certificate) === name,
  );
  return kind === 'Secret' && isIssued ? ['ca.crt', 'tls.crt', 'tls.key'] : undefined;
}

/** cert-manager makes the Secret that a Certificate names. */
function issuedSecret(certificate: KubernetesObject): string | undefined {
  return (certificate.spec as { secretName?: string } | undefined)?.secretName;
}
