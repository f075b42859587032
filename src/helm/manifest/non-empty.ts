import { retyped, type Expr } from '../expression/expression';

/**
 * A string, list or map that is left out when it is empty:
 * `nodeSelector: nonEmpty(v.nodeSelector)`.
 */
export function nonEmpty<X extends string | object | undefined>(
  value: Expr<X>,
): Expr<X | undefined> {
  return retyped<X | undefined>(value, { ...value.$type, optional: true });
}
