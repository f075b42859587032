import type { IContainer, IPodSpec } from 'kubernetes-models/v1';
import { type KubernetesObject, type ObjectMetadata } from './kubernetes-object';

/** The pod that an object runs: of a Pod itself, or the template of a workload. */
export interface PodTemplate {
  owner: KubernetesObject;
  metadata: Partial<ObjectMetadata>;
  metadataPath: string;
  labels: Record<string, string>;
  spec: IPodSpec;
  specPath: string;
}

export interface PodContainer {
  container: IContainer;
  path: string;
  role: 'container' | 'init' | 'ephemeral';
}

interface TemplateFields {
  metadata?: Partial<ObjectMetadata>;
  spec?: IPodSpec;
}

interface TemplateHolder {
  template?: TemplateFields;
  jobTemplate?: { spec?: { template?: TemplateFields } };
}

export function findPodTemplate(object: KubernetesObject): PodTemplate | undefined {
  const spec = object.spec as TemplateHolder | undefined;
  switch (object.kind) {
    case 'Pod':
      return podTemplate(object, object, '');
    case 'Deployment':
    case 'ReplicaSet':
    case 'StatefulSet':
    case 'DaemonSet':
    case 'Job':
      return podTemplate(object, spec?.template, 'spec.template.');
    case 'CronJob':
      return podTemplate(object, spec?.jobTemplate?.spec?.template, cronJobTemplatePath);
    default:
      return undefined;
  }
}

const cronJobTemplatePath = 'spec.jobTemplate.spec.template.';

function podTemplate(
  owner: KubernetesObject,
  fields: TemplateFields | undefined,
  path: string,
): PodTemplate | undefined {
  if (!fields?.spec) {
    return undefined;
  }
  const metadata = fields.metadata ?? {};
  return {
    owner,
    metadata,
    metadataPath: `${path}metadata`,
    labels: metadata.labels ?? {},
    spec: fields.spec,
    specPath: `${path}spec`,
  };
}

export function findPodTemplates(objects: KubernetesObject[]): PodTemplate[] {
  return objects.map(findPodTemplate).filter((template) => template !== undefined);
}

export function podContainers(template: PodTemplate): PodContainer[] {
  const { spec, specPath } = template;
  const ephemeral = (spec.ephemeralContainers ?? []) as IContainer[];
  return [
    ...listContainers(spec.initContainers ?? [], `${specPath}.initContainers`, 'init'),
    ...listContainers(spec.containers, `${specPath}.containers`, 'container'),
    ...listContainers(ephemeral, `${specPath}.ephemeralContainers`, 'ephemeral'),
  ];
}

function listContainers(
  containers: IContainer[],
  path: string,
  role: PodContainer['role'],
): PodContainer[] {
  return containers.map((container, index) => ({ container, path: `${path}[${index}]`, role }));
}

/** Containers that run side by side for the life of the pod: not the plain init containers. */
export function runningContainers(template: PodTemplate): PodContainer[] {
  return podContainers(template).filter(
    ({ container, role }) => role !== 'init' || container.restartPolicy === 'Always',
  );
}
