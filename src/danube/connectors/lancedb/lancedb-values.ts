import { z } from 'zod';
import { immutable, refusedKey } from '../../../helm/index';
import { gcsSecretValues } from '../../pod/gcs-secret-values';
import { storageClassName } from '../../pod/kubernetes-values';
import { claimValues } from '../../pod/persistence';
import { CLOUD_SECRETS } from '../cloud-credentials';
import { azureStorageAccount, s3Values } from '../cloud-storage-values';
import { connectorChartValues } from '../connector-chart-values';
import { CONNECTOR_PDB } from '../connector-objects';
import { sinkConfig, unsigned } from '../connector-config-values';
import { connectorValues } from '../connector-values';
import { freeText, freeTextOrNone } from '../free-text';
import { unpublishedSinkValues } from '../unpublished-sink';
import { lancedbRoute } from './lancedb-route-values';

const seconds = unsigned.min(1).max(86400);
const url = z
  .string()
  .regex(/^(https?:\/\/[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?(:[1-9][0-9]{0,4})?\/?)?$/)
  .default('');

const s3 = {
  ...s3Values('with s3_endpoint'),
  s3_virtual_hosted_style: z
    .boolean()
    .default(false)
    .describe('Write the bucket into the host name of requests.'),
  s3_express: z.boolean().default(false).describe('The bucket is one of S3 Express.'),
  s3_provider_scheme: z
    .enum(['token', 'ecs', 'irsa'])
    .optional()
    .describe('Where credentials come from; if not given, the chain of the AWS SDK.'),
  s3_sse: z
    .enum(['AES256', 'aws:kms', 'aws:kms:dsse'])
    .optional()
    .describe('How S3 encrypts; if not given, as the bucket says.'),
  s3_sse_kms_key_id: freeText.optional().describe('Key of KMS, needed for aws:kms.'),
  s3_sse_bucket_key_enabled: z.boolean().default(false).describe('Use a bucket key with KMS.'),
  s3_commit_table: z
    .string()
    .regex(/^[A-Za-z0-9_.-]{3,255}$/)
    .optional()
    .describe('Table of DynamoDB for commits, for stores without conditional writes.'),
};

const azure = {
  azure_storage_account: azureStorageAccount,
  azure_endpoint: url.meta({
    description: 'URL of another Azure endpoint.',
    examples: ['http://azurite.storage:10000', 'https://blob.example.com'],
  }),
  azure_use_emulator: z.boolean().default(false).describe('It is the emulator Azurite.'),
};

const cloud = {
  cloud_region: z
    .string()
    .regex(/^[a-z0-9-]+$/)
    .default('us-east-1')
    .describe('Region of LanceDB Cloud.'),
  cloud_host_override: url.meta({
    description: 'URL of LanceDB Enterprise, in place of the cloud.',
    examples: ['https://lancedb.example.com', 'http://lancedb.data:10024'],
  }),
};

/** The keys of connector.toml that only one storage has. */
export const STORAGE_KEYS = {
  s3: Object.keys(s3),
  azure: Object.keys(azure),
  cloud: Object.keys(cloud),
} as const;

const newTable = z
  .object({
    data_storage_version: freeText.optional().describe("Version of its files; Lance's default."),
    enable_v2_manifest_paths: z.boolean().optional().describe("Newer manifests; Lance's default."),
    enable_stable_row_ids: z.boolean().optional().describe("Lasting row ids; Lance's default."),
  })
  .prefault({})
  .describe('Tables that the sink makes.');

const optimize = z
  .object({
    enabled: z
      .boolean()
      .default(true)
      .describe('Tidy tables up. Only one pod may, so several need false.'),
    interval_secs: unsigned.min(1).default(300).describe('Seconds from one time to the next.'),
    compact: z.boolean().default(true).describe('Merge small files.'),
    target_rows_per_fragment: unsigned.min(1).default(1048576).describe('Rows of a merged file.'),
    update_indices: z.boolean().default(true).describe('Take new rows into the indices.'),
    prune_older_than_hours: unsigned
      .default(168)
      .describe('Hours after which old versions are deleted; 0: never. Less than 168 is a risk.'),
  })
  .prefault({})
  .describe('What is done to tables now and then.');

const config = z
  .object({
    ...sinkConfig(),
    lancedb: z
      .object({
        uri: z
          .string()
          .regex(/^((s3|gs|az|db):\/\/[A-Za-z0-9][A-Za-z0-9@._~%+=:/-]*|\/[A-Za-z0-9._/-]*)?$/)
          .default('')
          .meta({
            description:
              'Where the tables are: s3://bucket/path, gs://bucket/path, az://container/path, a ' +
              'path below /data, or db://name for the cloud.',
            examples: ['s3://vectors/lance', 'az://vectors/lance'],
          }),
        storage_backend: z
          .enum(['s3', 'gcs', 'azure', 'local', 'cloud'])
          .default('s3')
          .describe('What that is. Keys of another storage are refused.'),
        ...s3,
        ...azure,
        gcs_service_account_path: refusedKey(
          'the chart mounts the file',
          'set connector.gcsSecret',
        ),
        ...cloud,
        connect_timeout_secs: seconds.default(5).describe('Seconds that a connection may take.'),
        request_timeout_secs: seconds.default(30).describe('Seconds that a request may take.'),
        client_max_retries: unsigned.max(100).default(3).describe('So often it is tried again.'),
        client_retry_timeout_secs: seconds
          .default(180)
          .describe('Seconds after which it is not tried again.'),
        allow_invalid_certificates: z
          .boolean()
          .default(false)
          .describe('Take any certificate of the store. Not for production.'),
        storage_options: z
          .record(z.string().regex(/^[a-z][a-z0-9_]*$/), freeTextOrNone)
          .default({})
          .meta({
            description: 'More options of the store, as texts, in small letters.',
            examples: [{ pool_idle_timeout: '30s' }, { user_agent: 'danube', proxy_url: '' }],
          }),
        max_rows_per_write: unsigned.min(1).default(10000).describe('Rows of a write at most.'),
        write_concurrency: unsigned
          .min(1)
          .max(1000)
          .default(4)
          .describe('Tables that are written at the same time.'),
        new_table: newTable,
        optimize,
        routes: z
          .array(lancedbRoute)
          .default([])
          .describe('Which topic is written to which table.'),
        api_key: refusedKey(
          'it would stand readable in a ConfigMap',
          'set connector.secrets with LANCEDB_API_KEY',
        ),
      })
      .prefault({})
      .describe('LanceDB, and what is written to it.'),
  })
  .prefault({})
  .describe('What connector.toml says.');

const { size, accessModes, annotations, existingClaim } = claimValues({
  enabled: true,
  size: '20Gi',
});

/** The values below `connector` of a LanceDB sink. */
export const lancedbValues = z
  .object({
    ...connectorValues({
      image: 'unpublished',
      config,
      secrets: {
        LANCEDB_API_KEY: 'API key of LanceDB Cloud or Enterprise.',
        ...CLOUD_SECRETS.s3,
        ...CLOUD_SECRETS.azure,
        ...CLOUD_SECRETS.gcs,
      },
      backendPorts: [443],
    }),
    ...unpublishedSinkValues(),
    gcsSecret: gcsSecretValues(),
    persistence: z
      .object({
        size,
        storageClass: immutable(
          storageClassName
            .default('')
            .describe("Storage class; when empty, the cluster's default; - for none."),
        ),
        accessModes,
        annotations,
        existingClaim,
      })
      .prefault({})
      .describe(
        'The volume of storage_backend local, at /data. It goes when the release is uninstalled.',
      ),
  })
  .prefault({})
  .meta({ section: 'Connector', description: 'The LanceDB sink.' });

/** What the values below `connector` are once defaults are filled in. */
export type LancedbValues = z.output<typeof lancedbValues>;

/** All values of the chart danube-connector-lancedb. */
export const lancedbChartValues = z.object({
  ...connectorChartValues(CONNECTOR_PDB, 'connectorPersistentVolumeClaim'),
  connector: lancedbValues,
});
