import fc from 'fast-check';
import { z } from 'zod';
import { isMap } from '../../src/helm/expression/go-value';
import { onceForEach } from '../../src/helm/expression/once-for-each';
import { schemaNode, type SchemaNode } from '../../src/helm/values/schema-node';
import { HOSTILE_STRINGS, hostileString, isCarried } from './hostile-strings';

/** Values as a user of a chart writes them. */
export type Values = Record<string, unknown>;

const MAX_ITEMS = 3;

/** Keys that YAML reads as something else, or that mean something to JavaScript. */
const HOSTILE_KEYS = ['y', 'n', 'on', 'true', '1', '0755', 'null', 'a.b/c', 'A_B', '', 'k v'];

const freeKey = fc.oneof(
  fc.constantFrom(...HOSTILE_KEYS),
  fc.stringMatching(/^[a-z][a-z0-9./-]{0,8}[a-z0-9]$/),
);

/** Any JSON, for places where the schema takes everything. */
const freeValue: fc.Arbitrary<unknown> = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    hostileString(),
    fc.integer({ min: -5, max: 3_000_000 }),
    fc.boolean(),
    fc.dictionary(freeKey, tie('value'), { maxKeys: 2, noNullPrototype: true }),
    fc.array(tie('value'), { maxLength: 2 }),
  ),
})).value;

const freeMap = fc.dictionary(freeKey, freeValue, { maxKeys: MAX_ITEMS, noNullPrototype: true });

/** As zod wants it: absent instead of null. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(withoutNulls);
  }
  if (!isMap(value)) {
    return value;
  }
  const given = Object.entries(value).filter(([, inner]) => inner !== null);
  return Object.fromEntries(given.map(([key, inner]) => [key, withoutNulls(inner)]));
}

/** Whether a schema takes a value, its refinements among the checks. */
export function accepts(schema: z.core.$ZodType, value: unknown): boolean {
  return z.safeParse(schema, withoutNulls(value)).success;
}

interface Limits {
  readonly pattern: string | undefined;
  readonly format: string | undefined;
  readonly minLength: number | undefined;
  readonly maxLength: number | undefined;
  readonly minimum: number | undefined;
  readonly maximum: number | undefined;
  readonly multipleOf: number | undefined;
  readonly minItems: number | undefined;
  readonly isWhole: boolean;
}

/** What the checks of one schema say, in the words of JSON Schema. */
const limitsOf = onceForEach((core: z.core.$ZodTypes): Limits => {
  const schema = z.toJSONSchema(core, { target: 'draft-7', io: 'input', unrepresentable: 'any' });
  const parts = [schema, ...(schema.allOf ?? [])].filter((part) => typeof part === 'object');
  return {
    pattern: parts.find(({ pattern }) => pattern !== undefined)?.pattern,
    format: schema.format,
    minLength: schema.minLength,
    maxLength: schema.maxLength,
    minimum: schema.minimum,
    maximum: schema.maximum,
    multipleOf: schema.multipleOf,
    minItems: schema.minItems,
    isWhole: schema.type === 'integer',
  };
});

function stringArbitrary(core: z.core.$ZodTypes): fc.Arbitrary<string> {
  const { pattern, minLength, maxLength } = limitsOf(core);
  if (pattern === undefined) {
    return hostileString(minLength, maxLength);
  }
  const matching = fc.stringMatching(new RegExp(pattern), { maxLength, size: 'small' });
  const hostile = HOSTILE_STRINGS.filter((text) => accepts(core, text));
  const choices: fc.WeightedArbitrary<string>[] = [{ weight: 2, arbitrary: matching }];
  if (hostile.length > 0) {
    choices.push({ weight: 1, arbitrary: fc.constantFrom(...hostile) });
  }
  return fc.oneof(...choices).filter(isCarried);
}

const TELLING_NUMBERS = [0, 1, -1, 1_000_000, 2_147_483_648, -2_147_483_649, 0.5, 1e21, 1e-7];

function numberArbitrary(core: z.core.$ZodTypes): fc.Arbitrary<number> {
  const { isWhole, multipleOf: step = 1, minimum, maximum } = limitsOf(core);
  const min = minimum ?? (isWhole ? Number.MIN_SAFE_INTEGER : -1e9);
  const max = maximum ?? (isWhole ? Number.MAX_SAFE_INTEGER : 1e9);
  const telling = [min, max, ...TELLING_NUMBERS].filter((value) => accepts(core, value));
  const steps = (from: number, to: number) =>
    fc
      .integer({ min: Math.ceil(from / step), max: Math.floor(to / step) })
      .map((count) => count * step);
  const nearZero = Math.min(Math.max(0, min), max);
  const small = steps(Math.max(min, nearZero - 100 * step), Math.min(max, nearZero + 1000 * step));
  const any = isWhole
    ? steps(min, max)
    : fc.double({ min, max, noNaN: true }).map((value) => (value === 0 ? 0 : value));
  return telling.length === 0
    ? fc.oneof(small, any)
    : fc.oneof(fc.constantFrom(...telling), small, any);
}

/** Kubernetes takes lists of named things by their names, and most lists of texts as sets. */
function identityOf(item: unknown): unknown {
  if (isMap(item)) {
    return typeof item.name === 'string' ? item.name : Symbol('nameless');
  }
  return item;
}

function arrayArbitrary(
  core: z.core.$ZodTypes,
  element: z.core.$ZodType,
): fc.Arbitrary<readonly unknown[]> {
  const minLength = limitsOf(core).minItems ?? 0;
  const examples = examplesOf(schemaNode(element));
  if (examples.length >= Math.max(1, minLength)) {
    return fc.shuffledSubarray([...examples], { minLength });
  }
  const maxLength = Math.max(MAX_ITEMS, minLength);
  return fc.uniqueArray(valueArbitrary(element), { selector: identityOf, minLength, maxLength });
}

function recordArbitrary(def: z.core.$ZodRecordDef): fc.Arbitrary<Values> {
  const keyNode = schemaNode(def.keyType);
  const keyDef = keyNode.core._zod.def;
  if (keyDef.type === 'enum') {
    const keys = Object.values(keyDef.entries).map(String);
    const fields = keys.map((key) => [key, valueArbitrary(def.valueType)] as const);
    return fc.record(Object.fromEntries(fields), { noNullPrototype: true });
  }
  const { pattern } = limitsOf(keyNode.core);
  const key = pattern === undefined ? freeKey : valueArbitrary(def.keyType).map(String);
  return fc.dictionary(key, valueArbitrary(def.valueType), {
    maxKeys: MAX_ITEMS,
    noNullPrototype: true,
  });
}

const ABSENT = Symbol('absent');

/** A field as users give it: half of the time not at all where it may be left out. */
function fieldArbitrary(field: z.core.$ZodType): fc.Arbitrary<unknown> {
  const { optional, hasDefault, meta } = schemaNode(field);
  if (meta.refused !== undefined) {
    return fc.constant(ABSENT);
  }
  const value = { weight: 6, arbitrary: valueArbitrary(field) };
  const absent = { weight: 6, arbitrary: fc.constant(ABSENT) };
  if (optional) {
    return fc.oneof(value, absent, { weight: 1, arbitrary: fc.constant(null) });
  }
  return hasDefault ? fc.oneof(value, absent) : value.arbitrary;
}

function objectArbitrary(def: z.core.$ZodObjectDef): fc.Arbitrary<Values> {
  const fields = Object.entries(def.shape).map(
    ([key, field]) => [key, fieldArbitrary(field)] as const,
  );
  const known = fc
    .record(Object.fromEntries(fields), { noNullPrototype: true })
    .map((all): Values => {
      const given = Object.entries(all).filter(([, value]) => value !== ABSENT);
      return Object.fromEntries(given);
    });
  const isLoose = def.catchall !== undefined && def.catchall._zod.def.type !== 'never';
  return isLoose ? fc.tuple(freeMap, known).map(([free, own]) => ({ ...free, ...own })) : known;
}

function examplesOf(node: SchemaNode): readonly unknown[] {
  return (node.meta.examples ?? []).filter((example) => accepts(node.core, example));
}

const SCALARS = new Set(['string', 'number', 'boolean', 'enum', 'literal']);

/** A format without a pattern, such as that of URLs, means other things to Go than to zod. */
function isInventedWell(core: z.core.$ZodTypes): boolean {
  const { pattern, format } = limitsOf(core);
  const isOpaque = core._zod.def.type === 'string' && format !== undefined && pattern === undefined;
  return SCALARS.has(core._zod.def.type) && !isOpaque;
}

function coreArbitrary(core: z.core.$ZodTypes): fc.Arbitrary<unknown> {
  const { def } = core._zod;
  switch (def.type) {
    case 'string':
      if (!isInventedWell(core)) {
        throw new Error(`${limitsOf(core).format ?? ''} strings need examples`);
      }
      return stringArbitrary(core);
    case 'number':
      return numberArbitrary(core);
    case 'boolean':
      return fc.boolean();
    case 'enum':
      return fc.constantFrom(...Object.values(def.entries));
    case 'literal':
      return fc.constantFrom(...def.values);
    case 'object':
      return objectArbitrary(def);
    case 'record':
      return recordArbitrary(def);
    case 'array':
      return arrayArbitrary(core, def.element);
    case 'union':
      return fc.oneof(...def.options.map((option) => valueArbitrary(option)));
    case 'any':
    case 'unknown':
      return freeValue;
    default:
      throw new Error(`no values are known of the zod type ${def.type}: give it examples`);
  }
}

/**
 * Values that a schema takes. Maps and lists with examples are these examples, because invented
 * ones would seldom be what Kubernetes takes; scalars are invented beside their examples.
 */
export function valueArbitrary(schema: z.core.$ZodType): fc.Arbitrary<unknown> {
  const node = schemaNode(schema);
  const examples = examplesOf(node);
  if (examples.length > 0 && !isInventedWell(node.core)) {
    return fc.constantFrom(...examples);
  }
  const invented = coreArbitrary(node.core).filter((value) => accepts(node.core, value));
  return examples.length > 0 ? fc.oneof(fc.constantFrom(...examples), invented) : invented;
}

/**
 * What users may write into a values file of a chart: any part of the keys, nulls for optional
 * ones now and then.
 */
export function valuesArbitrary(schema: z.ZodObject): fc.Arbitrary<Values> {
  return valueArbitrary(schema).map((values) => (isMap(values) ? values : {}));
}
