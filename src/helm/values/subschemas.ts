import type { z } from 'zod';
import { isMap } from '../expression/go-value';

export type JsonSchema = z.core.JSONSchema.BaseSchema;

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

/**
 * A schema in which each schema directly below it went through `change`: itself where that changed
 * nothing, else a copy.
 */
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
  const changed = new Set<JsonSchema>();
  const changedTo = (part: JsonSchema, inside: SchemaPath): JsonSchema => {
    const made = change(part, inside);
    if (made !== part) {
      changed.add(made);
    }
    return made;
  };
  const copy = { ...schema };
  if (properties !== undefined) {
    const entries = Object.entries(properties).map(([name, value]) => {
      return [name, isSchema(value) ? changedTo(value, [...path, name]) : value] as const;
    });
    copy.properties = Object.fromEntries(entries);
  }
  if (isSchema(items)) {
    copy.items = changedTo(items, within('item'));
  }
  if (isSchema(additionalProperties)) {
    copy.additionalProperties = changedTo(additionalProperties, within('value'));
  }
  if (isSchema(propertyNames)) {
    copy.propertyNames = changedTo(propertyNames, within('key'));
  }
  if (anyOf !== undefined) {
    copy.anyOf = anyOf.map((option) => changedTo(option, within('option')));
  }
  if (allOf !== undefined) {
    copy.allOf = allOf.map((part) => changedTo(part, within('part')));
  }
  return changed.size > 0 ? copy : schema;
}
