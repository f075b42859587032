import { z } from 'zod';
import { fieldsOf, isGroup, schemaNode, type Refusal } from './schema-node';

/**
 * A key that users may try to write, and that is refused with the reason instead of as an unknown
 * one. It stands in no values.yaml and in no reference. In TypeScript it cannot be written.
 *
 * A chart with such a key has the rule for it by itself; see `HelmChart`.
 */
export function refusedKey(problem: string, fix: string) {
  // Whatever is written, it is the rule that refuses it.
  const anything: z.ZodType<undefined, undefined> = z.any();
  const refused: Refusal = { problem, fix };
  return anything.optional().meta({ description: `Refused: ${problem}; ${fix}.`, refused });
}

/** Where a refused key stands: below groups, and perhaps in the items of a list. */
export interface RefusedKey extends Refusal {
  /** The keys that lead to the refused one, or to the list whose items may hold it. */
  readonly path: readonly string[];
  /** The key in the items of that list. */
  readonly inItems?: string;
}

/** All refused keys of a schema. */
export function refusedKeysOf(
  schema: z.core.$ZodType,
  path: readonly string[] = [],
): readonly RefusedKey[] {
  return (fieldsOf(schema) ?? []).flatMap(([key, field]): readonly RefusedKey[] => {
    const { core, meta } = schemaNode(field);
    const inside = [...path, key];
    if (meta.refused !== undefined) {
      return [{ ...meta.refused, path: inside }];
    }
    if (isGroup(field)) {
      return refusedKeysOf(field, inside);
    }
    const { def } = core._zod;
    return def.type === 'array'
      ? refusedKeysOf(def.element).map(({ problem, fix, path: [inItems] }) => ({
          ...{ problem, fix, path: inside, inItems },
        }))
      : [];
  });
}
