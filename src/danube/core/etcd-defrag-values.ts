import { z } from 'zod';
import { resources } from '../pod/kubernetes-values';
import { schedule } from '../pod/schedule';

/** The values below `etcd.defrag`. */
export const etcdDefragValues = z
  .object({
    enabled: z
      .boolean()
      .default(false)
      .describe(
        'Give free space in the files of etcd back to the volume. A member does not answer ' +
          'meanwhile. It is needed only after a flood of data: etcd fills free space again.',
      ),
    schedule: schedule.default('30 4 * * 0').describe('When, as cron has it.'),
    minReclaimableBytes: z
      .int()
      .min(0)
      .max(8 * 1024 * 1024 * 1024)
      .default(64 * 1024 * 1024)
      .describe('A member is left alone while less than so many bytes are free in its file.'),
    resources: resources
      .default({
        requests: { cpu: '10m', memory: '32Mi' },
        limits: { cpu: '200m', memory: '64Mi' },
      })
      .describe('CPU and memory of the Job.'),
  })
  .prefault({})
  .describe('Defragmentation: member by member, the leader last.');
