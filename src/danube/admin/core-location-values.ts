import { z } from 'zod';
import { namespaceName, port } from '../pod/kubernetes-values';

/** The values below `core`. */
export const coreLocationValues = z
  .object({
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
    prometheusPort: port.default(9090).describe('What prometheus.service.port is there.'),
  })
  .prefault({})
  .meta({
    section: 'Discovery',
    description: 'Where danube-core is installed. Its Services are found by their names.',
  });
