import { evaluate, type Environment } from '../expression/evaluate';
import type { Expr } from '../expression/expression';
import { isMap, isNil, isTruthy } from '../expression/go-value';
import { evaluateManifest } from '../manifest/evaluate-manifest';
import { Each } from '../manifest/node';

/** An object of a chart with its expressions, or a loop that makes several. */
export interface ObjectTree {
  readonly manifest: Record<string, unknown> | Each;
  readonly gate: Expr<boolean> | undefined;
}

/** Nulls are nothing to Kubernetes; keys are sorted, as cdk8s sorts them. */
function serialized(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(serialized);
  }
  if (!isMap(value)) {
    return value;
  }
  const keys = Object.keys(value).filter((key) => !isNil(value[key]));
  return Object.fromEntries(keys.sort().map((key) => [key, serialized(value[key])]));
}

function withHeadFirst(object: Record<string, unknown>): Record<string, unknown> {
  const { apiVersion, kind, metadata, ...rest } = object;
  return { apiVersion, kind, metadata, ...rest };
}

/** What a release has of it: one object, several, or none. */
export function evaluateObject(
  { manifest, gate }: ObjectTree,
  environment: Environment,
): readonly Record<string, unknown>[] {
  if (gate !== undefined && !isTruthy(evaluate(gate, environment))) {
    return [];
  }
  if (manifest instanceof Each) {
    const objects = evaluateManifest([manifest], environment);
    return Array.isArray(objects) ? objects.filter(isMap) : [];
  }
  const object = serialized(evaluateManifest(manifest, environment));
  return isMap(object) ? [withHeadFirst(object)] : [];
}
