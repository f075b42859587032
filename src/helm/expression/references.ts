import { Expr, retyped, type ManifestNode } from './expression';
import { call, literal } from './operators';
import type { ValueType } from './value-type';

type Primitive = string | number | boolean | null | undefined;

/**
 * A typed reference to a value: `v.broker.replicaCount` is an expression of a number, and
 * `v.broker.replicas` does not compile.
 */
export type Ref<X> = Expr<X> & RefFields<NonNullable<X>, Extract<X, undefined>>;

/** A field of what may be absent may be absent. */
type RefFields<X, Absence> = X extends Primitive | readonly unknown[] | ManifestNode
  ? unknown
  : { readonly [K in keyof X as KnownKey<K>]-?: Ref<X[K] | Absence> };

/** The keys that are written out; those of an index signature are not. */
type KnownKey<K> = K extends string ? (string extends K ? never : K) : never;

/** The keys that a map is known to have, and references to them. For maps typed by their values. */
export function knownFields<X>(
  map: Expr<Readonly<Record<string, X>>>,
): readonly (readonly [string, Ref<X>])[] {
  return Object.keys(map.$type.fields ?? {}).map((key) => [key, knownField<X>(map, key)] as const);
}

/**
 * A map with known keys as one to loop over, with `eachEntry` or `entries`; undefined where the
 * program fixed some of its values, which a loop would not see.
 *
 * @throws when its values are not of one type.
 */
export function loopable<X>(
  map: Expr<Readonly<Record<string, X>>>,
): Expr<Readonly<Record<string, X>>> | undefined {
  const { fields = {}, lacks } = map.$type;
  const [item, ...others] = Object.values(fields);
  if (others.some((other) => JSON.stringify(other) !== JSON.stringify(item))) {
    throw new Error(`the values ${Object.keys(fields).join(', ')} are not of one type`);
  }
  return lacks === undefined ? retyped(map, { ...map.$type, item }) : undefined;
}

function knownField<X>(map: Expr, key: string): Ref<X> {
  const field: unknown = Reflect.get(map, key);
  if (!(field instanceof Expr)) {
    throw new Error(`there is no value '${key}' here`);
  }
  return field as Ref<X>;
}

/** A plain reference, without access to fields. */
export function path<X>(root: string, keys: readonly string[], type: ValueType): Expr<X> {
  return new Expr<X>({ op: 'reference', root, path: keys, nilPrefixes: [] }, type);
}

function fieldOf(parent: Expr, key: string, type: ValueType): Expr {
  if (type.itemDefault !== undefined) {
    return call('dig', literal(key), literal(type.itemDefault), parent);
  }
  const operation = parent.$operation;
  if (operation.op !== 'reference') {
    throw new Error(`the field '${key}' of a computed value cannot be referred to`);
  }
  const depth = operation.path.length;
  const parentMayBeNil = parent.$type.optional === true;
  return reference(
    new Expr(
      {
        ...operation,
        path: [...operation.path, key],
        nilPrefixes: parentMayBeNil ? [...operation.nilPrefixes, depth] : operation.nilPrefixes,
      },
      parentMayBeNil ? { ...type, optional: true } : type,
    ),
  );
}

/** Gives an expression of a map with known fields those fields as properties. */
export function reference<X>(expression: Expr): Ref<X> {
  const fields = expression.$type.fields;
  const target = expression as Ref<X>;
  if (fields === undefined) {
    return target;
  }
  // What is known of an expression is kept with it, so the same field is the same expression.
  const known = new Map<string, Expr>();
  return new Proxy(target, {
    get: (object, key): unknown => {
      if (typeof key === 'string' && Object.hasOwn(fields, key)) {
        const field = known.get(key) ?? fieldOf(expression, key, fields[key]);
        known.set(key, field);
        return field;
      }
      if (typeof key === 'string' && !(key in object)) {
        const known = Object.keys(fields).join(', ');
        throw new Error(`there is no value '${key}' here; known are: ${known}`);
      }
      return Reflect.get(object, key);
    },
  });
}

/** Expressions in place of some values, as a tree of their keys. */
export type FixedTree = Readonly<Record<string, unknown>>;

/**
 * A reference to a map of which some values are fixed: their fields yield the given expressions.
 * Where all other values of the map are used as a whole, the fixed ones are missing, so such a use
 * is refused when the chart is emitted.
 */
export function partlyFixed<X>(expression: Ref<X>, fixed: FixedTree): Ref<X> {
  const lacks = Object.keys(fixed);
  if (lacks.length === 0) {
    return expression;
  }
  const { $operation, $type } = expression;
  const target = new Expr($operation, { ...$type, lacks });
  return new Proxy(target as Ref<X>, {
    get: (object, key): unknown => {
      if (typeof key !== 'string' || key.startsWith('$')) {
        return Reflect.get(object, key);
      }
      const given = Object.hasOwn(fixed, key) ? fixed[key] : undefined;
      if (given instanceof Expr) {
        return given;
      }
      const field: unknown = Reflect.get(expression, key);
      return isTree(given) && field instanceof Expr
        ? partlyFixed(field as Ref<unknown>, given)
        : field;
    },
  });
}

function isTree(value: unknown): value is FixedTree {
  return typeof value === 'object' && value !== null;
}
