import { stringify } from 'yaml';
import type { z } from 'zod';
import { isMap } from '../expression/go-value';
import { isWord } from '../manifest/yaml-scalar';
import { valueTypeOf } from './value-type-of';
import { defaultValues } from './default-values';
import { fieldsOf, isGroup, schemaNode } from './schema-node';
import { describe, typeName } from './values-table';

const WIDTH = 96;

const INDENT = '  ';
const STYLE = { version: '1.1', lineWidth: 0 } as const;

/** Breaks text into lines of limited width. */
function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  for (const paragraph of text.split('\n')) {
    let line = '';
    for (const word of paragraph.split(' ')) {
      if (line !== '' && line.length + 1 + word.length > width) {
        lines.push(line);
        line = word;
      } else {
        line = line === '' ? word : `${line} ${word}`;
      }
    }
    lines.push(line);
  }
  return lines;
}

function choices(schema: z.core.$ZodType): string {
  const { def } = schemaNode(schema).core._zod;
  return def.type === 'enum' ? ` One of: ${Object.values(def.entries).join(', ')}.` : '';
}

/** The comment above a key, in the style of helm-docs: `# -- (int) Number of brokers.` */
function commentLines(schema: z.core.$ZodType, depth: number): readonly string[] {
  const { meta } = schemaNode(schema);
  const description = describe(meta);
  if (description === '') {
    return [];
  }
  const label = isGroup(schema) ? '' : `-- (${typeName(valueTypeOf(schema))}) `;
  const width = WIDTH - 2 * depth;
  return wrap(label + description + choices(schema), width);
}

function sectionLines(title: string): readonly string[] {
  const rule = '-'.repeat(60);
  return [rule, title, rule];
}

function asComments(lines: readonly string[], depth: number): readonly string[] {
  const start = `${INDENT.repeat(depth)}#`;
  return lines.map((line) => (line === '' ? start : `${start} ${line}`));
}

/** A value without a default, commented out, with an example where there is one. */
function commentedOut(key: string, schema: z.core.$ZodType): readonly string[] {
  const example = schemaNode(schema).meta.examples?.[0];
  const yaml = example === undefined ? `${key}:` : stringify({ [key]: example }, STYLE).trimEnd();
  return yaml.split('\n');
}

/** Most values are written the same way by everyone; the serializer of `yaml` is slow. */
function shortText(value: unknown): string | undefined {
  if (Number.isInteger(value) || typeof value === 'boolean') {
    return String(value);
  }
  if (value === '') {
    return '""';
  }
  if (Array.isArray(value) && value.length === 0) {
    return '[]';
  }
  if (isMap(value) && Object.keys(value).length === 0) {
    return '{}';
  }
  return typeof value === 'string' && isWord(value) ? value : undefined;
}

function keyText(key: string): string {
  return isWord(key) ? key : stringify({ [key]: 0 }, STYLE).replace(/: 0\n$/, '');
}

/** As `yaml` writes an entry at this depth. */
function serialized(key: string, value: unknown, depth: number): readonly string[] {
  let tree = { [key]: value };
  for (let level = 0; level < depth; level += 1) {
    tree = { group: tree };
  }
  return stringify(tree, STYLE).replace(/\n$/, '').split('\n').slice(depth);
}

function entryLines(
  key: string,
  field: z.core.$ZodType,
  value: unknown,
  depth: number,
): readonly string[] {
  const start = `${INDENT.repeat(depth)}${keyText(key)}:`;
  if (isGroup(field)) {
    const inside = groupLines(field, value, depth + 1);
    return inside.length > 0 ? [start, ...inside] : [`${start} {}`];
  }
  const short = shortText(value);
  return short === undefined ? serialized(key, value, depth) : [`${start} ${short}`];
}

function groupLines(schema: z.core.$ZodType, overrides: unknown, depth: number): readonly string[] {
  const lines: string[] = [];
  let waiting: readonly string[] = [];
  for (const [key, field] of fieldsOf(schema) ?? []) {
    const { meta } = schemaNode(field);
    if (meta.refused !== undefined) {
      continue;
    }
    const value = fieldOf(overrides, key) ?? defaultValues(field);
    const comment = commentLines(field, depth);
    if (value === undefined) {
      waiting = [...waiting, ...comment, ...commentedOut(key, field)];
      continue;
    }
    const section = meta.section === undefined ? [] : sectionLines(meta.section);
    // A text that ends with line breaks would get one more.
    const space = depth === 0 && lines.at(-1)?.trim() ? [''] : [];
    lines.push(...space, ...asComments([...waiting, ...section, ...comment], depth));
    lines.push(...entryLines(key, field, value, depth));
    waiting = [];
  }
  const rest = asComments(waiting, depth);
  const isBare = lines.length === 0 && (depth === 0 || rest.length > 0);
  return [...lines, ...(isBare ? [`${INDENT.repeat(depth)}{}`] : []), ...rest];
}

function fieldOf(values: unknown, key: string): unknown {
  return isMap(values) && Object.hasOwn(values, key) ? values[key] : undefined;
}

/** The text of values.yaml: every default with its description, grouped, the rest commented out. */
export function valuesYaml(schema: z.core.$ZodType, header: readonly string[]): string {
  const head = header.map((line) => (line === '' ? '' : `# ${line}`));
  const body = groupLines(schema, defaultValues(schema), 0);
  return [...head, ...(head.length > 0 ? [''] : []), ...body].join('\n') + '\n';
}
