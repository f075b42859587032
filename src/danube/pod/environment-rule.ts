import type { EnvVar } from 'kubernetes-types/core/v1';
import {
  has,
  hasKey,
  literal,
  not,
  or,
  requireItems,
  type ChartPart,
  type Condition,
  type Ref,
} from '../../helm/index';
import type { PodValues } from './pod-template';

export interface EnvironmentRuleProps {
  /** The component: the key of its values. */
  readonly component: string;
  readonly values: Ref<Pick<PodValues, 'env' | 'extraEnv'>>;
  /** Variables that the chart always sets itself. */
  readonly own?: readonly string[];
  readonly unless?: Condition;
}

/**
 * A container cannot have a variable twice: Helm 4 applies objects on the server, which refuses
 * them. So `extraEnv` has none that `env` or the chart itself sets.
 */
export function addEnvironmentRule(
  chart: ChartPart,
  { component, values, own = [], unless }: EnvironmentRuleProps,
): void {
  const { env, extraEnv } = values;
  requireItems<EnvVar>(chart, `${component}.repeatedVariables`, {
    path: `${component}.extraEnv`,
    list: extraEnv,
    holds: ({ name }) =>
      not(own.length === 0 ? hasKey(env, name) : or(hasKey(env, name), has(name, literal(own)))),
    named: ({ name }) => name,
    problem: 'is set already, by the chart or its env, and cannot be there twice',
    fix: `leave it out, or set ${component}.env where it is there`,
    unless,
  });
}
