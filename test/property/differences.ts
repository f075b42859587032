import { isMap } from '../../src/helm/expression/go-value';

/** Kubernetes takes a null in a map for an absent key. */
function withoutNullValues(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(withoutNullValues);
  }
  if (!isMap(value)) {
    return value;
  }
  const given = Object.entries(value).filter(([, inner]) => inner !== null && inner !== undefined);
  return Object.fromEntries(given.map(([key, inner]) => [key, withoutNullValues(inner)]));
}

function show(value: unknown): string {
  return value === undefined ? '(absent)' : JSON.stringify(value);
}

function below(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`;
}

function compare(helm: unknown, evaluated: unknown, path: string): readonly string[] {
  const areLists = Array.isArray(helm) && Array.isArray(evaluated);
  if (areLists || (isMap(helm) && isMap(evaluated))) {
    const left = new Map<string, unknown>(Object.entries(helm));
    const right = new Map<string, unknown>(Object.entries(evaluated));
    const keys = new Set([...left.keys(), ...right.keys()]);
    return [...keys].flatMap((key) => compare(left.get(key), right.get(key), below(path, key)));
  }
  return helm === evaluated
    ? []
    : [`${path}: Helm has ${show(helm)}, evaluated is ${show(evaluated)}`];
}

/** Where two plain values differ, a line each; a null in a map counts as absent. */
export function differences(helm: unknown, evaluated: unknown): readonly string[] {
  return compare(withoutNullValues(helm), withoutNullValues(evaluated), '');
}
