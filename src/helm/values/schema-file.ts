import { isMap } from '../expression/go-value';
import { onceForEach } from '../expression/once-for-each';
import { IMMUTABLE_REMARK } from './immutable';
import { withSharedDefinitions } from './shared-definitions';
import { definitionsOf, withSubschemas, type JsonSchema } from './subschemas';

const WIDTH = 120;

const COMMENT =
  'What Helm checks. What the values are for stands in values.yaml, README.md and, for editors, ' +
  'values.editor.schema.json.';

const PROSE = new Set(['description', 'default', 'examples', 'deprecated']);

/** Without the words that do not decide whether values are valid, but for the mark `immutable`. */
const withoutProse = onceForEach((schema: JsonSchema): JsonSchema => {
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
});

/** Nothing that values.yaml provides is required: a file with a few values is complete. */
const withoutProvided = onceForEach((schema: JsonSchema): JsonSchema => {
  const changed = withSubschemas(schema, [], withoutProvided);
  const { allOf, ...rest } = changed;
  const others = allOf?.filter((part) => Object.keys(part).join() !== 'required') ?? [];
  if (others.length === allOf?.length) {
    return changed;
  }
  return others.length === 0 ? rest : { ...rest, allOf: others };
});

/** The schema after a change of it and of each of its definitions. */
function changed(schema: JsonSchema, change: (part: JsonSchema) => JsonSchema): JsonSchema {
  const definitions = [...definitionsOf(schema)].map(([name, part]) => [name, change(part)]);
  return { ...change(schema), definitions: Object.fromEntries(definitions) };
}

function isNested(value: unknown): value is object {
  return isMap(value) || Array.isArray(value);
}

/** A value on one line, if it is not longer than the room there. */
function onOneLine(value: unknown, room: number): string | undefined {
  if (!isNested(value)) {
    const text = JSON.stringify(value);
    return text.length <= room ? text : undefined;
  }
  if (room < '[]'.length) {
    return undefined;
  }
  const isList = Array.isArray(value);
  const items: string[] = [];
  let left = room;
  for (const [name, item] of Object.entries(value)) {
    const start = isList ? '' : `"${name}": `;
    const text = onOneLine(item, left - start.length - ', '.length);
    if (text === undefined) {
      return undefined;
    }
    items.push(start + text);
    left -= start.length + text.length + ', '.length;
  }
  const line = items.join(', ');
  return isList ? `[${line}]` : `{${line}}`;
}

/** JSON in which a value that fits stands on one line, and so does a list of words. */
function json(value: unknown, indent: string, room: number): string {
  const isWords = Array.isArray(value) && !value.some(isNested);
  const line = onOneLine(value, isWords ? Infinity : room);
  if (line !== undefined) {
    return line;
  }
  const inner = `${indent} `;
  const below = (item: unknown, start: string) =>
    start + json(item, inner, WIDTH - start.length - 1);
  if (Array.isArray(value)) {
    const items = value.map((item) => below(item, inner));
    return `[\n${items.join(',\n')}\n${indent}]`;
  }
  if (isMap(value)) {
    const entries = Object.entries(value).map(([name, item]) =>
      below(item, `${inner}${JSON.stringify(name)}: `),
    );
    return `{\n${entries.join(',\n')}\n${indent}}`;
  }
  return JSON.stringify(value);
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
