import { retyped, type Expr } from '../expression/expression';

/** A value that is left out when it is empty: `nodeSelector: nonEmpty(v.nodeSelector)`. */
export function nonEmpty<X>(value: Expr<X>): Expr<X | undefined> {
  return retyped<X | undefined>(value, { ...value.$type, optional: true });
}
