import { z } from 'zod';
import { gcsSecretValues } from '../pod/gcs-secret-values';
import { absolutePath, objectName } from '../pod/kubernetes-values';

const MEBIBYTE = 1024 * 1024;

/** Facts on Danube, 1.5: all are unsigned 32-bit numbers. */
const limit = z.int().min(0).max(4294967295);
const count = z.int().min(1).max(4294967295);

/** A Danube namespace: what topic names begin with. */
const namespaceName = z.string().regex(/^[A-Za-z0-9_-]+$/);

const policies = z
  .object({
    maxProducersPerTopic: limit.default(0).describe('Producers of a topic; 0 is unlimited.'),
    maxSubscriptionsPerTopic: limit
      .default(0)
      .describe('Subscriptions of a topic; 0 is unlimited.'),
    maxConsumersPerTopic: limit.default(0).describe('Consumers of a topic; 0 is unlimited.'),
    maxConsumersPerSubscription: limit
      .default(0)
      .describe('Consumers of a subscription; 0 is unlimited.'),
    maxPublishRate: limit.default(0).describe('Messages a second into a topic; 0 is unlimited.'),
    maxSubscriptionDispatchRate: limit
      .default(0)
      .describe('Messages a second to a subscription; 0 is unlimited.'),
    maxMessageSize: count
      .default(10 * MEBIBYTE)
      .describe('Bytes of a message. Above about 4 MiB the gRPC limit comes first.'),
  })
  .prefault({})
  .describe('Limits of a namespace. They are copied into a namespace when it is created.');

const rebalancing = z
  .object({
    enabled: z
      .boolean()
      .default(false)
      .describe(
        'Move topics between brokers by load. In 0.7.2 a move deletes the stored history and ' +
          'the cursors of reliable topics: leave it off.',
      ),
    aggressiveness: z
      .enum(['conservative', 'balanced', 'aggressive'])
      .default('balanced')
      .describe('How much imbalance is accepted: a variation of 0.40, 0.30 or 0.20.'),
    checkIntervalSeconds: count.default(300).describe('Seconds between checks.'),
    maxMovesPerHour: count.default(10).describe('Topics moved in an hour.'),
    cooldownSeconds: limit.default(60).describe('Seconds between two moves.'),
    minBrokersForRebalance: count.default(2).describe('Brokers below which nothing is moved.'),
    minTopicAgeSeconds: limit.default(300).describe('Seconds that a topic stays where it began.'),
    blacklistTopics: z
      .array(z.string().regex(/^\/[A-Za-z0-9_-]+\/([A-Za-z0-9_-]+|\*)$/))
      .default([])
      .describe('Topics that are never moved: /namespace/topic or /namespace/*.'),
  })
  .prefault({})
  .describe('Rebalancing of topics.');

const wal = {
  walDir: absolutePath
    .default('/danube-data/wal')
    .describe('Directory of the write-ahead log, on the data volume.'),
  walFileName: z
    .string()
    .regex(/^[A-Za-z0-9._-]+$/)
    .default('wal.log')
    .describe("Name of a topic's log file."),
  walCacheCapacity: count.default(1024).describe('Messages of a topic kept in memory.'),
  walFileSync: z
    .object({
      intervalMs: count
        .default(5000)
        .describe('Milliseconds until buffered messages are written; also what any stop loses.'),
      maxBatchBytes: count
        .default(10 * MEBIBYTE)
        .describe('Bytes after which they are written earlier.'),
    })
    .prefault({})
    .describe('When messages are written to disk.'),
  walRotation: z
    .object({
      maxBytes: count.default(512 * MEBIBYTE).describe('Bytes of a log file.'),
      maxHours: count
        .optional()
        .meta({ description: 'Hours of a log file; unlimited when unset.', examples: [24] }),
    })
    .prefault({})
    .describe('When a new log file is begun.'),
  walRetention: z
    .object({
      timeMinutes: count.default(2880).describe('Minutes that uploaded log files are kept.'),
      sizeMb: count
        .default(4096)
        .describe('Megabytes of log files that a topic keeps; less than the volume.'),
      checkIntervalMinutes: count.default(5).describe('Minutes between checks of the two.'),
    })
    .prefault({})
    .describe('When old log files, whose content is uploaded, are removed.'),
};

const cloud = {
  uploaderEnabled: z
    .boolean()
    .default(true)
    .describe('Refused when false: broker 0.7.2 always uploads to cloudBackend.'),
  uploader: z
    .object({
      intervalSeconds: count
        .default(300)
        .describe('Seconds between uploads; also what the loss of a broker and its volume loses.'),
      rootPrefix: absolutePath
        .default('/danube')
        .describe('etcd key prefix of the storage metadata. Never change it on a living cluster.'),
      maxObjectMb: count.optional().meta({
        description: 'Megabytes of an uploaded object; unlimited when unset.',
        examples: [1024],
      }),
    })
    .prefault({})
    .describe('Upload of the log to cloudBackend.'),
  cloudBackend: z
    .enum(['fs', 's3', 'gcs', 'azblob', 'memory'])
    .default('fs')
    .describe(
      'Where the history of reliable topics is kept. With fs each broker keeps its own, unless ' +
        'sharedVolume is given: a topic that moves to another broker then loses it.',
    ),
  cloudRoot: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9._:/-]*$|^\/[A-Za-z0-9._/-]*$/)
    .default('/danube-data/cloud-storage')
    .describe(
      'fs: a directory on the data volume; s3: s3://bucket/prefix; gcs: gcs://bucket/prefix; azblob: container.',
    ),
  sharedVolume: z
    .object({
      existingClaim: objectName
        .default('')
        .describe('A ReadWriteMany claim that all brokers mount at cloudRoot, for fs.'),
    })
    .prefault({})
    .describe('Storage that the brokers share.'),
  s3: z
    .object({
      region: z
        .string()
        .regex(/^[a-z0-9-]*$/)
        .default('')
        .meta({ description: 'Region; needed for s3.', examples: ['eu-central-1', 'us-east-2'] }),
      endpoint: z
        .string()
        .regex(/^(https?:\/\/[A-Za-z0-9.:/_-]+)?$/)
        .default('')
        .meta({
          description: "Endpoint of an S3 that is not Amazon's.",
          examples: ['http://minio:9000', 'https://s3.example.com'],
        }),
      virtualHostStyle: z
        .boolean()
        .optional()
        .meta({
          description:
            "Put the bucket into the host name instead of the path; the client's choice if unset.",
          examples: [true],
        }),
    })
    .prefault({})
    .describe('Amazon S3 and its like.'),
  azblob: z
    .object({
      endpoint: z
        .string()
        .regex(/^(https?:\/\/[A-Za-z0-9.:/_-]+)?$/)
        .default('')
        .meta({
          description: 'Endpoint of the storage account; needed for azblob.',
          examples: ['https://account.blob.core.windows.net', 'http://azurite:10000/devstore'],
        }),
      accountName: z
        .string()
        .regex(/^[a-z0-9]*$/)
        .default('')
        .meta({ description: 'Name of the storage account.', examples: ['account', 'other'] }),
    })
    .prefault({})
    .describe('Azure Blob Storage.'),
  credentials: z
    .object({
      existingSecret: objectName
        .default('')
        .describe(
          'Secret whose keys are the environment variables that the client reads: ' +
            'AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AZBLOB_ACCOUNT_KEY.',
        ),
      gcsSecret: gcsSecretValues(),
    })
    .prefault({})
    .describe('Credentials by reference; none for workload identity or node roles.'),
};

/** The values below `broker.config`: all of danube_broker.yml that users may choose. */
export const brokerConfigValues = z
  .object({
    autoCreateTopics: z
      .boolean()
      .default(true)
      .describe('Create a topic when its first producer or consumer comes.'),
    bootstrapNamespaces: z
      .array(namespaceName)
      .default(['default'])
      .describe('Namespaces to create; "default" and "system" are there anyway.'),
    assignmentStrategy: z
      .enum(['fair', 'balanced', 'weighted_load'])
      .default('balanced')
      .describe('How a new topic finds its broker.'),
    loadReportIntervalSeconds: count
      .default(30)
      .describe('Seconds between the load reports of a broker.'),
    rebalancing,
    auth: z
      .object({
        mode: z
          .enum(['none', 'tls'])
          .default('none')
          .describe(
            'tls: the client port speaks TLS, with the certificate of broker.tls. The admin ' +
              'port is plaintext in 0.7.2 either way.',
          ),
      })
      .prefault({})
      .describe('Protection of the client port.'),
    storage: z
      .object({ ...wal, ...cloud })
      .prefault({})
      .describe('Write-ahead log and object storage.'),
    policies,
  })
  .prefault({})
  .describe('The configuration file danube_broker.yml. A change restarts the brokers one by one.');
