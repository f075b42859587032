import { isMap } from '../expression/go-value';
import type { JsonSchema } from './json-schema';
import { withSharedDefinitions } from './shared-definitions';
import { definitionsOf, withSubschemas } from './subschemas';

const WIDTH = 120;

const COMMENT =
  'What Helm checks. What the values are for stands in values.yaml, README.md and, for editors, ' +
  'values.editor.schema.json.';

/** Without the words that do not decide whether values are valid. */
function withoutProse(schema: JsonSchema): JsonSchema {
  const checks = withSubschemas(schema, [], withoutProse);
  delete checks.description;
  delete checks.default;
  delete checks.examples;
  delete checks.deprecated;
  const { allOf, ...others } = checks;
  const only = allOf?.length === 1 ? allOf[0] : undefined;
  // zod wraps a reference that has prose beside it.
  return only?.$ref !== undefined && Object.keys(others).length === 0 ? only : checks;
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

/** JSON in which a value that fits stands on one line, and so does a list of words. */
function json(value: unknown, indent: string, room: number): string {
  const line = onOneLine(value);
  const inner = `${indent}  `;
  const isList = Array.isArray(value);
  if (line.length <= room || (isList && !value.some((item) => typeof item === 'object'))) {
    return line;
  }
  if (Array.isArray(value)) {
    const items = value.map((item) => inner + json(item, inner, WIDTH - inner.length - 1));
    return `[\n${items.join(',\n')}\n${indent}]`;
  }
  if (!isMap(value)) {
    return line;
  }
  const entries = Object.entries(value).map(([name, item]) => {
    const start = `${inner}${JSON.stringify(name)}: `;
    return start + json(item, inner, WIDTH - start.length - 1);
  });
  return `{\n${entries.join(',\n')}\n${indent}}`;
}

function text(schema: JsonSchema): string {
  return json(withSharedDefinitions(schema), '', 0) + '\n';
}

/** values.schema.json: what decides whether values are valid. Helm keeps it in every release. */
export function schemaFile(schema: JsonSchema): string {
  const { $schema, ...checks } = withoutProse(schema);
  const definitions: Record<string, JsonSchema> = {};
  for (const [name, definition] of definitionsOf(schema)) {
    definitions[name] = withoutProse(definition);
  }
  return text({ $schema, $comment: COMMENT, ...checks, definitions });
}

/** values.editor.schema.json: the same, with all that an editor shows. */
export function editorSchemaFile(schema: JsonSchema): string {
  return text(schema);
}
