import fc from 'fast-check';
import { z } from 'zod';
import { defineValues } from '../../src/helm';
import { hostileString } from './hostile-strings';

const MORE_HOSTILE = ['a{', '{{`x`}}', '*/}}', '%d%%', 'blank\n\nline', '\u0391\u03a3', 'ſtraße'];

/** What the source of a chart could say, at its worst. */
export const hostileText: fc.Arbitrary<string> = fc.oneof(
  { weight: 6, arbitrary: hostileString() },
  { weight: 1, arbitrary: fc.constantFrom(...MORE_HOSTILE) },
);

/** So that sums of them stay exact. */
const count = z.int().min(-5).max(3_000_000_000);

/** One value of every type, optional ones too, and what can stand in lists and maps. */
export const treeValues = defineValues(
  z.object({
    text: z.string().default('x'),
    emptyText: z.string().default(''),
    name: z
      .string()
      .regex(/^[a-z0-9.-]*$/)
      .default('web'),
    url: z
      .string()
      .regex(/^[a-z0-9:/.]*$/)
      .default('http://a'),
    mode: z.enum(['one', 'two', 'no']).default('one'),
    count: count.default(1),
    zero: count.default(0),
    ratio: z.number().default(0.5),
    on: z.boolean().default(true),
    off: z.boolean().default(false),
    optionalText: z.string().optional(),
    optionalCount: z.int().optional(),
    optionalRatio: z.number().optional(),
    optionalFlag: z.boolean().optional(),
    optionalLabels: z.record(z.string(), z.string()).optional(),
    optionalWords: z.array(z.string()).optional(),
    labels: z.record(z.string(), z.string()).default({}),
    counts: z.record(z.string(), count).default({}),
    words: z.array(z.string()).default([]),
    ports: z.array(count).default([]),
    servers: z
      .array(
        z.object({
          name: z.string(),
          port: count.default(80),
          on: z.boolean().default(true),
          weight: count.optional(),
          note: z.string().optional(),
          tags: z.array(z.string()),
          labels: z.record(z.string(), z.string()),
        }),
      )
      .default([]),
    limits: z.object({ cpu: z.string(), memory: count, 'no-te': z.string().optional() }).optional(),
    free: z.looseObject({}).default({}),
    'dash-key': z.object({ 'x.y': z.string().default('q'), port: count.default(1) }).prefault({}),
  }),
);
