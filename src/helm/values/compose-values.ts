import { z } from 'zod';
import { Expr } from '../expression/expression';
import { isMap } from '../expression/go-value';
import { literal } from '../expression/operators';
import { partlyFixed, path, reference, type FixedTree, type Ref } from '../expression/references';
import type { Literal } from '../expression/value-type';
import { withDefaults, withoutValues, type SomeValues } from './adjusted-schema';
import { schemaNode } from './schema-node';
import { valueTypeOf } from './value-type-of';
import { ValuesDefinition } from './values-definition';

/** Scalars and lists of strings of `X`, however deep. */
export type FixedValues<X> = {
  readonly [K in keyof X]?: NonNullable<X[K]> extends Literal
    ? NonNullable<X[K]>
    : NonNullable<X[K]> extends readonly unknown[]
      ? never
      : FixedValues<NonNullable<X[K]>>;
};

export interface ValuesPartProps<S extends z.ZodObject> {
  /** Defaults in place of those of the schema. */
  readonly defaults?: SomeValues<z.input<S>>;
  /** Values that the program decides: they leave values.yaml, and users cannot change them. */
  readonly fixed?: FixedValues<z.output<S>>;
  /** What values.yaml says of the part. */
  readonly description?: string;
}

/** The values of one part of a chart, before its place in the chart is known. */
export interface ValuesPart<S extends z.ZodObject = z.ZodObject> {
  readonly schema: S;
  readonly props: ValuesPartProps<S>;
}

/** The values of a part: the schema of a construct with what the program says of them. */
export function valuesPart<S extends z.ZodObject>(
  schema: S,
  props: ValuesPartProps<S> = {},
): ValuesPart<S> {
  const { defaults } = props;
  return { schema: defaults === undefined ? schema : withDefaults(schema, defaults), props };
}

type Parts = Readonly<Record<string, ValuesPart>>;

/** Typed references to the values of each part. */
export type PartReferences<P extends Parts> = {
  readonly [K in keyof P]: Ref<z.output<P[K]['schema']>>;
};

/** The values of a chart with several parts, each below its own key. */
export class ComposedValues<P extends Parts> extends ValuesDefinition {
  /** References to the values of each part, as its construct takes them. */
  readonly parts: PartReferences<P>;

  constructor(parts: P, shared: readonly string[]) {
    super(composedSchema(parts, shared));
    const references = Object.entries(parts).map(
      ([name, part]) => [name, referencesTo(name, part, shared)] as const,
    );
    this.parts = Object.fromEntries(references) as PartReferences<P>;
  }
}

/**
 * Puts the values of several parts into one chart, each below its own key.
 *
 * @param shared keys that the parts have in common and that stand at the root instead, once for
 * all of them. By default `global`.
 * @throws when a part lacks a value that is to get a default or to be fixed.
 */
export function composeValues<P extends Parts>(
  parts: P,
  shared: readonly string[] = ['global'],
): ComposedValues<P> {
  return new ComposedValues(parts, shared);
}

function composedSchema(parts: Parts, shared: readonly string[]): z.ZodObject {
  const common: Record<string, z.core.$ZodType> = {};
  const own: Record<string, z.core.$ZodType> = {};
  for (const [name, { schema, props }] of Object.entries(parts)) {
    if (shared.includes(name)) {
      throw new Error(`a part cannot be called '${name}': values that parts share stand there`);
    }
    const left = withoutValues(schema, treeOf(props.fixed));
    for (const key of shared) {
      const field = left && fieldOf(left, key);
      if (field !== undefined) {
        common[key] = Object.hasOwn(common, key) ? bothOf(common[key], field) : field;
      }
    }
    const moved = shared.filter((key) => left !== undefined && Object.hasOwn(left.shape, key));
    const inside =
      left && withoutValues(left, Object.fromEntries(moved.map((key) => [key, undefined])));
    if (inside !== undefined) {
      const description = props.description ?? `Values of ${name}.`;
      own[name] = inside.prefault({}).meta({ section: name, description });
    }
  }
  return z.object({ ...common, ...own });
}

function fieldOf(schema: z.ZodObject, key: string): z.core.$ZodType | undefined {
  return new Map<string, z.core.$ZodType>(Object.entries(schema.shape)).get(key);
}

/** A group with the values of two; any other value as the first part has it. */
function bothOf(first: z.core.$ZodType, second: z.core.$ZodType): z.core.$ZodType {
  const [a, b] = [schemaNode(first), schemaNode(second)];
  if (!(a.core instanceof z.ZodObject) || !(b.core instanceof z.ZodObject)) {
    return first;
  }
  return a.core
    .extend({ ...b.core.shape, ...a.core.shape })
    .prefault({})
    .meta({ ...a.meta });
}

function treeOf(fixed: unknown): Readonly<Record<string, unknown>> {
  return isMap(fixed) ? fixed : {};
}

function referencesTo(
  name: string,
  { schema, props }: ValuesPart,
  shared: readonly string[],
): Ref<unknown> {
  const fixed = fixedTree(treeOf(props.fixed));
  const moved = shared.flatMap((key) => {
    const field = fieldOf(schema, key);
    if (field === undefined) {
      return [];
    }
    const inner = fixed[key];
    const root = referenceTo([key], field);
    return [[key, isTree(inner) ? partlyFixed(root, inner) : (inner ?? root)] as const];
  });
  return partlyFixed(referenceTo([name], schema), { ...fixed, ...Object.fromEntries(moved) });
}

function referenceTo(keys: readonly string[], schema: z.core.$ZodType): Ref<unknown> {
  return reference(path('.Values', keys, valueTypeOf(schema)));
}

function isTree(value: unknown): value is FixedTree {
  return isMap(value) && !(value instanceof Expr);
}

function fixedTree(fixed: Readonly<Record<string, unknown>>): FixedTree {
  const inner = Object.entries(fixed)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => [key, isMap(value) ? fixedTree(value) : literalOf(value)] as const);
  return Object.fromEntries(inner);
}

function literalOf(value: unknown): Expr {
  const known = z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]);
  return literal(known.parse(value));
}
