import type { Expr } from '../expression/expression';
import { conditionOf, not, str, type Condition } from '../expression/operators';

/** What no JSON Schema can say: a condition between values that must hold. */
export interface RuleProps {
  /** The value to change, as users write it: `broker.replicaCount`. */
  readonly path: string;
  /** What has to hold. */
  readonly holds: Condition;
  /** What is wrong when it does not hold. */
  readonly problem: string | Expr<string>;
  /** What to write instead. */
  readonly fix: string | Expr<string>;
}

export interface Rule {
  readonly violation: Expr<boolean>;
  readonly message: Expr<string>;
}

/** Values that break a rule of the chart; Helm fails with the same message. */
export class RuleError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'RuleError';
  }
}

/** The rule in the form in which both readings use it. */
export function ruleOf({ path, holds, problem, fix }: RuleProps): Rule {
  return {
    violation: not(conditionOf(holds)),
    message: str`${path}: ${problem}; ${fix}`,
  };
}
