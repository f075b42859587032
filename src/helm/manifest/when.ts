import type { ManifestNode } from '../expression/expression';
import { conditionOf, constantTruth, not, type Condition } from '../expression/operators';
import type { Dynamic } from './dynamic';
import { When } from './node';

/**
 * A field, list item or value under a condition: `{{ if }}` in the template.
 *
 * Without `otherwise` the field or item is absent when the condition does not hold. A condition
 * that is known at synth chooses at once, as plain TypeScript would.
 */
export function when<X>(
  condition: Condition,
  then: NoInfer<Dynamic<X | undefined>>,
): ManifestNode<X | undefined>;
export function when<X>(
  condition: Condition,
  then: NoInfer<Dynamic<X>>,
  otherwise: NoInfer<Dynamic<X>>,
): ManifestNode<X>;
export function when(condition: Condition, then: unknown, otherwise?: unknown): unknown {
  const truth = constantTruth(condition);
  if (truth !== undefined) {
    return truth ? then : otherwise;
  }
  if (then !== undefined) {
    return new When(conditionOf(condition), then, otherwise);
  }
  return otherwise === undefined ? undefined : new When(not(condition), otherwise, undefined);
}
