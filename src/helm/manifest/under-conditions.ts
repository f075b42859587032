import type { Expr } from '../expression/expression';
import { allOf } from './conjuncts';
import { withoutSwallowedBlanks, type Line } from './line';

/** Lines in an `if` of all conditions; as they are where there are none. */
export function underConditions(
  conditions: readonly Expr[],
  body: readonly Line[],
): readonly Line[] {
  // Without an `if` around them, nothing swallows the blank lines at their end.
  return conditions.length === 0
    ? withoutSwallowedBlanks(body)
    : [{ line: 'if', branches: [{ condition: allOf(...conditions), body }] }];
}
