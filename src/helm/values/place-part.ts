import { z } from 'zod';
import { Expr } from '../expression/expression';
import { isMap } from '../expression/go-value';
import { literal } from '../expression/operators';
import { partlyFixed, path, reference, type FixedTree, type Ref } from '../expression/references';
import { withDefaults, withoutValues } from './adjusted-schema';
import { schemaNode } from './schema-node';
import { valueTypeOf } from './value-type-of';
import type { ValuesPart } from './values-part';

type Fields = Readonly<Record<string, z.core.$ZodType>>;

/** What parts share unless something else is said. */
export const SHARED: readonly string[] = ['global'];

export interface PlacedPart<S extends z.ZodObject> {
  /** The chart's schema with the values of the part. */
  readonly root: z.ZodObject;
  /** What users can set of the part below its keys. */
  readonly schema: z.ZodObject;
  /** References to its values. */
  readonly references: Ref<z.output<S>>;
}

/**
 * Puts the values of a part into the schema of a chart, below some keys. What parts share stands at
 * the root, before all else, once.
 */
export function placePart<S extends z.ZodObject>(
  root: z.ZodObject,
  keys: readonly string[],
  part: ValuesPart<S>,
  shared: readonly string[],
): PlacedPart<S> {
  const name = keys.at(0);
  if (name !== undefined && shared.includes(name)) {
    throw new Error(`a part cannot be called '${name}': values that parts share stand there`);
  }
  const { schema, props } = part;
  const left = withoutValues(schema, treeOf(props.fixed)) ?? z.object({});
  const common = keys.length === 0 ? [] : shared.filter((key) => Object.hasOwn(left.shape, key));
  const own = withFields(left, without(left.shape, common));
  const withShared = sharedFields(root, left, common, treeOf(props.defaults));
  return {
    root: placed(withShared, keys, own, props.description),
    schema: own,
    references: referencesTo(keys, part, keys.length === 0 ? [] : shared),
  };
}

/** An object schema of the same kind with other fields. */
function withFields(schema: z.ZodObject, shape: Fields): z.ZodObject {
  return schema.clone({ ...schema.def, shape });
}

function without(fields: Fields, keys: readonly string[]): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([key]) => !keys.includes(key)));
}

function fieldOf(schema: z.ZodObject, key: string): z.core.$ZodType | undefined {
  return new Map<string, z.core.$ZodType>(Object.entries(schema.shape)).get(key);
}

/** The root with what a part shares; the defaults of the part count for all. */
function sharedFields(
  root: z.ZodObject,
  part: z.ZodObject,
  keys: readonly string[],
  defaults: Readonly<Record<string, unknown>>,
): z.ZodObject {
  const merged = Object.entries<z.core.$ZodType>(part.shape)
    .filter(([key]) => keys.includes(key))
    .map(([key, field]) => {
      const before = fieldOf(root, key);
      return [key, before === undefined ? field : bothOf(before, field)] as const;
    });
  const added = withFirst(root, Object.fromEntries(merged));
  const given = Object.entries(defaults).filter(
    ([key]) => keys.includes(key) && Object.hasOwn(root.shape, key),
  );
  return given.length === 0 ? added : withDefaults(added, Object.fromEntries(given));
}

/** The schema with these fields before its others; itself where they stand there already. */
function withFirst(schema: z.ZodObject, first: Fields): z.ZodObject {
  const keys = Object.keys(first);
  const now = Object.entries<z.core.$ZodType>(schema.shape);
  const isSame = keys.every((key, index) => {
    const field = now.at(index);
    return field?.[0] === key && field[1] === first[key];
  });
  return isSame ? schema : withFields(schema, { ...first, ...without(schema.shape, keys) });
}

/** A group with the values of two; any other value as the first part has it. */
function bothOf(first: z.core.$ZodType, second: z.core.$ZodType): z.core.$ZodType {
  const [a, b] = [schemaNode(first), schemaNode(second)];
  if (!(a.core instanceof z.ZodObject) || !(b.core instanceof z.ZodObject)) {
    return first;
  }
  const known = a.core.shape;
  if (Object.keys(b.core.shape).every((key) => Object.hasOwn(known, key))) {
    return first;
  }
  return a.core
    .extend({ ...b.core.shape, ...a.core.shape })
    .prefault({})
    .meta({ ...a.meta });
}

function placed(
  root: z.ZodObject,
  keys: readonly string[],
  part: z.ZodObject,
  description: string | undefined,
): z.ZodObject {
  const fields = Object.keys(part.shape);
  if (fields.length === 0) {
    return root;
  }
  const key = keys.at(0);
  const below = keys.slice(1);
  if (key === undefined) {
    const twice = fields.find((field) => Object.hasOwn(root.shape, field));
    if (twice !== undefined) {
      throw new Error(`the chart already has a value '${twice}'`);
    }
    return withFields(root, { ...root.shape, ...part.shape });
  }
  const before = fieldOf(root, key);
  const group = before === undefined ? z.object({}) : schemaNode(before).core;
  if (!(group instanceof z.ZodObject)) {
    throw new Error(`the chart already has a value '${key}', so no part can be called so`);
  }
  const made = placed(group, below, part, description)
    .prefault({})
    .meta({
      section: key,
      description: (below.length === 0 ? description : undefined) ?? `Values of ${key}.`,
    });
  return withFields(root, { ...root.shape, [key]: made });
}

function treeOf(fixed: unknown): Readonly<Record<string, unknown>> {
  return isMap(fixed) ? fixed : {};
}

function referencesTo<S extends z.ZodObject>(
  keys: readonly string[],
  { schema, props }: ValuesPart<S>,
  shared: readonly string[],
): Ref<z.output<S>> {
  const fixed = fixedTree(treeOf(props.fixed));
  const moved = shared.flatMap((key) => {
    const field = fieldOf(schema, key);
    if (field === undefined) {
      return [];
    }
    const inner = fixed[key];
    const root = referenceTo<unknown>([key], field);
    return [[key, isTree(inner) ? partlyFixed(root, inner) : (inner ?? root)] as const];
  });
  const all = { ...fixed, ...Object.fromEntries(moved) };
  return partlyFixed(referenceTo<z.output<S>>(keys, schema), all);
}

function referenceTo<X>(keys: readonly string[], schema: z.core.$ZodType): Ref<X> {
  return reference<X>(path('.Values', keys, valueTypeOf(schema)));
}

function isTree(value: unknown): value is FixedTree {
  return isMap(value) && !(value instanceof Expr);
}

function fixedTree(fixed: Readonly<Record<string, unknown>>): FixedTree {
  const inner = Object.entries(fixed)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => [key, isMap(value) ? fixedTree(value) : expressionOf(value)] as const);
  return Object.fromEntries(inner);
}

function expressionOf(value: unknown): Expr {
  if (value instanceof Expr) {
    return value;
  }
  const known = z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]);
  return literal(known.parse(value));
}
