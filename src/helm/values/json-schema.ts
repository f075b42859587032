import type { z } from 'zod';
import { fieldsOf, isGroup, schemaNode } from './schema-node';
import {
  deleteOwnWords,
  requireKeys,
  valueSchema,
  type ValuePath,
  type ValueSchema,
} from './value-schema';
import type { JsonSchema } from './subschemas';

export type { JsonSchema } from './subschemas';

export interface JsonSchemaOptions {
  /** Names or aliases of subcharts, whose values stand below keys of the root. */
  readonly dependencies?: readonly string[];
}

const DRAFT = 'http://json-schema.org/draft-07/schema#';

const GLOBAL: JsonSchema = {
  type: 'object',
  description: 'Values that Helm shares with every subchart.',
};

const ENABLED: JsonSchema = {
  type: 'boolean',
  description: 'Read by the dependency condition of a parent chart only.',
};

/** A schema never changes, and charts have many in common. */
const schemas = new WeakMap<z.core.$ZodType, ValueSchema>();

function schemaOf(schema: z.core.$ZodType, path: ValuePath): ValueSchema {
  const made =
    schemas.get(schema) ??
    (isPlainGroup(schema) ? groupSchema(schema, path) : valueSchema(schema, path));
  schemas.set(schema, made);
  return made;
}

/** Whether it is a group that takes no other keys, and that has no definition of its own. */
function isPlainGroup(schema: z.core.$ZodType): boolean {
  const { core, meta } = schemaNode(schema);
  const { def } = core._zod;
  const isClosed = def.type === 'object' && def.catchall === undefined;
  return isGroup(schema) && isClosed && meta.id === undefined;
}

/** The schema of a group, put together from those of its values. */
function groupSchema(schema: z.core.$ZodType, path: ValuePath): ValueSchema {
  const { core, meta } = schemaNode(schema);
  const fields = (fieldsOf(schema) ?? []).map(
    ([key, field]) => [key, schemaOf(field, [...path, 'properties', key])] as const,
  );
  const made = Object.assign<JsonSchema, object, JsonSchema>({}, meta, {
    type: 'object',
    properties: Object.fromEntries(fields.map(([key, field]) => [key, field.schema])),
    additionalProperties: false,
  });
  requireKeys(made, core, false);
  deleteOwnWords(made);
  const definitions = new Map(fields.flatMap(([, field]) => [...field.definitions]));
  return { schema: made, definitions };
}

/** The draft-07 JSON Schema of a chart's values, which every Helm understands. */
export function jsonSchemaOf(schema: z.core.$ZodType, options: JsonSchemaOptions = {}): JsonSchema {
  const { schema: made, definitions } = schemaOf(schema, []);
  const added: Record<string, JsonSchema> = { global: GLOBAL, enabled: ENABLED };
  for (const name of options.dependencies ?? []) {
    added[name] = { type: 'object', description: `Values of the subchart ${name}.` };
  }
  return {
    $schema: DRAFT,
    ...made,
    ...(definitions.size === 0 ? {} : { definitions: Object.fromEntries(definitions) }),
    properties: { ...added, ...made.properties },
  };
}
