import fc from 'fast-check';
import { z } from 'zod';
import { defineValues, ValuesError } from '../../src/helm';
import { HOSTILE_STRINGS, isCarried } from './hostile-strings';
import { namespace, releaseName } from './release-arbitrary';
import { sampleValues } from './sample-values';
import { accepts, valueArbitrary, valuesArbitrary } from './values-arbitrary';

const SEED = 11;

function draw(schema: z.ZodType, numRuns = 300): readonly unknown[] {
  return fc.sample(valueArbitrary(schema), { seed: SEED, numRuns });
}

/** Every drawn value fits, and they hold what is looked for. */
function expectDrawn(schema: z.ZodType, looked: readonly unknown[]): void {
  const drawn = draw(schema);
  expect(drawn.filter((value) => !accepts(schema, value))).toEqual([]);
  expect(drawn).toEqual(expect.arrayContaining([...looked]));
}

test('values of a chart fit its schema, with any part of the keys', () => {
  const drawn = fc.sample(valuesArbitrary(sampleValues.schema), { seed: SEED, numRuns: 300 });
  for (const values of drawn) {
    expect(() => sampleValues.resolve(values)).not.toThrow(ValuesError);
  }
  expect(drawn.some((values) => 'image' in values)).toBe(true);
  expect(drawn.some((values) => !('image' in values))).toBe(true);
});

test('optional values are null now and then, others never', () => {
  const schema = z.object({ may: z.string().optional(), has: z.int().default(1), must: z.int() });
  const drawn = draw(schema).filter((value) => typeof value === 'object');
  const nulls = drawn.map((value) => Object.entries(value ?? {}).filter(([, v]) => v === null));
  expect(new Set(nulls.flat().map(([key]) => key))).toEqual(new Set(['may']));
  expect(drawn.every((value) => 'must' in (value ?? {}))).toBe(true);
  expect(drawn.some((value) => !('has' in (value ?? {})))).toBe(true);
  expect(() => defineValues(schema).resolve({ must: 1, may: null })).not.toThrow();
});

test('strings are hostile where the schema lets them', () => {
  expectDrawn(z.string(), ['', '%dir', '? x', '1.5']);
  expectDrawn(z.string().regex(/^[A-Za-z0-9._-]{1,5}$/), ['true', '1e3', '0o17', '1.5']);
  expectDrawn(z.string().min(3).max(5), ['true', '- a'].slice(0, 1));
  expect(draw(z.string()).every((text) => isCarried(String(text)))).toBe(true);
  expect(HOSTILE_STRINGS.filter((text) => !isCarried(text))).toEqual(['del\u007f']);
});

test('formats take their pattern, or examples', () => {
  expectDrawn(z.email(), []);
  const url = z.url().meta({ examples: ['https://example.com/x'] });
  expect(new Set(draw(url))).toEqual(new Set(['https://example.com/x']));
  expect(() => draw(z.url())).toThrow('uri strings need examples');
});

test('numbers reach their bounds, and whole ones the largest that Helm keeps', () => {
  expectDrawn(z.int().min(1).max(65535), [1, 65535]);
  expectDrawn(z.int(), [0, 1_000_000, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER]);
  expectDrawn(z.number().min(0).max(1), [0, 1, 0.5]);
  expectDrawn(z.int().min(100).max(4000).multipleOf(512), [512]);
  const halves = draw(z.number()).filter((value) => !Number.isInteger(value));
  expect(halves.length).toBeGreaterThan(20);
  expect(draw(z.number()).some((value) => Object.is(value, -0))).toBe(false);
});

test('enums, literals, unions and booleans give all that they have', () => {
  expectDrawn(z.enum(['a', 'b']), ['a', 'b']);
  expectDrawn(z.literal([1, 'x']), [1, 'x']);
  expectDrawn(z.union([z.boolean(), z.literal('auto')]), [true, false, 'auto']);
});

test('lists have up to three items, named ones each once', () => {
  const named = z.array(z.object({ name: z.enum(['a', 'b']), size: z.int().min(0).max(9) }));
  const lists = draw(named).map((list) => z.array(z.unknown()).parse(list));
  expect(Math.max(...lists.map((list) => list.length))).toBe(2);
  expectDrawn(z.array(z.boolean()).min(1), [[true], [false], [true, false]]);
});

test('keys of records follow the pattern of the schema', () => {
  const schema = z.record(z.string().regex(/^[a-c]{2}$/), z.int());
  expectDrawn(schema, [{}]);
  const keys = draw(schema).flatMap((map) => Object.keys(map ?? {}));
  expect(keys).toEqual(expect.arrayContaining(['ab', 'ca']));
  expectDrawn(z.record(z.enum(['x', 'y']), z.boolean()), [{ x: true, y: false }]);
  const free = draw(z.record(z.string(), z.int())).flatMap((map) => Object.keys(map ?? {}));
  expect(free).toEqual(expect.arrayContaining(['on', 'null', '1']));
});

test('loose maps have other keys than the known ones', () => {
  const loose = z.looseObject({ name: z.literal('x') });
  const keys = new Set(draw(loose).flatMap((map) => Object.keys(map ?? {})));
  expect(keys.size).toBeGreaterThan(10);
  expectDrawn(loose, [{ name: 'x' }]);
  expect(new Set(draw(z.unknown()).map((value) => typeof value)).size).toBeGreaterThan(3);
});

test('maps and lists with examples are those examples, scalars also others', () => {
  const volume = z.looseObject({ name: z.string() }).meta({ examples: [{ name: 'a' }] });
  expect(new Set(draw(volume).map((value) => JSON.stringify(value)))).toEqual(
    new Set(['{"name":"a"}']),
  );
  const volumes = new Set(draw(z.array(volume)).map((value) => JSON.stringify(value)));
  expect(volumes).toEqual(new Set(['[]', '[{"name":"a"}]']));
  const text = z.string().regex(/^[a-z]{3}$/);
  expectDrawn(text.meta({ examples: ['xyz'] }), ['xyz']);
  expect(new Set(draw(text.meta({ examples: ['xyz'] }))).size).toBeGreaterThan(20);
});

test('refinements hold, on scalars and on maps', () => {
  expectDrawn(
    z.string().refine((text) => text.length % 2 === 0),
    ['true', ''],
  );
  const range = z
    .object({ min: z.int().min(0).max(9), max: z.int().min(0).max(9) })
    .refine(({ min, max }) => min <= max);
  expectDrawn(range, []);
});

test('types that no values file has are refused', () => {
  expect(() => draw(z.date())).toThrow('no values are known of the zod type date');
});

test('release names and namespaces are such as Helm takes', () => {
  const name = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
  const names = fc.sample(releaseName, { seed: SEED, numRuns: 300 });
  expect(names.filter((each) => !name.test(each) || each.length > 53)).toEqual([]);
  expect(names.some((each) => each.length === 53)).toBe(true);
  const namespaces = fc.sample(namespace, { seed: SEED, numRuns: 300 });
  const label = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;
  expect(namespaces.filter((each) => !label.test(each))).toEqual([]);
});
