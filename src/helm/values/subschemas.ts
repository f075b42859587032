import { isMap } from '../expression/go-value';
import type { JsonSchema } from './json-schema';

/** Names of values, outermost first; what stands within one is `<name>-item`, `<name>-key`... */
export type SchemaPath = readonly string[];

export type SchemaChange = (schema: JsonSchema, path: SchemaPath) => JsonSchema;

function isSchema(value: unknown): value is JsonSchema {
  return isMap(value);
}

/** The schemas that references point to. */
export function definitionsOf(schema: JsonSchema): ReadonlyMap<string, JsonSchema> {
  const { definitions } = schema;
  const entries = isMap(definitions) ? Object.entries(definitions) : [];
  return new Map(entries.flatMap(([name, value]) => (isSchema(value) ? [[name, value]] : [])));
}

/** The schemas directly below one. */
export function subschemasOf(schema: JsonSchema): readonly JsonSchema[] {
  const { properties, items, additionalProperties, propertyNames, anyOf, allOf } = schema;
  const single = [items, additionalProperties, propertyNames];
  return [...Object.values(properties ?? {}), ...single, ...(anyOf ?? []), ...(allOf ?? [])].filter(
    isSchema,
  );
}

/** A copy of a schema in which each schema directly below it went through `change`. */
export function withSubschemas(
  schema: JsonSchema,
  path: SchemaPath,
  change: SchemaChange,
): JsonSchema {
  const { properties, items, additionalProperties, propertyNames, anyOf, allOf } = schema;
  const within = (part: string): SchemaPath => [
    ...path.slice(0, -1),
    `${path.at(-1) ?? ''}-${part}`,
  ];
  const changed = { ...schema };
  if (properties !== undefined) {
    const entries = Object.entries(properties).map(([name, value]) => {
      return [name, isSchema(value) ? change(value, [...path, name]) : value] as const;
    });
    changed.properties = Object.fromEntries(entries);
  }
  if (isSchema(items)) {
    changed.items = change(items, within('item'));
  }
  if (isSchema(additionalProperties)) {
    changed.additionalProperties = change(additionalProperties, within('value'));
  }
  if (isSchema(propertyNames)) {
    changed.propertyNames = change(propertyNames, within('key'));
  }
  if (anyOf !== undefined) {
    changed.anyOf = anyOf.map((option) => change(option, within('option')));
  }
  if (allOf !== undefined) {
    changed.allOf = allOf.map((part) => change(part, within('part')));
  }
  return changed;
}
