import type { Expr } from '../expression/expression';
import { conjuncts } from '../manifest/conjuncts';
import type { Line } from '../manifest/line';
import { mentionsVariable } from '../manifest/loop-variable';
import { underConditions } from '../manifest/under-conditions';
import { walkExpressions } from '../manifest/walk';
import type { Rule } from './rule';
import { loopedOver } from './rule-loop';

/** Whether the text of a named template, which says what is wrong, is part of the message. */
function isNamedIn(condition: Expr, { message }: Rule): boolean {
  const found = condition.$operation;
  let isNamed = false;
  walkExpressions(message, ({ $operation }) => {
    isNamed ||=
      found.op === 'include' &&
      $operation.op === 'include' &&
      $operation.template === found.template;
  });
  return isNamed;
}

function refusal(conditions: readonly Expr[], rule: Rule): readonly Line[] {
  const fail: Line = { line: 'fail', message: rule.message };
  const last = conditions[conditions.length - 1];
  return isNamedIn(last, rule)
    ? underConditions(conditions.slice(0, -1), [{ line: 'with', expression: last, body: [fail] }])
    : underConditions(conditions, [fail]);
}

/** A rule in a template: values that break it lead to a `fail`. */
export function linesOfRule(rule: Rule): readonly Line[] {
  const { loop } = rule;
  const conditions = conjuncts(rule.violation);
  if (loop === undefined) {
    return refusal(conditions, rule);
  }
  const { variables } = loop;
  const first = conditions.findIndex((condition) =>
    variables.some((variable) => mentionsVariable(condition, variable)),
  );
  // What is the same in each round is asked once.
  const count = Math.max(first, 0);
  const body = refusal(conditions.slice(count), rule);
  return underConditions(conditions.slice(0, count), [
    { line: 'range', over: loopedOver(loop), variables, body },
  ]);
}
