import { z } from 'zod';
import { imageValues } from '../pod/image';
import { resources } from '../pod/kubernetes-values';
import { TRAIN_0_7 } from '../release-train';

/** The values below `broker.externalAccess.discovery`. */
export const addressDiscoveryValues = z
  .object({
    enabled: z
      .boolean()
      .default(false)
      .describe(
        'Ask the API server, before a broker starts, for what cannot be known when the chart is ' +
          'rendered: its allotted node port or the address of its load balancer. Brokers get a ' +
          'Role to read their own Services and nothing else.',
      ),
    image: imageValues(TRAIN_0_7.cli)
      .prefault({})
      .describe('Image with bash and curl, which the image of the broker lacks.'),
    resources: resources
      .default({
        requests: { cpu: '10m', memory: '32Mi' },
        limits: { cpu: '100m', memory: '64Mi' },
      })
      .describe('Resources of the init container.'),
  })
  .prefault({})
  .describe('An init container that finds the address of its broker.');
