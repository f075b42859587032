import { z } from 'zod';
import { imageValues } from '../pod/image';
import { objectName, resources } from '../pod/kubernetes-values';
import { claimValues } from '../pod/persistence';
import { schedule } from '../pod/schedule';

/** The values below `etcd.snapshots`. */
export const etcdSnapshotValues = z
  .object({
    enabled: z
      .boolean()
      .default(false)
      .describe('Take snapshots of etcd. docs/etcd-restore.md says how they are put back.'),
    schedule: schedule.default('0 * * * *').describe('When, as cron has it.'),
    retain: z.int().min(1).max(1000).default(24).describe('Number of snapshots that are kept.'),
    destination: z
      .enum(['claim', 's3'])
      .default('claim')
      .describe('Where they are kept: on a volume claim, or in an object store.'),
    persistence: z
      .object(claimValues({ enabled: true, size: '5Gi' }))
      .omit({ enabled: true })
      .prefault({})
      .describe('The claim, for destination claim. It stays when the release goes.'),
    s3: z
      .object({
        bucket: z
          .string()
          .regex(/^([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])?$/)
          .default('')
          .describe('Bucket.'),
        prefix: z
          .string()
          .regex(/^[A-Za-z0-9._-]+(\/[A-Za-z0-9._-]+)*$/)
          .default('etcd')
          .describe('Folder in the bucket, for the snapshots of this release alone.'),
        region: z
          .string()
          .regex(/^[a-z0-9-]+$/)
          .default('us-east-1')
          .describe('Region of the bucket.'),
        endpoint: z
          .string()
          .regex(/^(https?:\/\/[^\s/]+(\/\S*)?)?$/)
          .default('')
          .meta({
            description: 'URL of an S3-compatible store; when empty, AWS.',
            examples: ['http://minio:9000', 'https://s3.example.com'],
          }),
        existingSecret: objectName
          .default('')
          .describe(
            'Secret with AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY; without one the identity ' +
              'of serviceAccountName counts.',
          ),
        image: imageValues({ repository: 'amazon/aws-cli', tag: '2.17.0' })
          .prefault({})
          .describe('Image with the AWS command line and a shell, which stores the snapshots.'),
      })
      .prefault({})
      .describe('The object store, for destination s3.'),
    serviceAccountName: objectName
      .default('')
      .describe('Account of the pods that is there already; when empty, "default".'),
    resources: resources
      .default({
        requests: { cpu: '50m', memory: '64Mi' },
        limits: { cpu: '500m', memory: '512Mi' },
      })
      .describe('CPU and memory of each container.'),
  })
  .prefault({})
  .describe('Snapshots of etcd.');
