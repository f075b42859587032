import { z } from 'zod';
import { refusedKey } from '../../../helm/index';
import { CERTIFICATE_PATHS, clientCertificateValues } from '../client-certificates';
import { connectorChartValues } from '../connector-chart-values';
import { CONNECTOR_PDB } from '../connector-objects';
import { sinkConfig, unsigned } from '../connector-config-values';
import { freeTextOrNone, identifier } from '../free-text';
import { connectorValues } from '../connector-values';
import { unpublishedSinkValues } from '../unpublished-sink';
import { greptimedbRoute } from './greptimedb-route-values';
import { databaseTimeToLive, tableOptions } from './greptimedb-table-values';

const seconds = unsigned.min(1).max(86400);

const config = z
  .object({
    ...sinkConfig(),
    greptimedb: z
      .object({
        endpoints: z
          .array(z.string().regex(/^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?:[1-9][0-9]{0,4}$/))
          .default([])
          .meta({
            description: 'gRPC endpoints of GreptimeDB without a scheme, usually port 4001.',
            examples: [['greptimedb.data:4001'], ['a.example.com:4001', 'b.example.com:5001']],
          }),
        http_endpoint: z
          .string()
          .regex(/^(https?:\/\/[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?(:[1-9][0-9]{0,4})?\/?)?$/)
          .default('')
          .meta({
            description:
              'HTTP endpoint, usually port 4000: for pipelines, and for databases, tables and ' +
              'flows that take SQL.',
            examples: ['http://greptimedb.data:4000', 'https://greptimedb.example.com'],
          }),
        database: identifier.default('public').describe('Database of routes that name none.'),
        username: freeTextOrNone.default('').meta({
          description: 'Name to log in with; it needs GREPTIMEDB_PASSWORD.',
          examples: ['writer', 'danube'],
        }),
        write_api: z
          .enum(['row', 'bulk'])
          .default('row')
          .describe('row: inserts that make tables; bulk: Arrow Flight, for tables that exist.'),
        compression: z
          .enum(['none', 'gzip', 'zstd'])
          .default('none')
          .describe('Compression of what is sent.'),
        bulk: z
          .object({
            compression: z
              .enum(['none', 'lz4', 'zstd'])
              .default('lz4')
              .describe('Compression of its batches.'),
            parallelism: unsigned.min(1).max(1000).default(4).describe('Batches at a time.'),
            timeout_secs: seconds.default(60).describe('Seconds that a batch may take.'),
          })
          .prefault({})
          .describe('Writing with write_api bulk.'),
        connect_timeout_secs: seconds.default(5).describe('Seconds that a connection may take.'),
        request_timeout_secs: seconds.default(30).describe('Seconds that a request may take.'),
        tls: z
          .object({
            enabled: z.boolean().default(false).describe('Speak TLS to the gRPC endpoints.'),
            ...CERTIFICATE_PATHS,
          })
          .prefault({})
          .describe('TLS.'),
        auto_create_database: z
          .boolean()
          .default(false)
          .describe('Make databases that are missing. Needs http_endpoint.'),
        database_ttl: databaseTimeToLive
          .optional()
          .describe('How long rows are kept in such a database, such as 90d or forever.'),
        table_defaults: z
          .object(tableOptions())
          .prefault({})
          .describe('Options of the tables of all routes that do not say otherwise.'),
        routes: z
          .array(greptimedbRoute)
          .default([])
          .describe('Which topic is written to which table.'),
        password: refusedKey(
          'it would stand readable in a ConfigMap',
          'set connector.secrets with GREPTIMEDB_PASSWORD',
        ),
      })
      .prefault({})
      .describe('GreptimeDB, and what is written to it.'),
  })
  .prefault({})
  .describe('What connector.toml says.');

/** The values below `connector` of a GreptimeDB sink. */
export const greptimedbValues = z
  .object({
    ...connectorValues({
      image: 'unpublished',
      config,
      secrets: {
        GREPTIMEDB_USERNAME: 'Name to log in with.',
        GREPTIMEDB_PASSWORD: 'Its password.',
      },
      backendPorts: [],
    }),
    ...unpublishedSinkValues(),
    certificates: clientCertificateValues('GreptimeDB'),
  })
  .prefault({})
  .meta({ section: 'Connector', description: 'The GreptimeDB sink.' });

/** What the values below `connector` are once defaults are filled in. */
export type GreptimedbValues = z.output<typeof greptimedbValues>;

/** All values of the chart danube-connector-greptimedb. */
export const greptimedbChartValues = z.object({
  ...connectorChartValues(CONNECTOR_PDB),
  connector: greptimedbValues,
});
