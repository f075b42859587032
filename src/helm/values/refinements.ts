import type { z } from 'zod';
import { onceForEach } from '../expression/once-for-each';

/** Checks of zod that JSON Schema has too. */
const PLAIN_CHECKS = new Set<string>([
  'less_than',
  'greater_than',
  'multiple_of',
  'number_format',
  'min_length',
  'max_length',
  'length_equals',
]);

/** Formats of strings that are patterns. */
const PLAIN_FORMATS = new Set<unknown>(['regex', 'starts_with', 'ends_with', 'includes']);

/** Types that are what they are, with no more to check than their checks. */
const PLAIN_TYPES = new Set<string>([
  'string',
  'number',
  'boolean',
  'null',
  'enum',
  'literal',
  'unknown',
  'any',
  'never',
]);

function isPlainCheck({ _zod: { def } }: z.core.$ZodCheck): boolean {
  const format = 'format' in def ? def.format : undefined;
  return (
    PLAIN_CHECKS.has(def.check) || (def.check === 'string_format' && PLAIN_FORMATS.has(format))
  );
}

/** The schemas directly below one; undefined for a type that may do more than describe a value. */
function partsOf({ _zod: { def } }: z.core.$ZodTypes): readonly z.core.$ZodType[] | undefined {
  switch (def.type) {
    case 'object':
      return [...Object.values(def.shape), ...(def.catchall === undefined ? [] : [def.catchall])];
    case 'record':
      return [def.keyType, def.valueType];
    case 'array':
      return [def.element];
    case 'union':
      return def.options;
    case 'optional':
    case 'nullable':
    case 'default':
    case 'prefault':
    case 'readonly':
    case 'nonoptional':
      return [def.innerType];
    default:
      return PLAIN_TYPES.has(def.type) ? [] : undefined;
  }
}

/**
 * Whether zod may refuse values that the JSON schema takes: for a `.refine(...)`, a `.transform()`
 * and whatever else JSON Schema cannot say.
 */
export const mayRefine: (schema: z.core.$ZodType) => boolean = onceForEach(refines);

function refines(schema: z.core.$ZodType): boolean {
  const { checks = [] } = schema._zod.def;
  const parts = partsOf(schema as z.core.$ZodTypes);
  return parts === undefined || !checks.every(isPlainCheck) || parts.some(mayRefine);
}
