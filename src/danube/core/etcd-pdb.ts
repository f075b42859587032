import type { Construct } from 'constructs';
import type { PodDisruptionBudget } from 'kubernetes-types/policy/v1';
import type { z } from 'zod';
import { and, div, Gate, gt, KubernetesObject, or, sub, type Ref } from '../../helm/index';
import type { ReleaseContext } from '../release-context';
import { ETCD } from './components';
import type { etcdValues } from './etcd-values';

/**
 * The PodDisruptionBudget of `etcd.pdb`: as many members may be missing as leave a quorum, 1 of 3
 * and 2 of 5. A member that has no quorum is not ready and so counts as missing already.
 *
 * Of a single member none may be missing, which blocks every drain of its node until its pod is
 * deleted. So it gets a budget only where `etcd.pdb.protectSingleMember` asks for it.
 */
export function addEtcdPdb(
  scope: Construct,
  values: Ref<z.output<typeof etcdValues>>,
  release: ReleaseContext,
): KubernetesObject<PodDisruptionBudget> {
  const { pdb, replicaCount } = values;
  const isWanted = or(gt(replicaCount, 1), pdb.protectSingleMember);
  const gate = new Gate(scope, 'pdb', and(pdb.enabled, isWanted));
  return new KubernetesObject<PodDisruptionBudget>(
    gate,
    'Default',
    {
      apiVersion: 'policy/v1',
      kind: 'PodDisruptionBudget',
      metadata: release.metadata(release.names.etcd, ETCD, { object: 'etcdPdb' }),
      spec: {
        maxUnavailable: div(sub(replicaCount, 1), 2),
        // A member that is not ready may be catching up: without a quorum of others it stays.
        unhealthyPodEvictionPolicy: 'IfHealthyBudget',
        selector: { matchLabels: release.labels.selecting(ETCD) },
      },
    },
    { comment: 'The members that stay are a quorum.' },
  );
}
