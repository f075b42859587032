import { z } from 'zod';
import { refusedKey } from '../../../helm/index';
import { CERTIFICATE_PATHS, clientCertificateValues } from '../client-certificates';
import { connectorChartValues } from '../connector-chart-values';
import { CONNECTOR_PDB } from '../connector-objects';
import { milliseconds, sinkConfig, unsigned } from '../connector-config-values';
import { freeText, freeTextOrNone, identifier } from '../free-text';
import { connectorValues } from '../connector-values';
import { unpublishedSinkValues } from '../unpublished-sink';
import { clickhouseRoute } from './clickhouse-route-values';

const IN_A_CONFIGMAP = 'it would stand readable in a ConfigMap';

const tls = z
  .object({
    insecure_skip_verify: z
      .boolean()
      .default(false)
      .describe('Take any certificate of ClickHouse. Not for production.'),
    ...CERTIFICATE_PATHS,
  })
  .prefault({})
  .describe('TLS, for https URLs.');

const asyncInsert = z
  .object({
    enabled: z.boolean().default(true).describe('Let ClickHouse gather inserts (async_insert).'),
    wait: z
      .boolean()
      .default(true)
      .describe(
        'Acknowledge messages only once ClickHouse has stored them (wait_for_async_insert).',
      ),
    wait_timeout_secs: unsigned
      .min(1)
      .max(86400)
      .default(120)
      .describe('Seconds that ClickHouse may take for that (wait_for_async_insert_timeout).'),
    max_data_size: unsigned
      .min(1)
      .default(10485760)
      .describe('Bytes that it gathers at most (async_insert_max_data_size).'),
    busy_timeout_ms: milliseconds
      .min(1)
      .default(200)
      .describe('Milliseconds that it gathers at most (async_insert_busy_timeout_max_ms).'),
    busy_timeout_min_ms: milliseconds
      .min(1)
      .default(50)
      .describe('Milliseconds that it gathers at least (async_insert_busy_timeout_min_ms).'),
    adaptive_busy_timeout: z
      .boolean()
      .default(true)
      .describe('Let it choose in between (async_insert_use_adaptive_busy_timeout).'),
    max_query_number: unsigned
      .min(1)
      .default(450)
      .describe('Inserts that it gathers at most (async_insert_max_query_number).'),
    deduplicate: z
      .boolean()
      .default(false)
      .describe('Drop inserts that came already (async_insert_deduplicate).'),
  })
  .prefault({})
  .describe('How ClickHouse gathers inserts by itself.');

const config = z
  .object({
    ...sinkConfig(),
    clickhouse: z
      .object({
        url: z
          .string()
          .regex(/^(https?:\/\/[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?(:[1-9][0-9]{0,4})?\/?)?$/)
          .default('')
          .meta({
            description: 'HTTP endpoint of ClickHouse, usually port 8123, or 8443 with https.',
            examples: ['http://clickhouse.data:8123', 'https://xyz.clickhouse.cloud:8443'],
          }),
        database: identifier.default('default').describe('Database of tables that name none.'),
        username: freeTextOrNone.default('').meta({
          description: "Name to log in with; when empty, ClickHouse's own default.",
          examples: ['writer', 'danube'],
        }),
        roles: z.array(freeText).default([]).describe('Roles that inserts use.'),
        compression: z
          .enum(['none', 'lz4', 'zstd'])
          .default('lz4')
          .describe('Compression of what is sent.'),
        compression_level: z
          .int()
          .min(1)
          .max(19)
          .optional()
          .describe('Its level, for zstd; 3 if not given.'),
        send_timeout_secs: unsigned
          .min(1)
          .max(86400)
          .default(30)
          .describe('Seconds that a piece of an insert may take to send.'),
        insert_timeout_secs: unsigned
          .min(1)
          .max(86400)
          .default(180)
          .describe('Seconds until an insert must be answered; more than the async wait.'),
        max_insert_rows: unsigned.min(1).default(100000).describe('Rows of an insert at most.'),
        max_insert_bytes: unsigned.min(1).default(10485760).describe('Bytes of an insert at most.'),
        max_concurrent_inserts: unsigned
          .min(1)
          .max(1000)
          .default(4)
          .describe('Inserts at the same time.'),
        tls,
        async_insert: asyncInsert,
        settings: z
          .record(identifier, freeTextOrNone)
          .default({})
          .meta({
            description: 'More settings of inserts, as texts.',
            examples: [{ insert_quorum: '2' }, { a: '1', b: 'x' }],
          }),
        routes: z
          .array(clickhouseRoute)
          .default([])
          .describe('Which topic is written to which table.'),
        password: refusedKey(IN_A_CONFIGMAP, 'set connector.secrets with CLICKHOUSE_PASSWORD'),
        access_token: refusedKey(
          IN_A_CONFIGMAP,
          'set connector.secrets with CLICKHOUSE_ACCESS_TOKEN',
        ),
      })
      .prefault({})
      .describe('ClickHouse, and what is written to it.'),
  })
  .prefault({})
  .describe('What connector.toml says.');

/** The values below `connector` of a ClickHouse sink. */
export const clickhouseValues = z
  .object({
    ...connectorValues({
      image: 'unpublished',
      config,
      secrets: {
        CLICKHOUSE_USERNAME: 'Name to log in with.',
        CLICKHOUSE_PASSWORD: 'Its password.',
        CLICKHOUSE_ACCESS_TOKEN: 'Access token of ClickHouse Cloud, instead of both.',
      },
      backendPorts: [],
    }),
    ...unpublishedSinkValues(),
    certificates: clientCertificateValues('ClickHouse'),
  })
  .prefault({})
  .meta({ section: 'Connector', description: 'The ClickHouse sink.' });

/** All values of the chart danube-connector-clickhouse. */
export const clickhouseChartValues = z.object({
  ...connectorChartValues(CONNECTOR_PDB),
  connector: clickhouseValues,
});
