import { z } from 'zod';
import { isMap } from '../expression/go-value';
import { coalesce } from './coalesce';
import { schemaNode } from './schema-node';

/** Some of the values of `X`, however deep; lists and free maps are given whole. */
export type SomeValues<X> = X extends readonly unknown[]
  ? X
  : X extends object
    ? { readonly [K in keyof X]?: SomeValues<NonNullable<X[K]>> }
    : X;

function groupOf(schema: z.core.$ZodType): z.ZodObject | undefined {
  const { core, optional, isWhole } = schemaNode(schema);
  const isGroup = core instanceof z.ZodObject && !optional && !isWhole;
  return isGroup && Object.keys(core.shape).length > 0 ? core : undefined;
}

/** The same wrappers around another object; what they give by default is changed too. */
function rewrapped(
  schema: z.core.$ZodType,
  core: z.ZodObject,
  change: (key: string, value: unknown) => unknown,
): z.ZodType {
  const { hasDefault, defaultValue, meta } = schemaNode(schema);
  if (!hasDefault) {
    return core.meta({ ...meta });
  }
  const given = Object.entries(isMap(defaultValue) ? defaultValue : {})
    .filter(([key]) => Object.hasOwn(core.shape, key))
    .map(([key, value]) => [key, change(key, value)] as const);
  return core.prefault(Object.fromEntries(given)).meta({ ...meta });
}

function unknownValue(path: readonly string[]): Error {
  return new Error(`there is no value '${path.join('.')}'`);
}

function withDefault(
  schema: z.core.$ZodType,
  value: unknown,
  path: readonly string[],
): z.core.$ZodType {
  const group = groupOf(schema);
  if (group !== undefined && isMap(value)) {
    const fields = new Map<string, z.core.$ZodType>(Object.entries(group.shape));
    const changed = Object.entries(value).map(([key, inner]) => {
      const field = fields.get(key);
      if (field === undefined) {
        throw unknownValue([...path, key]);
      }
      return [key, withDefault(field, inner, [...path, key])] as const;
    });
    return rewrapped(schema, group.extend(Object.fromEntries(changed)), (key, inner) =>
      coalesce(inner, value[key]),
    );
  }
  const { core, meta } = schemaNode(schema);
  if (!(core instanceof z.ZodType)) {
    throw new Error(`${path.join('.')}: only schemas of zod itself can get another default`);
  }
  const plain: z.ZodType = core;
  const checked = plain.safeParse(value);
  if (!checked.success) {
    throw new Error(`${path.join('.')}: ${checked.error.issues.map((i) => i.message).join('; ')}`);
  }
  return plain.default(value).meta({ ...meta });
}

/**
 * The same values with other defaults, which is what values.yaml then shows.
 *
 * @throws when a default names no value or does not fit it.
 */
export function withDefaults<S extends z.ZodObject>(schema: S, defaults: SomeValues<z.input<S>>): S;
export function withDefaults(
  schema: z.ZodObject,
  defaults: Readonly<Record<string, unknown>>,
): z.ZodObject;
export function withDefaults(schema: z.ZodObject, defaults: unknown): z.core.$ZodType {
  return withDefault(schema, defaults, []);
}

/** A schema without some of its values; a group that loses all of them goes too. */
export function withoutValues(
  schema: z.core.$ZodType,
  removed: Readonly<Record<string, unknown>>,
  path: readonly string[] = [],
): z.ZodObject | undefined {
  const group = groupOf(schema);
  if (group === undefined) {
    throw new Error(`${path.join('.')} is one value: it can be fixed only as a whole`);
  }
  const left = new Map<string, z.core.$ZodType>(Object.entries(group.shape));
  for (const [key, inner] of Object.entries(removed)) {
    const field = left.get(key);
    if (field === undefined) {
      throw unknownValue([...path, key]);
    }
    const rest = isMap(inner) ? withoutValues(field, inner, [...path, key]) : undefined;
    if (rest === undefined) {
      left.delete(key);
    } else {
      left.set(
        key,
        rewrapped(field, rest, (_, value) => value),
      );
    }
  }
  return left.size === 0
    ? undefined
    : group.clone({ ...group.def, shape: Object.fromEntries(left) });
}
