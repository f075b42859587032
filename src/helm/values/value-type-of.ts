import { z } from 'zod';
import { onceForEach } from '../expression/once-for-each';
import { weakestContent, type StringContent, type ValueType } from '../expression/value-type';
import { yamlScalar } from '../manifest/yaml-scalar';
import { contentOfPattern } from './pattern-content';
import { schemaNode, type SchemaNode } from './schema-node';

/** What a schema checks; one with a format is a check itself. */
function checksOf(core: z.core.$ZodTypes): readonly unknown[] {
  return [core, ...(core._zod.def.checks ?? [])];
}

/** The strongest content that any pattern of the schema proves. */
function contentOfString(core: z.core.$ZodTypes): StringContent {
  const patterns = checksOf(core).map((check) =>
    check instanceof z.core.$ZodCheckStringFormat ? check._zod.def.pattern?.source : undefined,
  );
  const contents = patterns.map((pattern) =>
    pattern === undefined ? 'free' : contentOfPattern(pattern),
  );
  return (['name', 'quotable'] as const).find((content) => contents.includes(content)) ?? 'free';
}

function contentOfConstant(value: unknown): StringContent {
  const text = String(value);
  if (yamlScalar(text) === text && /^[A-Za-z]/.test(text)) {
    return 'word';
  }
  return contentOfPattern(`^${text.replace(/[^A-Za-z0-9]/g, '\\$&')}$`);
}

function isWhole(core: z.core.$ZodTypes): boolean {
  return checksOf(core).some(
    (check) =>
      check instanceof z.core.$ZodCheckNumberFormat && check._zod.def.format.includes('int'),
  );
}

function typeOfConstants(values: readonly unknown[]): ValueType {
  if (values.every((value) => typeof value === 'string')) {
    return { kind: 'string', content: weakestContent(values.map(contentOfConstant)) };
  }
  if (values.every((value) => Number.isInteger(value))) {
    return { kind: 'integer' };
  }
  return values.every((value) => typeof value === 'boolean')
    ? { kind: 'boolean' }
    : { kind: 'any' };
}

function checkKey(key: string): void {
  if (key.startsWith('$') || key === 'toJSON') {
    throw new Error(`a value cannot be called '${key}': that name is reserved`);
  }
}

/** A map of which the keys are known has them as fields, each of which may be absent. */
function fieldsOfKeys(
  keys: z.core.$ZodType,
  item: ValueType,
): Readonly<Record<string, ValueType>> | undefined {
  const { def } = schemaNode(keys).core._zod;
  if (def.type !== 'enum') {
    return undefined;
  }
  const names = Object.values(def.entries).map(String);
  return Object.fromEntries(names.map((name) => [name, { ...item, optional: true }]));
}

function typeOfCore(core: z.core.$ZodTypes, inItem: boolean): ValueType {
  const { def } = core._zod;
  switch (def.type) {
    case 'string':
      return { kind: 'string', content: contentOfString(core) };
    case 'number':
      return { kind: isWhole(core) ? 'integer' : 'number' };
    case 'boolean':
      return { kind: 'boolean' };
    case 'enum':
      return typeOfConstants(Object.values(def.entries));
    case 'literal':
      return typeOfConstants(def.values);
    case 'object': {
      Object.keys(def.shape).forEach(checkKey);
      const fields = Object.entries(def.shape).map(
        ([key, field]) => [key, valueTypeOf(field, inItem)] as const,
      );
      return { kind: 'map', fields: Object.fromEntries(fields) };
    }
    case 'record': {
      const item = valueTypeOf(def.valueType, true);
      return { kind: 'map', item, fields: fieldsOfKeys(def.keyType, item) };
    }
    case 'array':
      return { kind: 'list', item: valueTypeOf(def.element, true) };
    default:
      return { kind: 'any' };
  }
}

function itemDefaultOf(node: SchemaNode): string | number | boolean {
  const { defaultValue } = node;
  if (
    typeof defaultValue === 'string' ||
    typeof defaultValue === 'number' ||
    typeof defaultValue === 'boolean'
  ) {
    return defaultValue;
  }
  throw new Error(
    'a default inside list items or map values must be a string, number or boolean: ' +
      'Helm does not merge values.yaml into them',
  );
}

/** A chart asks again with each part that it takes in. */
const ownType = onceForEach((schema: z.core.$ZodType) => typeOf(schema, false));
const itemType = onceForEach((schema: z.core.$ZodType) => typeOf(schema, true));

/** The run-time type of the values that a schema describes. */
export function valueTypeOf(schema: z.core.$ZodType, inItem = false): ValueType {
  return inItem ? itemType(schema) : ownType(schema);
}

function typeOf(schema: z.core.$ZodType, inItem: boolean): ValueType {
  const node = schemaNode(schema);
  const type: ValueType = {
    ...typeOfCore(node.core, inItem || node.optional),
    ...(node.defaultValue === '' ? { blankIsNone: true } : {}),
    ...(node.meta.refused === undefined ? {} : { refused: true }),
  };
  if (inItem && node.hasDefault) {
    return { ...type, itemDefault: itemDefaultOf(node) };
  }
  return node.optional ? { ...type, optional: true } : type;
}
