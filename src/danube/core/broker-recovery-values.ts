import { z } from 'zod';

/** The values below `broker.recovery`. */
export const brokerRecoveryValues = z
  .object({
    enabled: z
      .boolean()
      .default(true)
      .describe(
        'Restart a broker that lost its place in etcd, as soon as etcd is healthy: after an etcd ' +
          'outage broker 0.7.2 runs on, but takes no topics until it restarts.',
      ),
  })
  .prefault({})
  .describe('Recovery after an etcd outage, part of the liveness probe.');
