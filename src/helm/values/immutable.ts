import type { z } from 'zod';
import { schemaNode } from './schema-node';

/** Stays in values.schema.json too, where all other prose goes. */
export const IMMUTABLE_REMARK = 'Cannot change after the installation.';

/**
 * A value that reaches a field which Kubernetes does not let change: a claim template, a selector.
 * Its description says so, and with it values.yaml, the schema and the reference.
 */
export function immutable<S extends z.ZodType>(schema: S): S {
  const { meta } = schemaNode(schema);
  const description = [meta.description, IMMUTABLE_REMARK]
    .filter((text) => text !== undefined)
    .join(' ');
  return schema.meta({ ...meta, description, immutable: true });
}
