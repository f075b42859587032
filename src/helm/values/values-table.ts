import type { z } from 'zod';
import type { ValueType } from '../expression/value-type';
import { defaultValues } from './default-values';
import { fieldsOf, isGroup, schemaNode, type ValueMeta } from './schema-node';
import { valueTypeOf } from './value-type-of';

/** A value as the reference table shows it. */
export interface ValueRow {
  readonly path: string;
  readonly type: string;
  /** As JSON; empty when the value has no default. */
  readonly defaultValue: string;
  readonly description: string;
  readonly section: string;
}

const TYPE_NAMES: Record<ValueType['kind'], string> = {
  string: 'string',
  integer: 'int',
  number: 'float',
  boolean: 'bool',
  map: 'object',
  list: 'list',
  any: 'any',
};

export function typeName(type: ValueType): string {
  return TYPE_NAMES[type.kind];
}

/** The description as it is shown: a value that goes away says so first. */
export function describe({ description = '', deprecated = false }: ValueMeta): string {
  return deprecated ? `Deprecated. ${description}`.trim() : description;
}

/** Every value of a schema, in the order of values.yaml. */
export function valueRows(
  schema: z.core.$ZodType,
  path: readonly string[] = [],
  section = '',
): readonly ValueRow[] {
  let heading = section;
  return (fieldsOf(schema) ?? []).flatMap(([key, field]) => {
    const { meta } = schemaNode(field);
    if (meta.refused !== undefined) {
      return [];
    }
    const inside = [...path, key];
    // As in values.yaml, a section goes on until the next one starts.
    heading = meta.section ?? heading;
    if (isGroup(field)) {
      return valueRows(field, inside, heading);
    }
    const value = defaultValues(field);
    return [
      {
        path: inside.join('.'),
        type: typeName(valueTypeOf(field)),
        defaultValue: value === undefined ? '' : JSON.stringify(value),
        description: describe(meta),
        section: heading,
      },
    ];
  });
}

function cell(text: string): string {
  return text.replace(/\|/g, '\\|').replace(/\n/g, ' ');
}

function tableRow(row: ValueRow): string {
  const value = row.defaultValue === '' ? '' : `\`${cell(row.defaultValue)}\``;
  return `| \`${row.path}\` | ${row.type} | ${value} | ${cell(row.description)} |`;
}

/** The reference of a chart's values as Markdown tables, one for each section. */
export function valuesTable(schema: z.core.$ZodType): string {
  const sections = new Map<string, ValueRow[]>();
  for (const row of valueRows(schema)) {
    const rows = sections.get(row.section) ?? [];
    sections.set(row.section, rows);
    rows.push(row);
  }
  const tables = [...sections].map(([section, inSection]) => {
    const heading = section === '' ? [] : [`### ${section}`, ''];
    const head = ['| Key | Type | Default | Description |', '|---|---|---|---|'];
    return [...heading, ...head, ...inSection.map(tableRow), ''].join('\n');
  });
  return tables.join('\n');
}
