import fc from 'fast-check';
import { z } from 'zod';
import { defineValues } from '../../src/helm';

/** Texts that YAML, TOML, Go templates or Kubernetes could take for something else. */
const HOSTILE = [
  ...['', ' ', 'a', 'true', 'False', 'null', 'NULL', '~', 'yes', 'No', 'on', 'off', 'y', 'n'],
  ...['123', '0755', '0o17', '0b1', '0x1f', '1e3', 'e0', '1e', '1.5', '.5', '-1', '+1', '1_000'],
  ...['2020-01-01', '1:30', '.inf', '.nan', '12e03', '08', '<<', '=', '-', '--', '---', '...'],
  ...['a: b', 'a #b', '#x', '- a', '? x', '?', ':', '|', '>', '{a: 1}', '[x]', '&a', '*a', '!t'],
  ...['%dir', '@at', '`tick`', '"q"', "it's", 'back\\slash', 'tab\tx', 'trail ', ' lead', 'a,b'],
  ...['line\nbreak', 'end\n', '\nstart', 'blank\n\nline', ' \n x\n', 'a\r\nb', 'tail \nx'],
  ...['\u0007bell', '{{ .Values.x }}', '{{', '}}', '{{- x', 'a{', '{{`x`}}', '*/}}'],
  ...['${y}', '$x', '%s', '100%', '%d%%', 'é ü 漢字 🎉', '<b>&amp;', 'a\u0301', 'ſtraße', 'ΑΣ'],
];

/**
 * What Helm itself loses: line separators, Unicode blanks at a document's end, and characters that
 * `toJson` leaves as they are although YAML forbids them.
 */
const NOT_CARRIED =
  /[\u007f-\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff\ud800-\udfff]/u;

export const hostileText: fc.Arbitrary<string> = fc
  .oneof(
    { weight: 4, arbitrary: fc.constantFrom(...HOSTILE) },
    { weight: 2, arbitrary: fc.string({ maxLength: 12 }) },
    { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 8 }) },
  )
  .filter((text) => !NOT_CARRIED.test(text));

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
    count: z.int().default(1),
    zero: z.int().default(0),
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
    counts: z.record(z.string(), z.int()).default({}),
    words: z.array(z.string()).default([]),
    ports: z.array(z.int()).default([]),
    servers: z
      .array(
        z.object({
          name: z.string(),
          port: z.int().default(80),
          on: z.boolean().default(true),
          weight: z.int().optional(),
          note: z.string().optional(),
          tags: z.array(z.string()),
          labels: z.record(z.string(), z.string()),
        }),
      )
      .default([]),
    limits: z
      .object({ cpu: z.string(), memory: z.int(), 'no-te': z.string().optional() })
      .optional(),
    free: z.looseObject({}).default({}),
    'dash-key': z.object({ 'x.y': z.string().default('q'), port: z.int().default(1) }).prefault({}),
  }),
);

const mapKey = fc.oneof(
  fc.stringMatching(/^[a-z][a-z0-9./-]{0,8}[a-z0-9]$/),
  fc.constantFrom('y', 'n', 'on', 'true', '1', 'null', 'a.b/c', 'A_B', 'own', 'é', 'a b', '{{k}}'),
);

const integer = fc.oneof(
  fc.integer({ min: -5, max: 5 }),
  fc.constantFrom(1000000, 2000000000, 3000000000),
);
const largestInteger = fc.constantFrom(2 ** 53 - 1, 1 - 2 ** 53);

/** Without -0, which JSON cannot write. */
const float = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => (value === 0 ? 0 : value)),
  fc.constantFrom(0, 1, 2, 1000000, 1e21, 1e-7, 0.1),
);

const free: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    hostileText,
    integer,
    fc.boolean(),
    fc.constant(null),
    fc.dictionary(mapKey, tie('value'), { maxKeys: 2, noNullPrototype: true }),
    fc.array(tie('value'), { maxLength: 2 }),
  ),
})).value;

const texts = fc.dictionary(mapKey, hostileText, { maxKeys: 3, noNullPrototype: true });
const words = fc.array(hostileText, { maxLength: 3 });

const server = fc.record(
  {
    name: hostileText,
    port: integer,
    on: fc.boolean(),
    weight: fc.option(integer),
    note: fc.option(hostileText),
    tags: words,
    labels: texts,
  },
  { requiredKeys: ['name', 'tags', 'labels'], noNullPrototype: true },
);

/** Values that a user could give; any of them may be left out. */
export const treeOverrides = fc.record(
  {
    text: hostileText,
    emptyText: hostileText,
    name: fc.stringMatching(/^[a-z0-9.-]{0,6}$/),
    url: fc.stringMatching(/^[a-z0-9:/.]{0,6}$/),
    mode: fc.constantFrom('one', 'two', 'no'),
    count: integer,
    zero: integer,
    ratio: float,
    on: fc.boolean(),
    off: fc.boolean(),
    optionalText: fc.option(hostileText),
    optionalCount: fc.option(fc.oneof(integer, largestInteger)),
    optionalRatio: fc.option(float),
    optionalFlag: fc.option(fc.boolean()),
    optionalLabels: fc.option(texts),
    optionalWords: fc.option(words),
    labels: texts,
    counts: fc.dictionary(mapKey, integer, { maxKeys: 3, noNullPrototype: true }),
    words,
    ports: fc.array(integer, { maxLength: 3 }),
    servers: fc.array(server, { maxLength: 3 }),
    limits: fc.option(
      fc.record(
        { cpu: hostileText, memory: integer, 'no-te': fc.option(hostileText) },
        { requiredKeys: ['cpu', 'memory'], noNullPrototype: true },
      ),
    ),
    free: fc.dictionary(mapKey, free, { maxKeys: 3, noNullPrototype: true }),
    'dash-key': fc.record(
      { 'x.y': hostileText, port: integer },
      { requiredKeys: [], noNullPrototype: true },
    ),
  },
  { requiredKeys: [], noNullPrototype: true },
);
