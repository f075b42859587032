import { z } from 'zod';

/** When a CronJob runs: five fields of cron, or a word such as `@daily`. */
export const schedule = z
  .string()
  .regex(/^(@(hourly|daily|weekly|monthly)|[0-9*,/-]+( [0-9*,/-]+){3} [0-9A-Z*,/-]+)$/);
