import { isMap } from '../expression/go-value';
import { IMMUTABLE_REMARK } from './immutable';
import type { JsonSchema } from './json-schema';
import { withSharedDefinitions } from './shared-definitions';
import { definitionsOf, withSubschemas } from './subschemas';

const WIDTH = 120;

const COMMENT =
  'What Helm checks. What the values are for stands in values.yaml, README.md and, for editors, ' +
  'values.editor.schema.json.';

const PROSE = new Set(['description', 'default', 'examples', 'deprecated']);

/** Without the words that do not decide whether values are valid, but for the mark `immutable`. */
function withoutProse(schema: JsonSchema): JsonSchema {
  const isMarked = schema.description?.endsWith(IMMUTABLE_REMARK) === true;
  const shown = isMarked ? { ...schema, description: IMMUTABLE_REMARK } : schema;
  const said = Object.entries(shown).filter(
    ([word]) => !PROSE.has(word) || (isMarked && word === 'description'),
  );
  const checks = withSubschemas(Object.fromEntries(said), [], withoutProse);
  const { allOf, ...others } = checks;
  const only = allOf?.length === 1 ? allOf[0] : undefined;
  // zod wraps a reference that has prose beside it.
  return only?.$ref !== undefined && Object.keys(others).length === 0 ? only : checks;
}

/** Nothing that values.yaml provides is required: a file with a few values is complete. */
function withoutProvided(schema: JsonSchema): JsonSchema {
  const { allOf, ...rest } = withSubschemas(schema, [], withoutProvided);
  const others = allOf?.filter((part) => Object.keys(part).join() !== 'required') ?? [];
  return others.length === 0 ? rest : { ...rest, allOf: others };
}

/** The schema after a change of it and of each of its definitions. */
function changed(schema: JsonSchema, change: (part: JsonSchema) => JsonSchema): JsonSchema {
  const definitions = [...definitionsOf(schema)].map(([name, part]) => [name, change(part)]);
  return { ...change(schema), definitions: Object.fromEntries(definitions) };
}

/** What is left of a room after a value on one line; below 0 as soon as it does not fit. */
function roomAfter(value: unknown, room: number): number {
  if (!isNested(value)) {
    return room - JSON.stringify(value).length;
  }
  const isList = Array.isArray(value);
  const items = Object.entries(value);
  let left = room - '[]'.length - ', '.length * Math.max(0, items.length - 1);
  for (const [name, item] of items) {
    if (left < 0) {
      return left;
    }
    left = roomAfter(item, isList ? left : left - `"${name}": `.length);
  }
  return left;
}

function fits(value: unknown, room: number): boolean {
  return roomAfter(value, room) >= 0;
}

function onOneLine(value: unknown): string {
  if (Array.isArray(value)) {
    return `[${value.map(onOneLine).join(', ')}]`;
  }
  if (isMap(value)) {
    const entries = Object.entries(value).map(([name, item]) => `"${name}": ${onOneLine(item)}`);
    return `{${entries.join(', ')}}`;
  }
  return JSON.stringify(value);
}

function isNested(value: unknown): value is object {
  return isMap(value) || Array.isArray(value);
}

/** JSON in which a value that fits stands on one line, and so does a list of words. */
function json(value: unknown, indent: string, room: number): string {
  const inner = `${indent} `;
  if (Array.isArray(value) && value.some(isNested) && !fits(value, room)) {
    const items = value.map((item) => inner + json(item, inner, WIDTH - inner.length - 1));
    return `[\n${items.join(',\n')}\n${indent}]`;
  }
  if (isMap(value) && !fits(value, room)) {
    const entries = Object.entries(value).map(([name, item]) => {
      const start = `${inner}${JSON.stringify(name)}: `;
      return start + json(item, inner, WIDTH - start.length - 1);
    });
    return `{\n${entries.join(',\n')}\n${indent}}`;
  }
  return onOneLine(value);
}

/**
 * What decides whether values are valid, each part of it written once: values.schema.json, which
 * Helm reads at each command and keeps in each release.
 */
export function checkedSchema(schema: JsonSchema): JsonSchema {
  const { $schema, ...checks } = changed(schema, withoutProse);
  return withSharedDefinitions({ $schema, $comment: COMMENT, ...checks });
}

/** The same with all that an editor shows: values.editor.schema.json. */
export function editorSchema(schema: JsonSchema): JsonSchema {
  return withSharedDefinitions(changed(schema, withoutProvided));
}

export function schemaText(schema: JsonSchema): string {
  return json(schema, '', 0) + '\n';
}
