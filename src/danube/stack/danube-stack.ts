import type { Construct } from 'constructs';
import { and, Expr, HelmChart, ValuesDefinition, type ReleaseOptions } from '../../helm/index';
import { STACK_CHART } from '../chart-catalog';
import { addStackNotes } from './stack-notes';
import { stackParts, type StackParts } from './stack-parts';
import { addStackRules } from './stack-rules';
import { stackValues } from './stack-values';

export interface DanubeStackProps {
  /** The release that `cdk8s synth` writes plain manifests of; default: all defaults. */
  readonly release?: ReleaseOptions;
}

/**
 * The published chart danube-stack: core, administration and, by condition, connectors, as one
 * release. It has no objects of its own: the other charts are its subcharts, in `charts/`.
 *
 * The parts are charts with typed objects: `stack.parts.core.chart.core.broker.statefulSet.patch`.
 */
export class DanubeStack extends HelmChart {
  readonly parts: StackParts;

  constructor(scope: Construct, id: string, { release }: DanubeStackProps = {}) {
    const parts = stackParts();
    const { core, admin, slots } = parts;
    super(scope, id, {
      metadata: STACK_CHART,
      values: new ValuesDefinition(stackValues(slots.map(({ alias }) => alias))),
      subcharts: [core, admin, ...slots.map(({ subchart }) => subchart)],
      release,
    });
    this.parts = parts;
    const isEnabled = (key: string) => enabledValue(this.v, key);
    addStackRules(this, parts, isEnabled);
    addStackNotes(this, parts, isEnabled);
  }
}

/** The condition of a part. */
function enabledValue(v: Expr, key: string): Expr<boolean> {
  const part: unknown = Reflect.get(v, key);
  const enabled: unknown = part instanceof Expr ? Reflect.get(part, 'enabled') : undefined;
  if (!(enabled instanceof Expr)) {
    throw new Error(`the stack has no part '${key}' with a condition`);
  }
  return and(enabled);
}
