import { z } from 'zod';
import { refusedKey } from '../../../helm/index';
import { gcsSecretValues } from '../../pod/gcs-secret-values';
import { TRAIN_0_7 } from '../../release-train';
import { CLOUD_SECRETS } from '../cloud-credentials';
import { azureStorageAccount, s3Values } from '../cloud-storage-values';
import { configVersionValue } from '../config-version';
import { connectorChartValues } from '../connector-chart-values';
import { CONNECTOR_PDB } from '../connector-objects';
import { milliseconds, sinkConfig, sinkRoute, unsigned } from '../connector-config-values';
import { connectorPdbValues } from '../connector-pdb-values';
import { connectorValues } from '../connector-values';
import { fieldMapping } from '../field-mapping';
import { sinkValues } from '../sink-connector';

/** What the sink takes; rules refuse those that it cannot write (facts on connectors, 4.1). */
const DATA_TYPES = [
  ...['Utf8', 'Int8', 'Int16', 'Int32', 'Int64', 'UInt8', 'UInt16', 'UInt32', 'UInt64'],
  ...['Float32', 'Float64', 'Boolean', 'Binary', 'Timestamp', 'Date32', 'Date64'],
] as const;

const mapping = fieldMapping(
  DATA_TYPES,
  'Type of the column: Utf8, Int8 to Int64, Float32, Float64, Boolean or Binary. UInt8 to ' +
    'UInt64 and Timestamp need connector.allowUnsafeDataTypes; Date32 and Date64 are refused.',
);

const EXAMPLE_FIELDS: z.input<typeof mapping>[] = [
  { json_path: 'id', column: 'id', data_type: 'Utf8', nullable: false },
  { json_path: 'order.total', column: 'total', data_type: 'Float64' },
];

const route = z.object({
  ...sinkRoute(),
  to: z
    .string()
    .regex(/^(s3a?|az|adl|azure|abfss?|gs):\/\/[A-Za-z0-9][A-Za-z0-9@._~%+=:/-]*$/)
    .describe(
      'URL of the table: s3:// or s3a://, abfss:// (or abfs, az, adl, azure), or gs://. It is ' +
        'made by the first message if it is missing.',
    ),
  field_mappings: z.array(mapping).min(1).describe('What becomes of a message: its columns.'),
  write_mode: z
    .enum(['append', 'overwrite'])
    .default('append')
    .describe('append; overwrite is refused, because the sink always appends.'),
  include_danube_metadata: z
    .boolean()
    .default(false)
    .describe(
      'Add the column _danube_metadata (JSON: topic, timestamp, timestamp_iso). A table that is ' +
        'there without it takes no more messages.',
    ),
  batch_size: unsigned
    .min(1)
    .optional()
    .describe('Messages of this route that are written at a time. For configVersion 0.2.'),
  flush_interval_ms: milliseconds
    .min(1)
    .optional()
    .describe('Milliseconds until fewer messages are written too. For configVersion 0.2.'),
  subscription_type: refusedKey('the sink always subscribes as Shared', 'leave it out'),
  topic: refusedKey('that is the word of 0.2', 'write from, whatever the version'),
  delta_table_path: refusedKey('that is the word of 0.2', 'write to, whatever the version'),
});

const BATCH_KEY = 'batches are the same for all connectors here';

const config = z
  .object({
    // Each write makes a file, so they are larger than those of other sinks.
    ...sinkConfig({ batchSize: 1000, batchTimeoutMs: 1000 }),
    deltalake: z
      .object({
        storage_backend: z
          .enum(['s3', 'azure', 'gcs'])
          .default('s3')
          .describe('Where the tables are. Keys of the other storages are refused.'),
        ...s3Values('for s3'),
        azure_storage_account: azureStorageAccount,
        azure_container: z
          .string()
          .regex(/^([a-z0-9](-?[a-z0-9])+)?$/)
          .max(63)
          .default('')
          .meta({
            description: 'Container, needed for azure. The URLs of the routes name it too.',
            examples: ['lake', 'tables-2'],
          }),
        gcp_project_id: z
          .string()
          .regex(/^([a-z][a-z0-9.:-]*[a-z0-9])?$/)
          .default('')
          .meta({
            description: 'Google Cloud project, needed for gcs: the sink does not start without.',
            examples: ['my-project', 'example.com:lake'],
          }),
        routes: z
          .array(route)
          .default([])
          .meta({
            description: 'Which topic is written to which table.',
            examples: [
              [
                {
                  from: '/default/events',
                  subscription: 'lake',
                  to: 's3://lake/events',
                  field_mappings: EXAMPLE_FIELDS,
                },
              ],
              [
                {
                  from: '/default/orders',
                  subscription: 'lake',
                  to: 's3a://lake/orders',
                  include_danube_metadata: true,
                  expected_schema_subject: 'orders-v1',
                  field_mappings: EXAMPLE_FIELDS,
                },
              ],
            ],
          }),
        batch_size: refusedKey(BATCH_KEY, 'write config.processing.batch_size'),
        flush_interval_ms: refusedKey(BATCH_KEY, 'write config.processing.batch_timeout_ms'),
        topic_mappings: refusedKey('that is the word of 0.2', 'write routes, whatever the version'),
      })
      .prefault({})
      .describe('The storage, and the tables that are written.'),
  })
  .prefault({})
  .describe('What connector.toml says, in the words of 0.3.');

/** The values below `connector` of a Delta Lake sink. */
export const deltaLakeValues = z
  .object({
    configVersion: configVersionValue(TRAIN_0_7.connectors.deltalake),
    ...connectorValues({
      image: TRAIN_0_7.connectors.deltalake,
      config,
      secrets: { ...CLOUD_SECRETS.s3, ...CLOUD_SECRETS.azure, ...CLOUD_SECRETS.gcs },
      backendPorts: [443],
    }),
    ...sinkValues(),
    pdb: connectorPdbValues,
    gcsSecret: gcsSecretValues(),
    allowUnsafeDataTypes: z
      .boolean()
      .default(false)
      .describe(
        'Take UInt8 to UInt64 and Timestamp as data_type. In tables that the sink makes, no ' +
          'message of such a route can be written.',
      ),
  })
  .prefault({})
  .meta({ section: 'Connector', description: 'The Delta Lake sink.' });

/** What the values below `connector` are once defaults are filled in. */
export type DeltaLakeValues = z.output<typeof deltaLakeValues>;

/** All values of the chart danube-connector-deltalake. */
export const deltaLakeChartValues = z.object({
  ...connectorChartValues(CONNECTOR_PDB),
  connector: deltaLakeValues,
});
