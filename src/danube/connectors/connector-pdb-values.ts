import { z } from 'zod';

/** The values `pdb` of a connector that may have several pods. */
export const connectorPdbValues = z
  .object({
    enabled: z
      .boolean()
      .default(true)
      .describe('Limit how many pods a drain of nodes stops at a time. Not for a single pod.'),
    maxUnavailable: z.int().min(1).max(100).default(1).describe('So many may be missing.'),
  })
  .prefault({})
  .describe('PodDisruptionBudget.');
