import type { ManifestNode } from '../expression/expression';

type Primitive = string | number | boolean | null | undefined;

/**
 * An `X` of which any part may be an expression: `Dynamic<StatefulSet>` is a StatefulSet whose
 * `replicas` may be `v.broker.replicaCount`.
 */
export type Dynamic<X> = ManifestNode<X> | ManifestNode<Unchanged<X>> | DynamicFields<X>;

/** Nobody writes into a list of a manifest, whatever its type allows. */
export type Unchanged<X> = X extends readonly (infer U)[] ? readonly U[] : X;

/** As `Dynamic`, but the outermost map or list is written out. */
export type DynamicFields<X> = X extends Primitive
  ? X
  : X extends readonly (infer U)[]
    ? readonly ListItem<U>[]
    : X extends object
      ? { readonly [K in keyof X]: Dynamic<string extends K ? X[K] | undefined : X[K]> }
      : X;

/** An item of a list: one value, one that may be absent, or any number of them. */
export type ListItem<U> = Dynamic<U> | ManifestNode<U | undefined> | Items<U>;

declare const itemType: unique symbol;

/** Any number of list items: `each(...)`, `splice(...)`. */
export abstract class Items<out U = unknown> {
  declare readonly [itemType]: U;
}
