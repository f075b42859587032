import type { Expr } from '../expression/expression';
import { and } from '../expression/operators';
import { AT_ROOT, printCondition } from '../expression/print';

/** The conditions that an `and` joins. */
export function conjuncts(condition: Expr): readonly Expr[] {
  const operation = condition.$operation;
  return operation.op === 'call' && operation.name === 'and'
    ? operation.args.flatMap(conjuncts)
    : [condition];
}

/** Whether all conditions hold, each of them asked once. */
export function allOf(...conditions: readonly Expr[]): Expr<boolean> {
  const different = new Map<string, Expr>();
  for (const condition of conditions.flatMap(conjuncts)) {
    different.set(printCondition(condition, AT_ROOT), condition);
  }
  return and(...different.values());
}
