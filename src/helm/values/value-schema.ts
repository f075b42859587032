import { z } from 'zod';
import { plainType } from './plain-type';
import { fieldsOf, isGroup, schemaNode } from './schema-node';
import { definitionsOf, type JsonSchema } from './subschemas';

/** The schema of a value, and the definitions that it refers to. */
export interface ValueSchema {
  readonly schema: JsonSchema;
  readonly definitions: ReadonlyMap<string, JsonSchema>;
}

/** Where a value stands, for messages. */
export type ValuePath = readonly (string | number)[];

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

function checkPattern(schema: JsonSchema, path: ValuePath): void {
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
export function requireKeys(
  schema: JsonSchema,
  zodObject: z.core.$ZodType,
  isUnmerged: boolean,
): void {
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

/** What our descriptions say and JSON Schema does not know. */
export function deleteOwnWords(schema: JsonSchema): void {
  delete schema.section;
  delete schema.refused;
  delete schema.immutable;
}

function adapt(
  schema: JsonSchema,
  zodSchema: z.core.$ZodTypes,
  path: ValuePath,
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
  deleteOwnWords(schema);
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

/** The schema as zod makes it. */
function converted(schema: z.core.$ZodType, path: ValuePath): ValueSchema {
  const unmerged = new Set(unmergedObjects(schema));
  const made = z.toJSONSchema(schema, {
    target: 'draft-7',
    io: 'input',
    unrepresentable: 'throw',
    cycles: 'throw',
    override: ({ zodSchema, jsonSchema, path: inner }) => {
      adapt(jsonSchema, zodSchema, [...path, ...inner], unmerged);
    },
  });
  const definitions = definitionsOf(made);
  delete made.$schema;
  delete made.definitions;
  return { schema: made, definitions };
}

/** Many values have the same type. */
const types = new WeakMap<z.core.$ZodType, ValueSchema>();

function typeOf(schema: z.core.$ZodType, path: ValuePath): ValueSchema {
  const plain = plainType(schema);
  return plain === undefined ? converted(schema, path) : { schema: plain, definitions: new Map() };
}

/** The schema of a value with a default: that of its type, which zod makes once, and more. */
function withDefault(schema: z.core.$ZodDefault, path: ValuePath): ValueSchema {
  const { innerType, defaultValue } = schema._zod.def;
  const type = types.get(innerType) ?? typeOf(innerType, path);
  types.set(innerType, type);
  const meta = z.globalRegistry.get(schema);
  // In draft-07 nothing stands beside a reference.
  const inner = type.schema.$ref === undefined ? type.schema : { allOf: [type.schema] };
  const own = Object.assign({ default: defaultValue }, meta);
  const made: JsonSchema = Object.assign({}, own, inner, own);
  adapt(made, schema, path, new Set());
  return { ...type, schema: made };
}

/** The schema of a value that is no group of values. */
export function valueSchema(schema: z.core.$ZodType, path: ValuePath): ValueSchema {
  return schema instanceof z.ZodDefault && schemaNode(schema).meta.id === undefined
    ? withDefault(schema, path)
    : converted(schema, path);
}
