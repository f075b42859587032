import type { z } from 'zod';
import { isMap } from '../expression/go-value';
import { fieldsOf, isGroup, schemaNode } from './schema-node';

/** What values.yaml holds: the defaults, key by key; values without one are left out. */
export function defaultValues(schema: z.core.$ZodType): unknown {
  const node = schemaNode(schema);
  if (!isGroup(schema)) {
    return node.hasDefault && node.defaultValue !== null ? node.defaultValue : undefined;
  }
  const values: Record<string, unknown> = {};
  for (const [key, field] of fieldsOf(schema) ?? []) {
    const value = defaultValues(field);
    if (value !== undefined) {
      values[key] = value;
    }
  }
  return isMap(node.defaultValue) ? { ...values, ...node.defaultValue } : values;
}
