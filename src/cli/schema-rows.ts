import { isMap } from './plain-map';
import type { JsonSchema, ValueRow } from '../helm/index';

/** The words of the reference for the types of JSON Schema. */
const TYPE_NAMES: Readonly<Record<string, string>> = {
  string: 'string',
  integer: 'int',
  number: 'float',
  boolean: 'bool',
  object: 'object',
  array: 'list',
};

function typeOf(schema: JsonSchema | undefined, value: unknown): string {
  const declared: unknown = schema?.type;
  const names = (Array.isArray(declared) ? declared : [declared]).map(String);
  const known = names.flatMap((name) => TYPE_NAMES[name] ?? []).at(0);
  if (known !== undefined) {
    return known;
  }
  if (Array.isArray(value)) {
    return 'list';
  }
  const guessed = Number.isInteger(value) ? 'integer' : typeof value;
  return TYPE_NAMES[guessed] ?? 'any';
}

function isGroup(schema: JsonSchema | undefined, value: unknown): boolean {
  const properties = Object.keys(schema?.properties ?? {});
  return properties.length > 0 || (isMap(value) && Object.keys(value).length > 0);
}

/** Every value of a chart of which only the schema and values.yaml are at hand. */
export function rowsOfSchema(
  schema: JsonSchema,
  defaults: unknown,
  path: readonly string[] = [],
): readonly ValueRow[] {
  const fields = schema.properties ?? {};
  const provided = isMap(defaults) ? defaults : {};
  const keys = [...new Set([...Object.keys(provided), ...Object.keys(fields)])];
  return keys.flatMap((key): readonly ValueRow[] => {
    const field: unknown = fields[key];
    const inner: JsonSchema | undefined = isMap(field) ? field : undefined;
    const value = provided[key];
    const inside = [...path, key];
    if (isGroup(inner, value)) {
      return rowsOfSchema(inner ?? {}, value, inside);
    }
    return [
      {
        path: inside.join('.'),
        type: typeOf(inner, value),
        defaultValue: value === undefined ? '' : JSON.stringify(value),
        description: inner?.description ?? '',
        section: '',
      },
    ];
  });
}
