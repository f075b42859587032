import { z } from 'zod';

/** The values below `broker.pdb`. */
export const brokerPdbValues = z
  .object({
    enabled: z
      .boolean()
      .default(true)
      .describe(
        'Limit how many brokers a drain of nodes stops at a time. Not for a single broker.',
      ),
    maxUnavailable: z
      .int()
      .min(1)
      .max(1000)
      .default(1)
      .describe('So many brokers may be missing; not looked at when minAvailable is set.'),
    minAvailable: z
      .int()
      .min(0)
      .max(1000)
      .default(0)
      .describe('So many brokers have to stay, in place of maxUnavailable; 0: not looked at.'),
  })
  .prefault({})
  .describe('PodDisruptionBudget of the brokers.');
