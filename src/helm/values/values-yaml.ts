import { Document, isCollection, Pair, Scalar, stringify, YAMLMap, type Node } from 'yaml';
import type { z } from 'zod';
import { isMap } from '../expression/go-value';
import { valueTypeOf } from './value-type-of';
import { defaultValues } from './default-values';
import { fieldsOf, isGroup, schemaNode } from './schema-node';
import { describe, typeName } from './values-table';

const WIDTH = 96;

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
  return wrap(label + description + choices(schema), width).map((line) => ' ' + line);
}

function sectionLines(title: string): readonly string[] {
  const rule = ' ' + '-'.repeat(60);
  return [rule, ' ' + title, rule];
}

/** A value without a default, commented out, with an example where there is one. */
function commentedOut(key: string, schema: z.core.$ZodType): readonly string[] {
  const example = schemaNode(schema).meta.examples?.[0];
  const yaml =
    example === undefined
      ? `${key}:`
      : stringify({ [key]: example }, { version: '1.1', lineWidth: 0 }).trimEnd();
  return yaml.split('\n').map((line) => ' ' + line);
}

function valueNode(document: Document, value: unknown): Node {
  const node = document.createNode(value);
  if (isCollection(node) && node.items.length === 0) {
    node.flow = true;
  }
  return node;
}

function groupNode(
  document: Document,
  schema: z.core.$ZodType,
  overrides: unknown,
  depth = 0,
): YAMLMap {
  const map = new YAMLMap();
  let waiting: readonly string[] = [];
  for (const [key, field] of fieldsOf(schema) ?? []) {
    if (schemaNode(field).meta.refused !== undefined) {
      continue;
    }
    const given = fieldOf(overrides, key);
    const value = given ?? defaultValues(field);
    const comment = commentLines(field, depth);
    if (value === undefined) {
      waiting = [...waiting, ...comment, ...commentedOut(key, field)];
      continue;
    }
    const { section } = schemaNode(field).meta;
    const keyNode = new Scalar(key);
    const lines = [...waiting, ...(section === undefined ? [] : sectionLines(section)), ...comment];
    waiting = [];
    keyNode.spaceBefore = depth === 0 && map.items.length > 0;
    if (lines.length > 0) {
      keyNode.commentBefore = lines.join('\n');
    }
    const node = isGroup(field)
      ? groupNode(document, field, value, depth + 1)
      : valueNode(document, value);
    map.items.push(new Pair(keyNode, node));
  }
  if (waiting.length > 0) {
    map.comment = waiting.join('\n');
  }
  return map;
}

function fieldOf(values: unknown, key: string): unknown {
  return isMap(values) && Object.hasOwn(values, key) ? values[key] : undefined;
}

/** The text of values.yaml: every default with its description, grouped, the rest commented out. */
export function valuesYaml(schema: z.core.$ZodType, header: readonly string[]): string {
  const document = new Document(undefined, { version: '1.1' });
  document.contents = groupNode(document, schema, defaultValues(schema));
  document.commentBefore = header.map((line) => (line === '' ? '' : ' ' + line)).join('\n');
  return document.toString({ lineWidth: 0, indentSeq: true });
}
