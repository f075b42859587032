import { onceForEach } from '../expression/once-for-each';
import {
  definitionsOf,
  subschemasOf,
  withSubschemas,
  type JsonSchema,
  type SchemaPath,
} from './subschemas';

/** A shorter schema takes no more room than a reference to it. */
const MIN_LENGTH = 60;

/** Charts have schemas in common, and each is asked for in several places. */
const textOf = onceForEach((schema: JsonSchema) => JSON.stringify(schema));

/** Schemas that stand in several places, as their text, but for what repeats only within one. */
function repeatedIn(roots: readonly JsonSchema[]): ReadonlySet<string> {
  const seen = new Set<string>();
  const repeated = new Set<string>();
  const visit = (schema: JsonSchema): void => {
    const text = textOf(schema);
    if (text.length >= MIN_LENGTH && seen.has(text)) {
      repeated.add(text);
      return;
    }
    seen.add(text);
    subschemasOf(schema).forEach(visit);
  };
  roots.forEach(visit);
  return repeated;
}

function pascalCase(path: SchemaPath): string {
  const words = path.flatMap((part) => part.split(/[^A-Za-z0-9]+/));
  return words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
}

/** Named after the value where it first stands, with as much of its path as makes it unique. */
function freeName(path: SchemaPath, taken: ReadonlyMap<string, unknown>): string {
  const names = path.map((_, index) => pascalCase(path.slice(path.length - 1 - index)));
  const free = [...names, ...names.map((name) => `${name}${String(taken.size)}`)];
  const name = free.find((each) => !taken.has(each));
  if (name === undefined) {
    throw new Error(`no name is left for the definition of ${path.join('.')}`);
  }
  return name;
}

/**
 * The same schema, with each part that stands in several places written once, in `definitions`.
 * Parts are equal when every word of them is, so that nothing has to stand beside a `$ref`, where
 * draft-07 does not look.
 */
export function withSharedDefinitions(schema: JsonSchema): JsonSchema {
  const given = definitionsOf(schema);
  const repeated = repeatedIn([schema, ...given.values()]);
  const definitions = new Map(given);
  const names = new Map<string, string>();

  const inside = (part: JsonSchema, path: SchemaPath) => withSubschemas(part, path, shared);
  function shared(part: JsonSchema, path: SchemaPath): JsonSchema {
    const text = textOf(part);
    if (!repeated.has(text)) {
      return inside(part, path);
    }
    const name = names.get(text) ?? freeName(path, definitions);
    if (!names.has(text)) {
      names.set(text, name);
      // It takes its place before those within it.
      definitions.set(name, part);
      definitions.set(name, inside(part, path));
    }
    return { $ref: `#/definitions/${name}` };
  }

  const made = { ...inside(schema, []) };
  delete made.definitions;
  for (const [name, part] of given) {
    definitions.set(name, inside(part, [name]));
  }
  if (definitions.size > 0) {
    made.definitions = Object.fromEntries(definitions);
  }
  return made;
}
