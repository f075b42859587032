import { z } from 'zod';
import { annotations, ipRange } from '../pod/kubernetes-values';

const nodePort = z.int().min(0).max(65535).default(0);

/** The values below `mcpAccess`. */
export const mcpAccessValues = z
  .object({
    enabled: z
      .boolean()
      .default(false)
      .describe(
        'Let danube-admin or an MCP server outside of the cluster connect without a ' +
          'port-forward. Neither port asks who connects: whoever does can delete topics.',
      ),
    type: z
      .enum(['LoadBalancer', 'NodePort'])
      .default('LoadBalancer')
      .describe('Type of the two Services.'),
    sourceRanges: z
      .array(ipRange)
      .default([])
      .meta({
        description:
          'Who may connect; needed. Load balancers and the network policies let nobody else in.',
        examples: [['203.0.113.7/32'], ['10.8.0.0/16', '2001:db8::/32']],
      }),
    unauthenticated: z
      .enum(['', 'allow'])
      .default('')
      .describe('Write allow to say that you know that nothing asks for a password.'),
    annotations: annotations
      .default({})
      .describe('Annotations of the two Services, such as one for an internal load balancer.'),
    adminNodePort: nodePort.describe('NodePort: the port of the brokers; 0: one is allotted.'),
    prometheus: z
      .boolean()
      .default(true)
      .describe('Publish the Prometheus of this release too, if there is one.'),
    prometheusNodePort: nodePort.describe('NodePort: the port of Prometheus; 0: one is allotted.'),
  })
  .prefault({})
  .meta({
    section: 'Administration from outside',
    description: 'The admin port of the brokers and Prometheus for MCP servers outside.',
  });
