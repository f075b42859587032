import type { Container, PodTemplateSpec, Volume } from 'kubernetes-types/core/v1';
import type { z } from 'zod';
import {
  each,
  nonEmpty,
  spread,
  type Dynamic,
  type DynamicFields,
  type Expr,
  type ListItem,
  type Ref,
} from '../../helm/index';
import { RESTRICTED_CONTAINER, restrictedPod } from '../pod/hardening';
import type { Image } from '../pod/image';
import type { ReleaseContext } from '../release-context';
import type { etcdValues } from './etcd-values';

/** A pod that runs to its end and has to do with etcd. */
export interface EtcdJobPod {
  readonly component: string;
  readonly etcd: Ref<z.output<typeof etcdValues>>;
  readonly release: ReleaseContext;
  /** Default: the account `default` of the namespace; no token is mounted. */
  readonly serviceAccountName?: Expr<string>;
  readonly initContainers?: readonly ListItem<Container>[];
  readonly containers: readonly ListItem<Container>[];
  readonly volumes?: readonly ListItem<Volume>[];
}

/** The pods of Jobs that have to do with etcd: scheduled as its members are, with no privileges. */
export function etcdJobPod(parts: EtcdJobPod): Dynamic<PodTemplateSpec> {
  const { etcd, release } = parts;
  return {
    metadata: { labels: release.labels.ofPods(parts.component, etcd.podLabels) },
    spec: {
      restartPolicy: 'Never',
      serviceAccountName: parts.serviceAccountName && nonEmpty(parts.serviceAccountName),
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      imagePullSecrets: [each(release.imagePullSecrets, (name) => ({ name }))],
      priorityClassName: nonEmpty(etcd.priorityClassName),
      securityContext: restrictedPod(etcd, release.platformAssignedIds),
      initContainers: parts.initContainers,
      containers: parts.containers,
      volumes: parts.volumes,
      nodeSelector: nonEmpty(etcd.nodeSelector),
      tolerations: nonEmpty(etcd.tolerations),
      ...spread(etcd.podOverrides.spec),
    },
  };
}

/** What every container of these pods has. */
export function jobContainer(
  release: ReleaseContext,
  image: Ref<Image>,
  name: string,
  container: Omit<DynamicFields<Container>, 'image' | 'name'>,
): Dynamic<Container> {
  return {
    name,
    ...container,
    image: release.image(image),
    imagePullPolicy: image.pullPolicy,
    securityContext: RESTRICTED_CONTAINER,
  };
}
