import type { ResourceRequirements } from 'kubernetes-types/core/v1';
import { z } from 'zod';
import {
  affinity,
  annotations,
  env,
  envFrom,
  extraContainers,
  extraEnv,
  extraVolumeMounts,
  extraVolumes,
  labels,
  objectName,
  resources,
  tolerations,
  topologySpreadConstraints,
} from './kubernetes-values';
import { podOverrides } from './pod-overrides-values';
import type { StopSequence } from './stop-sequence';

export interface PodDefaults {
  readonly resources: ResourceRequirements;
  readonly env?: Readonly<Record<string, string>>;
  /** User and group id that the container runs as. */
  readonly userId: number;
  /** Its grace period is the default. */
  readonly stop: StopSequence;
}

const id = z.int().min(1).max(2147483647);

const ENVIRONMENT_AND_PLACE = {
  extraEnv: extraEnv
    .default([])
    .describe('More environment variables, as Kubernetes knows them (valueFrom too).'),
  envFrom: envFrom
    .default([])
    .describe('Secrets and ConfigMaps whose keys become environment variables.'),
  extraArgs: z
    .array(z.string().min(1))
    .default([])
    .describe('More command line arguments, after those of the chart.'),
  nodeSelector: labels.default({}).describe('Labels that a node must have.'),
  tolerations: tolerations.default([]).describe('Taints that the pods tolerate.'),
  affinity: affinity.default({}).describe('Affinity of the pods.'),
  topologySpreadConstraints: topologySpreadConstraints
    .default([])
    .describe('How pods spread over zones and nodes.'),
  priorityClassName: objectName.default('').describe('Priority class of the pods.'),
  podLabels: labels.default({}).describe('More labels of the pods.'),
  podAnnotations: annotations.default({}).describe('More annotations of the pods.'),
};

const VOLUMES_AND_CONTAINERS = {
  extraVolumes: extraVolumes.default([]).describe('More volumes of the pods.'),
  extraVolumeMounts: extraVolumeMounts
    .default([])
    .describe('More volume mounts of the main container.'),
  extraInitContainers: extraContainers
    .default([])
    .describe('More init containers, before those of the chart.'),
  sidecars: extraContainers.default([]).describe('More containers in the pods.'),
  podOverrides,
  serviceAccount: z
    .object({
      create: z.boolean().default(true).describe('Make a service account for the pods.'),
      name: objectName
        .default('')
        .describe('Its name; when empty, that of the component (create) or "default".'),
      annotations: annotations
        .default({})
        .describe('Its annotations, for example for the identity of a cloud workload.'),
    })
    .prefault({})
    .describe('Service account of the pods.'),
};

/**
 * The values that every component's pods have, as Helm users expect them: resources, scheduling,
 * labels, environment, volumes, more containers, service account.
 */
export function podValues(defaults: PodDefaults) {
  return {
    resources: resources
      .default(defaults.resources)
      .describe('CPU and memory that the container asks for and may use.'),
    env: env.default({ ...defaults.env }).describe('Environment variables, name to value.'),
    ...ENVIRONMENT_AND_PLACE,
    podSecurityContext: z
      .object({
        runAsUser: id.default(defaults.userId).describe('User id of the processes.'),
        runAsGroup: id.default(defaults.userId).describe('Group id of the processes.'),
        fsGroup: id.default(defaults.userId).describe('Group id that owns the volumes.'),
      })
      .prefault({})
      .describe('Ids of the pods; left out when platformAssignedIds is true.'),
    terminationGracePeriodSeconds: z
      .int()
      .min(0)
      .max(86400)
      .default(defaults.stop.graceSeconds)
      .describe('Seconds that a pod has to stop before it is killed.'),
    ...VOLUMES_AND_CONTAINERS,
  };
}
