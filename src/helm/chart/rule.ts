import type { Expr } from '../expression/expression';
import { and, conditionOf, not, str, type Condition } from '../expression/operators';
import type { MessageParts } from '../manifest/refusal';
import type { RuleLoop } from './rule-loop';

/** What no JSON Schema can say: a condition between values that must hold. */
export interface RuleProps {
  /** The value to change, as users write it: `broker.replicaCount`. */
  readonly path: string | Expr<string>;
  /** What has to hold. */
  readonly holds: Condition;
  /** What is wrong when it does not hold. */
  readonly problem: string | Expr<string>;
  /** What to write instead. */
  readonly fix: string | Expr<string>;
  /** For what it holds in turn; see `ruleForEach` and `ruleForEntries`. */
  readonly loop?: RuleLoop;
}

export interface Rule {
  readonly violation: Expr;
  /** What it says. */
  readonly message: MessageParts;
  readonly loop: RuleLoop | undefined;
}

/**
 * Values that break a rule of a chart. The message of a subchart's rule starts with the key of its
 * values, as users of the parent write the path: `qdrant.connector.config`. Helm fails with the
 * chart's own message, and names the subchart before it.
 */
export class RuleError extends Error {
  constructor(
    /** What the chart that has the rule says. */
    readonly ownMessage: string,
    /** The keys of subcharts that lead to it, from the outermost on; none for the chart itself. */
    readonly subcharts: readonly string[] = [],
  ) {
    super([...subcharts, ownMessage].join('.'));
    this.name = 'RuleError';
  }

  /** What a chart says that brings along the refusing one. */
  inSubchart(key: string): RuleError {
    return new RuleError(this.ownMessage, [key, ...this.subcharts]);
  }
}

/** `if and (eq .mode "tls") (not .secret)` reads better than `if not (or ...)`. */
function negated(condition: Expr): Expr {
  const operation = condition.$operation;
  return operation.op === 'call' && operation.name === 'or'
    ? and(...operation.args.map(opposite))
    : opposite(condition);
}

/** In a condition `not (not x)` is x, whatever its type. */
function opposite(condition: Expr): Expr {
  const operation = condition.$operation;
  return operation.op === 'call' && operation.name === 'not' ? operation.args[0] : not(condition);
}

/** The rule in the form in which both readings use it. */
export function ruleOf({ path, holds, problem, fix, loop }: RuleProps): Rule {
  return {
    violation: negated(conditionOf(holds)),
    message: [str`${path}`, str`${problem}`, str`${fix}`],
    loop,
  };
}
