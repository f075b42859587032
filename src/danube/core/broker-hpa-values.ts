import { z } from 'zod';
import { scalingBehavior } from '../pod/kubernetes-values';

const percent = z.int().min(1).max(1000);

/** The values below `broker.hpa`. */
export const brokerHpaValues = z
  .object({
    enabled: z
      .boolean()
      .default(false)
      .describe(
        'Let the load decide how many brokers run; broker.replicaCount is then not used. New ' +
          'brokers get new topics only: topics move to them when they are rebalanced by hand.',
      ),
    minReplicas: z.int().min(1).max(1000).default(3).describe('At least so many brokers.'),
    maxReplicas: z.int().min(1).max(1000).default(10).describe('At most so many brokers.'),
    targetCPU: percent
      .default(70)
      .describe('CPU that the brokers use on average, in per cent of resources.requests.cpu.'),
    targetMemory: percent.optional().meta({
      description: 'Memory, in per cent of resources.requests.memory; not looked at when unset.',
      examples: [80],
    }),
    behavior: scalingBehavior
      .default({
        scaleDown: {
          stabilizationWindowSeconds: 1800,
          policies: [{ type: 'Pods', value: 1, periodSeconds: 600 }],
        },
      })
      .describe(
        'How fast it scales. By default one broker goes in ten minutes, after half an hour of ' +
          'less load: each time its topics stand still for about 32 seconds.',
      ),
  })
  .prefault({})
  .describe('Horizontal autoscaling of the brokers; needs a metrics server.');
