import { z } from 'zod';
import { jsonSchemaOf } from '../../../src/helm';

const schema = z.object({
  image: z.object({ tag: z.string().default('1'), digest: z.string().optional() }).prefault({}),
  port: z.int().min(1).default(80).describe('The port.'),
  mode: z.enum(['a', 'b']).optional(),
  hosts: z.array(z.object({ host: z.string(), port: z.int().default(80) })).default([]),
  extra: z.looseObject({}).default({}),
  must: z.string(),
});

test('what values.yaml provides is required under allOf, and other keys are refused', () => {
  expect(jsonSchemaOf(schema, { dependencies: ['etcd'] })).toEqual({
    $schema: 'http://json-schema.org/draft-07/schema#',
    type: 'object',
    additionalProperties: false,
    required: ['must'],
    allOf: [{ required: ['image', 'port', 'hosts', 'extra'] }],
    properties: {
      global: { type: 'object', description: 'Values that Helm shares with every subchart.' },
      enabled: {
        type: 'boolean',
        description: 'Read by the dependency condition of a parent chart only.',
      },
      etcd: { type: 'object', description: 'Values of the subchart etcd.' },
      image: {
        type: 'object',
        additionalProperties: false,
        allOf: [{ required: ['tag'] }],
        properties: {
          tag: { type: 'string', default: '1' },
          digest: { type: ['string', 'null'] },
        },
      },
      port: {
        type: 'integer',
        minimum: 1,
        maximum: Number.MAX_SAFE_INTEGER,
        default: 80,
        description: 'The port.',
      },
      mode: { type: ['string', 'null'], enum: ['a', 'b', null] },
      hosts: {
        type: 'array',
        default: [],
        items: {
          type: 'object',
          additionalProperties: false,
          required: ['host'],
          properties: {
            host: { type: 'string' },
            port: {
              type: 'integer',
              minimum: Number.MIN_SAFE_INTEGER,
              maximum: Number.MAX_SAFE_INTEGER,
              default: 80,
            },
          },
        },
      },
      extra: { type: 'object', properties: {}, additionalProperties: {}, default: {} },
      must: { type: 'string' },
    },
  });
});

test.each([
  ['lookaheads', /^(?!x)/],
  ['lookbehinds', /(?<=a)b/],
  ['backreferences', /(a)\1/],
])('patterns with %s are refused: Go could not read the schema', (_what, pattern) => {
  const bad = z.object({ broker: z.object({ name: z.string().regex(pattern).default('a') }) });
  expect(() => jsonSchemaOf(bad)).toThrow(
    /broker.*name: .* has a lookaround or a backreference; Helm \(Go RE2\) would refuse/,
  );
});

test('formats that Helm asserts by itself come without the pattern of zod', () => {
  const formats = z.object({ mail: z.email().default('a@b.example') });
  expect(jsonSchemaOf(formats).properties?.mail).toEqual({
    type: 'string',
    format: 'email',
    default: 'a@b.example',
  });
});

test('types that no values file has are refused', () => {
  expect(() => jsonSchemaOf(z.object({ at: z.date().optional() }))).toThrow('Date');
});

test.each<[string, z.ZodType]>([
  ['a boolean', z.boolean()],
  ['words', z.enum(['b', 'a'])],
  ['words and numbers', z.enum({ one: 'one', two: 2 })],
  ['a text', z.string()],
  ['a text within limits', z.string().max(9).regex(/^a*$/).min(0).min(2).max(12)],
  ['a text of two patterns', z.string().regex(/^a/).regex(/b$/)],
  ['a number', z.number()],
  ['a number within limits', z.number().max(9.5).min(-1).max(12)],
  ['a number that is more', z.number().gt(1).lt(5)],
  ['a multiple', z.number().multipleOf(5)],
  ['an integer', z.int()],
  ['an integer within limits', z.int().min(0).min(1).max(65535)],
  ['an integer of 32 bits', z.int32()],
  ['a type with a title', z.string().meta({ title: 'A title' })],
])('%s reads as zod says it', (_what, type) => {
  const value = type.default('x').describe('A value.');
  const made = jsonSchemaOf(z.object({ value })).properties?.value;
  const ofZod = z.toJSONSchema(value, { target: 'draft-7', io: 'input' });
  expect(Object.assign({ $schema: ofZod.$schema }, made)).toEqual({ ...ofZod });
});
