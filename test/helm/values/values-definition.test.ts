import { z } from 'zod';
import { coalesce, defineValues, ValuesError } from '../../../src/helm';
import { sampleValues } from '../sample-values';

function problemsOf(overrides: Readonly<Record<string, unknown>>): readonly string[] {
  try {
    sampleValues.resolve(overrides);
  } catch (error) {
    if (error instanceof ValuesError) {
      return error.problems;
    }
    throw error;
  }
  return [];
}

test('defaults are what values.yaml holds: nothing for optional values', () => {
  expect(
    defineValues(
      z.object({
        a: z.object({ b: z.int().default(1), c: z.string().optional() }).prefault({ b: 2 }),
        d: z.string(),
        e: z.record(z.string(), z.int()).default({ x: 1 }),
      }),
    ).defaults,
  ).toEqual({ a: { b: 2 }, e: { x: 1 } });
});

test('values are merged as Helm does: maps by key, lists whole, nulls delete', () => {
  const defaults = { map: { a: 1, b: { c: 1 } }, list: [1, 2], gone: 'x' };
  const overrides = { map: { b: { d: 2 } }, list: [3], gone: null, kept: null };
  expect(coalesce(defaults, overrides)).toEqual({
    map: { a: 1, b: { c: 1, d: 2 } },
    list: [3],
    kept: null,
  });
});

test.each<[string, Readonly<Record<string, unknown>>]>([
  ['nothing', {}],
  ['null for an optional value', { class: null, port: null, limits: null }],
  ['values of parent charts', { global: { any: [1] }, enabled: true }],
  ['unknown keys of a loose map', { resources: { limits: { cpu: 1 } } }],
  ['the largest integer that Helm keeps', { replicas: Number.MAX_SAFE_INTEGER }],
])('%s is taken', (_what, overrides) => {
  expect(problemsOf(overrides)).toEqual([]);
});

test.each<[string, Readonly<Record<string, unknown>>, string]>([
  [
    'an unknown key',
    { metrics: { prot: 1 } },
    'metrics: must NOT have additional properties: "prot"',
  ],
  [
    'null for a provided value',
    { metrics: { port: null } },
    "metrics: must have required property 'port'",
  ],
  ['a wrong type', { hosts: [{ host: 1, paths: [] }] }, 'hosts.0.host: must be string'],
  [
    'a missing key of a list item',
    { hosts: [{ host: 'a' }] },
    "hosts.0: must have required property 'paths'",
  ],
  ['a text out of its pattern', { name: 'A b' }, 'name: must match pattern "^[a-z0-9-]+$"'],
  [
    'what no choice is',
    { mode: 'slow' },
    'mode: must be equal to one of the allowed values: ["fast","safe","off"]',
  ],
  ['a number below its minimum', { replicas: -1 }, 'replicas: must be >= 0'],
  [
    'an integer that Helm would round',
    { replicas: 2 ** 53 },
    'replicas: must be <= 9007199254740991',
  ],
])('%s is refused, with its path', (_what, overrides, problem) => {
  expect(problemsOf(overrides)).toEqual([problem]);
});

test('an error lists every problem', () => {
  expect(() => sampleValues.resolve({ replicas: 'x', text: 1 })).toThrow(
    "values do not fit the chart's schema:\n  replicas: must be integer\n  text: must be string",
  );
});

test.each([
  ['of a value', z.int().refine((value) => value % 2 === 0, 'must be even'), 3],
  [
    'of the items of a list',
    z.array(z.object({ a: z.int().check(z.refine((value) => value > 5, 'must be more')) })),
    [{ a: 1 }],
  ],
  [
    'of the values of a map',
    z.record(
      z.string(),
      z.string().refine((text) => text !== 'x'),
    ),
    { a: 'x' },
  ],
  ['of one of several', z.union([z.int(), z.string().refine((text) => text !== 'x')]), 'x'],
  [
    'that convert',
    z.string().transform((text, context) => {
      context.addIssue(text);
    }),
    'x',
  ],
] as const)('refinements of zod count too: %s', (_what, schema, value) => {
  const values = defineValues(z.object({ value: schema.optional() }));
  expect(() => values.resolve({})).not.toThrow();
  expect(() => values.resolve({ value })).toThrow('value');
});

test('a default inside list items must be one that a template can apply', () => {
  const items = z.array(z.object({ tags: z.array(z.string()).default(['a']) })).default([]);
  expect(() => defineValues(z.object({ items }))).toThrow(
    'a default inside list items or map values must be a string, number or boolean',
  );
});

test('keys of our own are reserved', () => {
  expect(() => defineValues(z.object({ $type: z.string().default('') }))).toThrow(
    "a value cannot be called '$type'",
  );
});
