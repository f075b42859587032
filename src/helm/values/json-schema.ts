import { z } from 'zod';
import { fieldsOf, isGroup, schemaNode } from './schema-node';

export type JsonSchema = z.core.JSONSchema.BaseSchema;

export interface JsonSchemaOptions {
  /** Names or aliases of subcharts, whose values stand below keys of the root. */
  readonly dependencies?: readonly string[];
}

/** Formats that every Helm asserts by itself, so that no pattern is needed. */
const ASSERTED_FORMATS = new Set(['email', 'uri', 'ipv4', 'ipv6', 'hostname', 'date-time']);

/**
 * The objects that Helm merges no defaults into: those in lists, in free maps and below optional
 * values.
 */
function unmergedObjects(schema: z.core.$ZodType, isUnmerged = false): readonly z.core.$ZodType[] {
  const { core, optional } = schemaNode(schema);
  const { def } = core._zod;
  switch (def.type) {
    case 'object': {
      const inside = isUnmerged || optional;
      const below = Object.values(def.shape).flatMap((field) => unmergedObjects(field, inside));
      return inside ? [core, ...below] : below;
    }
    case 'array':
      return unmergedObjects(def.element, true);
    case 'record':
      return unmergedObjects(def.valueType, true);
    case 'union':
      return def.options.flatMap((option) => unmergedObjects(option, isUnmerged));
    default:
      return [];
  }
}

function acceptNull(schema: JsonSchema): void {
  if (typeof schema.type === 'string') {
    // JSON Schema takes a list of types, which zod's own type does not say.
    Object.assign(schema, { type: [schema.type, 'null'] });
  }
  if (schema.const !== undefined) {
    schema.enum = [schema.const];
    delete schema.const;
  }
  if (schema.enum !== undefined && !schema.enum.includes(null)) {
    schema.enum = [...schema.enum, null];
  }
  if (schema.allOf !== undefined && schema.type === undefined) {
    // A shared definition stands under allOf.
    schema.anyOf = [{ allOf: schema.allOf }];
    delete schema.allOf;
  }
  if (schema.anyOf !== undefined) {
    schema.anyOf = [...schema.anyOf, { type: 'null' }];
  }
}

function checkPattern(schema: JsonSchema, path: readonly (string | number)[]): void {
  if (schema.pattern !== undefined && /\(\?[=!<]|\\[1-9]/.test(schema.pattern)) {
    throw new Error(
      `${path.join('.')}: /${schema.pattern}/ has a lookaround or a backreference; ` +
        'Helm (Go RE2) would refuse the whole schema',
    );
  }
}

/**
 * Helm validates after it merged the defaults and deleted nulls. So every key that values.yaml
 * provides is required: `--set a=null` is then an error and not a nil in a template. These stand
 * under `allOf`, where `cdk8s import` does not make them mandatory props.
 */
function requireKeys(schema: JsonSchema, zodObject: z.core.$ZodType, isUnmerged: boolean): void {
  const fields = (fieldsOf(zodObject) ?? []).map(([key, field]) => ({
    key,
    ...schemaNode(field),
    field,
  }));
  const provided = isUnmerged
    ? []
    : fields.filter(({ field, hasDefault }) => hasDefault || isGroup(field));
  const demanded = fields.filter(
    (each) => !each.optional && !each.hasDefault && !provided.includes(each),
  );
  delete schema.required;
  if (demanded.length > 0) {
    schema.required = demanded.map(({ key }) => key);
  }
  if (provided.length > 0) {
    schema.allOf = [...(schema.allOf ?? []), { required: provided.map(({ key }) => key) }];
  }
}

function adapt(
  schema: JsonSchema,
  zodSchema: z.core.$ZodTypes,
  path: readonly (string | number)[],
  unmerged: ReadonlySet<z.core.$ZodType>,
): void {
  const { def } = zodSchema._zod;
  if (schema.format !== undefined) {
    if (ASSERTED_FORMATS.has(schema.format)) {
      delete schema.pattern;
    } else {
      delete schema.format;
    }
  }
  checkPattern(schema, path);
  // Ours, not JSON Schema's.
  delete schema.section;
  delete schema.refused;
  delete schema.immutable;
  if (def.type === 'object') {
    if (def.catchall === undefined) {
      schema.additionalProperties = false;
    }
    requireKeys(schema, zodSchema, unmerged.has(schemaNode(zodSchema).core));
  }
  if (def.type === 'record' && typeof schema.propertyNames === 'object') {
    const { propertyNames } = schema;
    if (Object.keys(propertyNames).join() === 'type' && propertyNames.type === 'string') {
      delete schema.propertyNames;
    }
  }
  const node = schemaNode(zodSchema);
  if (node.optional && zodSchema !== node.core) {
    acceptNull(schema);
  }
  if (isGroup(zodSchema) || schema.default === null) {
    delete schema.default;
  }
}

const GLOBAL: JsonSchema = {
  type: 'object',
  description: 'Values that Helm shares with every subchart.',
};

const ENABLED: JsonSchema = {
  type: 'boolean',
  description: 'Read by the dependency condition of a parent chart only.',
};

/** The draft-07 JSON Schema of a chart's values, which every Helm understands. */
export function jsonSchemaOf(schema: z.core.$ZodType, options: JsonSchemaOptions = {}): JsonSchema {
  const unmerged = new Set(unmergedObjects(schema));
  const made = z.toJSONSchema(schema, {
    target: 'draft-7',
    io: 'input',
    unrepresentable: 'throw',
    cycles: 'throw',
    override: ({ zodSchema, jsonSchema, path }) => {
      adapt(jsonSchema, zodSchema, path, unmerged);
    },
  });
  const added: Record<string, JsonSchema> = { global: GLOBAL, enabled: ENABLED };
  for (const name of options.dependencies ?? []) {
    added[name] = { type: 'object', description: `Values of the subchart ${name}.` };
  }
  return { ...made, properties: { ...added, ...made.properties } };
}
