import type { StatefulSetPersistentVolumeClaimRetentionPolicy } from 'kubernetes-types/apps/v1';
import { z } from 'zod';
import { when, type ManifestNode, type Ref } from '../../helm/index';
import { makesClaims, type Persistence } from './persistence';

const fate = z.enum(['Retain', 'Delete']);

/** What becomes of the volume claims of a StatefulSet whose pods go. */
export const claimRetentionValues = z
  .object({
    whenDeleted: fate
      .default('Retain')
      .describe('When the release is uninstalled. Delete: its data is lost.'),
    whenScaled: fate
      .default('Retain')
      .describe('When pods are scaled away. Delete: what only they stored is lost.'),
  })
  .prefault({})
  .describe('What becomes of the volume claims.');

/** The retention policy of a StatefulSet, where it makes claims. */
export function claimRetention(
  persistence: Ref<Persistence & { retentionPolicy: z.output<typeof claimRetentionValues> }>,
): ManifestNode<StatefulSetPersistentVolumeClaimRetentionPolicy | undefined> {
  const { whenDeleted, whenScaled } = persistence.retentionPolicy;
  return when<StatefulSetPersistentVolumeClaimRetentionPolicy>(makesClaims(persistence), {
    whenDeleted,
    whenScaled,
  });
}
