import type { PodSecurityContext, SecurityContext } from 'kubernetes-types/core/v1';
import { not, required, spread, when, type Dynamic, type Expr, type Ref } from '../../helm/index';
import type { PodOverrides } from './pod-overrides-values';

interface PodIds {
  runAsUser: number;
  runAsGroup: number;
  fsGroup: number;
}

/** The values of a pod that say how it is secured. */
export interface SecuredPod {
  readonly podSecurityContext: Ref<PodIds>;
  readonly podOverrides: Ref<PodOverrides>;
}

/**
 * The security context of a pod that meets Pod Security `restricted`, whatever its overrides are.
 * On OpenShift the platform assigns the ids (`platformAssignedIds`), and own ones would be refused.
 */
export function restrictedPod(
  { podSecurityContext: ids, podOverrides }: SecuredPod,
  platformAssignedIds: Expr<boolean>,
): Dynamic<PodSecurityContext> {
  const ownIds = not(platformAssignedIds);
  const given = podOverrides.securityContext;
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
    ...spread(given),
    seccompProfile: when(given.seccompProfile, required(given.seccompProfile), {
      type: 'RuntimeDefault',
    }),
  };
}

/** The security context of every container: no privileges, a file system that cannot be changed. */
export const RESTRICTED_CONTAINER: Dynamic<SecurityContext> = {
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  capabilities: { drop: ['ALL'] },
};
