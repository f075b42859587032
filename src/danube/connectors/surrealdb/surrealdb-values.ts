import { z } from 'zod';
import { refusedKey } from '../../../helm/index';
import { TRAIN_0_7 } from '../../release-train';
import { configVersionValue } from '../config-version';
import { connectorChartValues } from '../connector-chart-values';
import { CONNECTOR_PDB } from '../connector-objects';
import { sinkConfig, sinkRoute, subscriptionType, unsigned } from '../connector-config-values';
import { freeText, freeTextOrNone } from '../free-text';
import { connectorPdbValues } from '../connector-pdb-values';
import { connectorValues } from '../connector-values';
import { sinkValues } from '../sink-connector';

const route = z.object({
  ...sinkRoute(),
  subscription_type: subscriptionType
    .default('Shared')
    .describe('How the subscription hands out messages; several pods need Shared.'),
  to: freeText.max(255).describe('SurrealDB table that is written.'),
  include_danube_metadata: z
    .boolean()
    .default(true)
    .describe('Add topic, time and producer to records that are JSON objects.'),
  storage_mode: z
    .enum(['Document', 'TimeSeries'])
    .default('Document')
    .describe('TimeSeries adds the time of publishing as _timestamp.'),
  batch_size: unsigned
    .min(1)
    .optional()
    .describe('Messages of this route that are written at a time. For configVersion 0.2.'),
  flush_interval_ms: unsigned
    .min(1)
    .optional()
    .describe('Milliseconds until a smaller batch is written. For configVersion 0.2.'),
  topic: refusedKey('that is the word of 0.2', 'write from, whatever the version'),
  table_name: refusedKey('that is the word of 0.2', 'write to, whatever the version'),
});

const BATCH_KEY = 'batches are the same for all connectors here';
const UNUSED = 'the sink reads it and never uses it';

const config = z
  .object({
    ...sinkConfig(),
    surrealdb: z
      .object({
        url: z
          .string()
          .regex(/^([A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?(:[1-9][0-9]{0,4}))?$/)
          .default('')
          .meta({
            description:
              'host:port of SurrealDB, without a scheme: the sink puts ws:// before it. It cannot ' +
              'speak TLS.',
            examples: ['surrealdb:8000', 'surrealdb.data:8000'],
          }),
        namespace: freeTextOrNone.default('').meta({
          description: 'Namespace in SurrealDB.',
          examples: ['danube', 'shop "2"'],
        }),
        database: freeTextOrNone.default('').meta({
          description: 'Database in SurrealDB.',
          examples: ['events', 'orders'],
        }),
        routes: z.array(route).default([]).describe('Which topic is written to which table.'),
        username: refusedKey(
          'it belongs with the password, and that would stand readable in a ConfigMap',
          'set connector.secrets with SURREALDB_USERNAME and SURREALDB_PASSWORD',
        ),
        password: refusedKey(
          'it would stand readable in a ConfigMap',
          'set connector.secrets with SURREALDB_PASSWORD',
        ),
        connection_timeout_secs: refusedKey(UNUSED, 'leave it out'),
        request_timeout_secs: refusedKey(UNUSED, 'leave it out'),
        batch_size: refusedKey(BATCH_KEY, 'write config.processing.batch_size'),
        flush_interval_ms: refusedKey(BATCH_KEY, 'write config.processing.batch_timeout_ms'),
        topic_mappings: refusedKey('that is the word of 0.2', 'write routes, whatever the version'),
      })
      .prefault({})
      .describe('SurrealDB, and what is written to it.'),
  })
  .prefault({})
  .describe('What connector.toml says, in the words of 0.3.');

/** The values below `connector` of a SurrealDB sink. */
export const surrealdbValues = z
  .object({
    configVersion: configVersionValue(TRAIN_0_7.connectors.surrealdb),
    ...connectorValues({
      image: TRAIN_0_7.connectors.surrealdb,
      config,
      secrets: {
        SURREALDB_USERNAME: 'User of SurrealDB, of its root level.',
        SURREALDB_PASSWORD: 'Password of the user.',
      },
      backendPorts: [],
    }),
    ...sinkValues(),
    pdb: connectorPdbValues,
  })
  .prefault({})
  .meta({ section: 'Connector', description: 'The SurrealDB sink.' });

/** All values of the chart danube-connector-surrealdb. */
export const surrealdbChartValues = z.object({
  ...connectorChartValues(CONNECTOR_PDB),
  connector: surrealdbValues,
});
