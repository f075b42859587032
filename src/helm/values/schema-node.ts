import { z } from 'zod';
import { onceForEach } from '../expression/once-for-each';

/** A zod schema without what is wrapped around it, and what the wrappers said. */
export interface SchemaNode {
  readonly core: z.core.$ZodTypes;
  /** Whether the value may be left out and then has no default. */
  readonly optional: boolean;
  readonly hasDefault: boolean;
  readonly defaultValue: unknown;
  /** Whether the default was given with `.default(...)` and not with `.prefault(...)`. */
  readonly isWhole: boolean;
  readonly meta: ValueMeta;
  /** The known keys of an object with any. */
  readonly fields: [string, z.core.$ZodType][] | undefined;
}

/** What a schema can say of a value with `.describe(...)` and `.meta({...})`. */
export interface ValueMeta {
  readonly description?: string;
  /** Heading of the group of values that starts here, in values.yaml and the reference. */
  readonly section?: string;
  /** Whether the value goes away in the next major version; its description says what to use. */
  readonly deprecated?: boolean;
  /** Shown for values without a default; used by tests for values that are hard to invent. */
  readonly examples?: readonly unknown[];
  /** Whether Kubernetes refuses a change of it in an installed release (`immutable`). */
  readonly immutable?: boolean;
  /** Name of its definition in the JSON schema. */
  readonly id?: string;
  /** Why the key is refused, if it is (`refusedKey`). */
  readonly refused?: Refusal;
}

/** Why a key is refused, and what to write instead. */
export interface Refusal {
  readonly problem: string;
  readonly fix: string;
}

function wrapped(schema: z.core.$ZodTypes): z.core.$ZodTypes | undefined {
  const { def } = schema._zod;
  switch (def.type) {
    case 'default':
    case 'prefault':
    case 'optional':
    case 'nullable':
    case 'readonly':
    case 'nonoptional':
      return def.innerType as z.core.$ZodTypes;
    default:
      return undefined;
  }
}

/** Looks through `.default()`, `.prefault()`, `.optional()` and the like. */
export const schemaNode = onceForEach(unwrapped);

function unwrapped(schema: z.core.$ZodType): SchemaNode {
  let core = schema as z.core.$ZodTypes;
  let meta: ValueMeta = {};
  let optional = false;
  let hasDefault = false;
  let defaultValue: unknown;
  let isWhole = false;
  for (;;) {
    // What is said outside wins over what is said inside.
    meta = { ...(z.globalRegistry.get(core) as ValueMeta | undefined), ...meta };
    const { def } = core._zod;
    if ((def.type === 'default' || def.type === 'prefault') && !hasDefault) {
      hasDefault = true;
      defaultValue = def.defaultValue;
      isWhole = def.type === 'default';
    }
    optional ||= (def.type === 'optional' || def.type === 'nullable') && !hasDefault;
    const inner = wrapped(core);
    if (inner === undefined) {
      const fields = knownFields(core);
      return { core, optional, hasDefault, defaultValue, isWhole, meta, fields };
    }
    core = inner;
  }
}

function knownFields({ _zod: { def } }: z.core.$ZodTypes): SchemaNode['fields'] {
  const fields = def.type === 'object' ? Object.entries(def.shape) : [];
  return fields.length > 0 ? fields : undefined;
}

/** The known keys of an object schema; undefined for any other schema. */
export function fieldsOf(schema: z.core.$ZodType): SchemaNode['fields'] {
  return schemaNode(schema).fields;
}

/**
 * An object whose keys are values of their own, each with its default. One with a `.default(...)`
 * of its own is a single value.
 */
export function isGroup(schema: z.core.$ZodType): boolean {
  const { fields, optional, isWhole } = schemaNode(schema);
  return fields !== undefined && !optional && !isWhole;
}
