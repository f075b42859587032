import { z } from 'zod';
import { freeText, identifier } from '../free-text';
import { jsonPath } from '../field-mapping';
import { unpublishedSinkRoute } from '../unpublished-sink';
import { downsample, tableOptions } from './greptimedb-table-values';

const TYPES = [
  ...['String', 'Int8', 'Int16', 'Int32', 'Int64', 'Uint8', 'Uint16', 'Uint32', 'Uint64'],
  ...['Float32', 'Float64', 'Boolean', 'Binary', 'Date', 'TimestampSecond'],
  ...['TimestampMillisecond', 'TimestampMicrosecond', 'TimestampNanosecond', 'Decimal128', 'Json'],
] as const;

const tag = z.object({
  json_path: jsonPath,
  column: identifier.describe('Column that is written.'),
});

const field = z.object({
  json_path: jsonPath,
  column: identifier.describe('Column that is written.'),
  type: z.enum(TYPES).describe('Its type.'),
  index: z
    .enum(['none', 'fulltext', 'skipping', 'inverted'])
    .default('none')
    .describe('Its index, in a table that the connector makes.'),
});

/** Which topic is written to which table, and how. */
export const greptimedbRoute = z.object({
  ...unpublishedSinkRoute('Shared'),
  to: identifier.describe('Table that is written.'),
  database: identifier.optional().describe('Its database, in place of greptimedb.database.'),
  signal: z
    .enum(['metrics', 'logs', 'traces', 'events'])
    .default('metrics')
    .describe(
      'What messages are. metrics and events become rows as tags and fields say; logs and traces ' +
        'too if there are fields, else they go through a pipeline of GreptimeDB.',
    ),
  time_index: z
    .object({
      json_path: jsonPath.optional().describe('Where the time stands; if not given, when sent.'),
      column: identifier.optional().describe('Column of the time; ts if not given.'),
      unit: z
        .enum(['s', 'ms', 'us', 'ns'])
        .optional()
        .describe('What the time counts; ms if not given.'),
    })
    .optional()
    .describe('The time of a row.'),
  tags: z.array(tag).min(1).optional().describe('Columns that say what a row is about: its key.'),
  fields: z
    .array(field)
    .min(1)
    .optional()
    .describe('Columns with what was measured or said; metrics and events need one.'),
  pipeline_name: identifier
    .optional()
    .describe('Pipeline of logs and traces; greptime_identity if not given.'),
  pipeline_version: freeText.optional().describe('Its version; the latest if not given.'),
  skip_error: z
    .boolean()
    .default(false)
    .describe('Leave out what the pipeline cannot read, instead of on_invalid.'),
  auto_create_table: z.boolean().default(true).describe('Make the table if it is missing.'),
  ...tableOptions(),
  promql_compatible: z
    .boolean()
    .default(false)
    .describe(
      'Write as Prometheus does: time in greptime_timestamp, the one field in greptime_value.',
    ),
  partition_columns: z
    .array(identifier)
    .min(1)
    .optional()
    .describe('Tags by which the table is partitioned. Needs http_endpoint.'),
  downsample: z
    .array(downsample)
    .min(1)
    .optional()
    .describe('Flows that make smaller tables of it. They need http_endpoint.'),
});
