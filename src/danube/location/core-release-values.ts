import { z } from 'zod';
import { namespaceName, port } from '../pod/kubernetes-values';

const CORE_RELEASE_VALUES = {
  releaseName: z
    .string()
    .regex(/^([a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*)?$/)
    .max(53)
    .default('')
    .describe(
      'Release name of danube-core; when empty, this release holds the core too. If the core ' +
        'has a fullnameOverride, that.',
    ),
  namespace: namespaceName.default('').describe('Its namespace; when empty, this one.'),
  adminPort: port.default(50051).describe('What broker.ports.admin is there.'),
};

/** The values that say which release of danube-core is meant. */
export function coreReleaseValues() {
  return CORE_RELEASE_VALUES;
}
