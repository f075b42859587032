import { Construct, type IConstruct } from 'constructs';
import type { Expr } from '../expression/expression';
import { and, conditionOf, constantTruth, type Condition } from '../expression/operators';

/** Everything below it is part of the release only when the condition holds. */
export class Gate extends Construct {
  /** The condition of the nearest gates above a construct, up to `top`; undefined without any. */
  static conditionOf(construct: IConstruct, top: IConstruct): Expr<boolean> | undefined {
    const conditions: Expr[] = [];
    for (
      let node = construct.node.scope;
      node !== undefined && node !== top;
      node = node.node.scope
    ) {
      if (node instanceof Gate) {
        conditions.unshift(node.condition);
      }
    }
    const condition = and(...conditions);
    return constantTruth(condition) === true ? undefined : condition;
  }

  readonly condition: Expr;

  constructor(scope: Construct, id: string, condition: Condition) {
    super(scope, id);
    this.condition = conditionOf(condition);
  }
}
