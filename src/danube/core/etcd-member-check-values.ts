import { z } from 'zod';
import { resources } from '../pod/kubernetes-values';

/** The values below `etcd.memberCheck`. */
export const etcdMemberCheckValues = z
  .object({
    enabled: z
      .boolean()
      .default(true)
      .describe(
        'Before an upgrade or rollback, compare the members of the living etcd with ' +
          'replicaCount. Where they differ it fails, and its log has the commands that add or ' +
          'remove members.',
      ),
    resources: resources
      .default({
        requests: { cpu: '10m', memory: '32Mi' },
        limits: { cpu: '200m', memory: '64Mi' },
      })
      .describe('CPU and memory of the Job.'),
  })
  .prefault({})
  .describe('A Job before each upgrade (a Helm hook) that keeps the quorum.');
