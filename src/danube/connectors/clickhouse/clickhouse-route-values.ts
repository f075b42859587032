import { z } from 'zod';
import { unsigned } from '../connector-config-values';
import { freeText as text, freeTextOrNone, identifier } from '../free-text';
import { unpublishedSinkRoute } from '../unpublished-sink';

const column = z.object({
  json_path: text.describe('Where the value stands in the message, with dots.'),
  column: identifier.describe('Column that is written.'),
  type: text.describe('Its type, as ClickHouse writes it: DateTime64(3).'),
  nullable: z.boolean().default(false).describe('Whether it may be NULL.'),
  default: text.optional().describe('Default expression, in a table that the connector makes.'),
  codec: text.optional().describe('Compression codec, in a table that the connector makes.'),
});

/** Which topic is written to which table, and how. */
export const clickhouseRoute = z.object({
  ...unpublishedSinkRoute('Shared'),
  to: z
    .string()
    .regex(/^[A-Za-z_][A-Za-z0-9_]*(\.[A-Za-z_][A-Za-z0-9_]*)?$/)
    .max(400)
    .describe('Table that is written: table, or database.table.'),
  schema_mode: z
    .enum(['passthrough', 'explicit', 'auto'])
    .default('passthrough')
    .describe(
      'How JSON becomes rows. passthrough: its keys are the columns; explicit: as columns says; ' +
        'auto: columns are added for new keys.',
    ),
  columns: z.array(column).min(1).optional().describe('The columns, for schema_mode explicit.'),
  unknown_fields: z
    .enum(['ignore', 'error'])
    .default('ignore')
    .describe('What becomes of keys without a column.'),
  datetime_parsing: z
    .enum(['basic', 'best_effort'])
    .default('best_effort')
    .describe('How ClickHouse reads texts as times.'),
  null_as_default: z
    .boolean()
    .default(true)
    .describe('Write the default where null meets a column that cannot be NULL.'),
  metadata_prefix: identifier
    .default('_danube_')
    .describe('What the names of the columns with metadata begin with.'),
  deduplication_token: z
    .enum(['none', 'batch_hash'])
    .default('batch_hash')
    .describe('By what ClickHouse knows a batch that comes twice.'),
  async_insert: z.boolean().optional().describe('Instead of async_insert.enabled, for this table.'),
  auto_create_table: z
    .boolean()
    .default(false)
    .describe('Make the table if it is missing, by the keys below.'),
  engine: text.default('MergeTree').describe('Its engine, such as ReplacingMergeTree(version).'),
  order_by: z.array(text).min(1).optional().describe('Its sorting key: columns or expressions.'),
  primary_key: z.array(text).min(1).optional().describe('Its primary key; if not given, order_by.'),
  partition_by: z
    .enum(['none', 'hour', 'day', 'week', 'month', 'expression'])
    .default('none')
    .describe('Its partitions: by the time in partition_column, or by partition_expression.'),
  partition_column: identifier.optional().describe('Column with the time of the partition.'),
  partition_expression: text.optional().describe('Expression, for partition_by expression.'),
  ttl_column: identifier.optional().describe('Column with the time that ttl_days counts from.'),
  ttl_days: unsigned.min(1).max(36500).optional().describe('Days after which rows are deleted.'),
  on_cluster: text.optional().describe('Cluster of ClickHouse on all of which it is made.'),
  table_settings: z
    .record(identifier, freeTextOrNone)
    .optional()
    .describe('Settings of the table, as texts.'),
});
