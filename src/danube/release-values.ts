import { z } from 'zod';
import { immutable } from '../helm/index';
import {
  annotations,
  dnsName,
  labels,
  objectName,
  storageClassName,
} from './pod/kubernetes-values';

const nameOverride = z
  .string()
  .regex(/^([a-z0-9]([a-z0-9-]*[a-z0-9])?)?$/)
  .max(53);

const RELEASE_VALUES = {
  nameOverride: immutable(
    nameOverride
      .default('')
      .describe(
        'Put between the release name and the names of the parts, and used as the label ' +
          'app.kubernetes.io/name.',
      ),
  ),
  fullnameOverride: nameOverride
    .default('')
    .describe('Takes the place of the release name in all names.'),
  commonLabels: labels
    .default({})
    .describe('More labels of every object, the pods included: a change restarts them.'),
  commonAnnotations: annotations
    .default({})
    .describe('More annotations of every object, but not of the pods.'),
  clusterDomain: dnsName.default('cluster.local').describe('DNS domain of the cluster.'),
  extraObjects: z
    .array(
      z.looseObject({
        apiVersion: z.string().min(1),
        kind: z.string().min(1),
        metadata: z.looseObject({ name: dnsName }),
      }),
    )
    .default([])
    .meta({
      description: 'More objects of the release, written out as Kubernetes knows them.',
      examples: [
        [
          {
            apiVersion: 'v1',
            kind: 'ConfigMap',
            metadata: { name: 'own-settings' },
            data: { key: 'value' },
          },
        ],
        [{ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'own-account' } }],
      ],
    }),
  platformAssignedIds: z
    .boolean()
    .default(false)
    .describe('The platform assigns user and group ids (OpenShift): leave them out of the pods.'),
};

/** The values that every Danube chart has at its root. */
export function releaseValues() {
  return RELEASE_VALUES;
}

/** The values that stand once at the root of a chart with several parts. */
export const VALUES_OF_ALL_PARTS: readonly string[] = [
  'global',
  ...Object.keys(releaseValues()).filter((key) => key !== 'extraObjects'),
];

const GLOBAL_VALUES = {
  imageRegistry: z
    .string()
    .regex(/^([A-Za-z0-9][A-Za-z0-9._/:-]*[A-Za-z0-9])?$/)
    .default('')
    .describe(
      'Registry that all images are pulled from, for example a mirror. It takes the place of ' +
        "an image's registry, or is put before an image that names none.",
    ),
  imagePullSecrets: z
    .array(objectName.min(1))
    .default([])
    .describe('Names of the Secrets that images are pulled with.'),
  storageClass: immutable(
    storageClassName
      .default('')
      .describe('Storage class of all volumes that name none themselves.'),
  ),
};

/** The values below `global`, which a parent chart shares with its subcharts. */
export function globalValues() {
  return GLOBAL_VALUES;
}
