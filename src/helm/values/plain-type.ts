import { z } from 'zod';
import type { JsonSchema } from './subschemas';

type Checks = readonly z.core.$ZodCheck[];

/**
 * The schema of a usual type: a boolean, one of some words, a text or a number within limits. It is
 * what zod says of it, in a fraction of the time. Undefined for every other type.
 */
export function plainType(schema: z.core.$ZodType): JsonSchema | undefined {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  if (z.globalRegistry.get(schema) !== undefined) {
    return undefined;
  }
  // One with a format is a check itself.
  const checks: Checks = [...(isCheck(schema) ? [schema] : []), ...(def.checks ?? [])];
  switch (def.type) {
    case 'boolean':
      return checks.length === 0 ? { type: 'boolean' } : undefined;
    case 'enum':
      return checks.length === 0 ? wordType(Object.values(def.entries)) : undefined;
    case 'string':
      return textType(checks);
    case 'number':
      return numberType(checks);
    default:
      return undefined;
  }
}

function isCheck(schema: z.core.$ZodType): schema is z.core.$ZodType & z.core.$ZodCheck {
  return schema instanceof z.core.$ZodCheck;
}

function wordType(words: readonly (string | number)[]): JsonSchema | undefined {
  return words.every((word) => typeof word === 'string')
    ? { type: 'string', enum: [...words] }
    : undefined;
}

function textType(checks: Checks): JsonSchema | undefined {
  let least: number | undefined;
  let most: number | undefined;
  const patterns: string[] = [];
  for (const check of checks) {
    if (check instanceof z.core.$ZodCheckMinLength) {
      least = Math.max(least ?? 0, check._zod.def.minimum);
    } else if (check instanceof z.core.$ZodCheckMaxLength) {
      most = Math.min(most ?? Infinity, check._zod.def.maximum);
    } else if (check instanceof z.core.$ZodCheckRegex && patterns.length === 0) {
      patterns.push(check._zod.def.pattern.source);
    } else {
      return undefined;
    }
  }
  return {
    type: 'string',
    ...(least === undefined ? {} : { minLength: least }),
    ...(most === undefined ? {} : { maxLength: most }),
    ...(patterns.length === 0 ? {} : { pattern: patterns[0] }),
  };
}

function numberType(checks: Checks): JsonSchema | undefined {
  let type: 'integer' | 'number' = 'number';
  let minimum = -Infinity;
  let maximum = Infinity;
  for (const check of checks) {
    if (check instanceof z.core.$ZodCheckNumberFormat && check._zod.def.format === 'safeint') {
      type = 'integer';
      minimum = Math.max(minimum, Number.MIN_SAFE_INTEGER);
      maximum = Math.min(maximum, Number.MAX_SAFE_INTEGER);
    } else if (check instanceof z.core.$ZodCheckGreaterThan && check._zod.def.inclusive) {
      minimum = Math.max(minimum, Number(check._zod.def.value));
    } else if (check instanceof z.core.$ZodCheckLessThan && check._zod.def.inclusive) {
      maximum = Math.min(maximum, Number(check._zod.def.value));
    } else {
      return undefined;
    }
  }
  return {
    type,
    ...(minimum > -Infinity ? { minimum } : {}),
    ...(maximum < Infinity ? { maximum } : {}),
  };
}
