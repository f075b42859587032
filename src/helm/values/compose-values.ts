import { z } from 'zod';
import type { Ref } from '../expression/references';
import { SHARED } from './place-part';
import { ValuesDefinition } from './values-definition';
import type { ValuesPart } from './values-part';

type Parts = Readonly<Record<string, ValuesPart>>;

/** Typed references to the values of each part. */
export type PartReferences<P extends Parts> = {
  readonly [K in keyof P]: Ref<z.output<P[K]['schema']>>;
};

/** The values of a chart with several parts, each below its own key. */
export class ComposedValues<P extends Parts> extends ValuesDefinition {
  /** References to the values of each part, as its construct takes them. */
  readonly parts: PartReferences<P>;

  constructor(parts: P, shared: readonly string[]) {
    super(z.object({}));
    const references = Object.entries(parts).map(
      ([name, part]) => [name, this.add([name], part, shared).references] as const,
    );
    this.parts = Object.fromEntries(references) as PartReferences<P>;
  }
}

/**
 * Puts the values of several parts into one chart, each below its own key.
 *
 * @param shared keys that the parts have in common and that stand at the root instead, once for
 * all of them. By default `global`.
 * @throws when a part lacks a value that is to get a default or to be fixed.
 */
export function composeValues<P extends Parts>(
  parts: P,
  shared: readonly string[] = SHARED,
): ComposedValues<P> {
  return new ComposedValues(parts, shared);
}
