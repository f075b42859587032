import type { ManifestNode } from '../expression/expression';
import type { Dynamic, ListItem, Unchanged } from './dynamic';

type Primitive = string | number | boolean | null | undefined;

/**
 * A change of an `X`. In a map, what the patch names changes, `null` takes a field away, and the
 * rest stays. In a list whose items have names, an item changes the one of its name or is added.
 * All else, lists without names too, takes the place of what was there.
 */
export type Patch<X> =
  | ManifestNode<X>
  | ManifestNode<Unchanged<X>>
  | Whole<X>
  | PatchFields<X>
  | (undefined extends X ? null : never);

/** As `Patch`, but the outermost map or list is written out. */
export type PatchFields<X> = X extends Primitive
  ? X
  : X extends readonly (infer U)[]
    ? readonly (ListItem<U> | PatchItem<U>)[]
    : X extends object
      ? { readonly [K in keyof X]?: Patch<string extends K ? X[K] | undefined : X[K]> }
      : X;

/** A change of one item: a mount goes by its `mountPath`, anything else by its `name`. */
export type PatchItem<U> = U extends { mountPath: string }
  ? PatchFields<U> & { readonly mountPath: string }
  : U extends { name?: string }
    ? PatchFields<U> & { readonly name: string }
    : never;

declare const wholeType: unique symbol;

/** What takes the place of all that was there. Made by `whole`. */
export class Whole<out X = unknown> {
  declare readonly [wholeType]: X;

  constructor(readonly value: unknown) {}
}

/** In a patch: this, and nothing of the map or list that was there: `affinity: whole({})`. */
export function whole<X>(value: NoInfer<Dynamic<X>>): Whole<X> {
  return new Whole<X>(value);
}
