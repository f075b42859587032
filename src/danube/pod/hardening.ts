import type { PodSecurityContext, SecurityContext } from 'kubernetes-types/core/v1';
import { not, spread, when, type Dynamic, type Expr, type Ref } from '../../helm/index';

interface PodIds {
  runAsUser: number;
  runAsGroup: number;
  fsGroup: number;
}

/**
 * The security context of a pod that meets Pod Security `restricted`. On OpenShift the platform
 * assigns the ids (`platformAssignedIds`), and own ones would be refused.
 */
export function restrictedPod(
  ids: Ref<PodIds>,
  platformAssignedIds: Expr<boolean>,
): Dynamic<PodSecurityContext> {
  const ownIds = not(platformAssignedIds);
  return {
    runAsNonRoot: true,
    ...spread(
      when<PodIds>(ownIds, {
        runAsUser: ids.runAsUser,
        runAsGroup: ids.runAsGroup,
        fsGroup: ids.fsGroup,
      }),
    ),
    fsGroupChangePolicy: 'OnRootMismatch',
    seccompProfile: { type: 'RuntimeDefault' },
  };
}

/** The security context of every container: no privileges, a file system that cannot be changed. */
export const RESTRICTED_CONTAINER: Dynamic<SecurityContext> = {
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  capabilities: { drop: ['ALL'] },
};
