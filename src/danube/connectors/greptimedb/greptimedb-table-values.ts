import { z } from 'zod';
import { unsigned } from '../connector-config-values';
import { freeText, identifier } from '../free-text';

const units = '(ns|us|ms|s|m|h|d|w|M|y)';

const time = `[0-9]+${units}( ?[0-9]+${units})*`;

/** A time such as 90d or 1h 30m. */
export const duration = z.string().regex(new RegExp(`^${time}$`));

/** How long rows are kept. */
export const timeToLive = z.string().regex(new RegExp(`^(forever|instant|${time})$`));

/** How long rows of a database are kept, which cannot be instant. */
export const databaseTimeToLive = z.string().regex(new RegExp(`^(forever|${time})$`));

/** The options of a table, for all routes and for one: what is not given is GreptimeDB's own. */
export function tableOptions() {
  return {
    ttl: timeToLive
      .optional()
      .describe('How long rows are kept: 90d, forever, or instant; forever if not given.'),
    append_mode: z
      .boolean()
      .optional()
      .describe(
        'Keep rows with the same tags and time apart: a message that comes twice is there twice. ' +
          'If not given: true for logs and traces, else false.',
      ),
    merge_mode: z
      .enum(['last_row', 'last_non_null'])
      .optional()
      .describe('What becomes of such rows without append_mode; last_row if not given.'),
    skip_wal: z
      .boolean()
      .optional()
      .describe('Write without a write-ahead log: a crash of GreptimeDB loses rows.'),
    sst_format: z
      .enum(['flat', 'primary_key'])
      .optional()
      .describe("Format of its files; if not given, the server's."),
    engine: z.enum(['mito', 'metric']).optional().describe('Its engine; mito if not given.'),
    physical_table: identifier
      .optional()
      .describe(
        'Table that holds those of the engine metric; greptime_physical_table if not given.',
      ),
    storage: identifier
      .optional()
      .describe('Storage provider of the server, such as one on S3. Needs http_endpoint.'),
    compaction: z
      .object({
        time_window: duration.optional().describe('Time window of its files, such as 1d.'),
        trigger_file_num: unsigned
          .min(1)
          .max(100000)
          .optional()
          .describe('Files of a window that start a compaction.'),
        max_output_file_size: z
          .string()
          .regex(/^[0-9]+(B|KB|MB|GB|TB)$/)
          .optional()
          .describe('Size of a file at most, such as 512MB.'),
      })
      .optional()
      .describe('How its files are merged (twcs). Needs http_endpoint.'),
  };
}

/** A table that GreptimeDB computes from another, at an interval. */
export const downsample = z.object({
  name: identifier.describe('Name of the flow.'),
  to: identifier.describe('Table that it writes.'),
  interval: duration.describe('How much time becomes one row, such as 5m.'),
  aggregations: z
    .array(freeText)
    .min(1)
    .describe('What is computed, as in SQL: avg(temperature) AS temperature.'),
  group_by: z.array(identifier).min(1).optional().describe('Tags that are kept apart.'),
  expire_after: duration.optional().describe('Rows that come later than this are left out.'),
  ttl: timeToLive.optional().describe('How long its rows are kept.'),
});
