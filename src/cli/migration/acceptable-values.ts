import { copied, isMap } from '../plain-map';
import { type ValuesProblem } from '../values-problem';

type Values = Readonly<Record<string, unknown>>;

/** Takes away what stands at a path, if something does. */
function removed(values: Values, path: ValuesProblem['path']): Values | undefined {
  const copy = copied(values);
  let group: unknown = copy;
  for (const key of path.slice(0, -1)) {
    group = isMap(group) || Array.isArray(group) ? Reflect.get(group, key) : undefined;
  }
  const last = path.at(-1);
  if (Array.isArray(group) && typeof last === 'number') {
    group.splice(last, 1);
    return copy;
  }
  if (last === undefined || !isMap(group) || !(last in group)) {
    return undefined;
  }
  Reflect.deleteProperty(group, last);
  const around = path.slice(0, -1);
  const isEmpty = Object.keys(group).length === 0 && around.length > 0;
  return isEmpty ? (removed(copy, around) ?? copy) : copy;
}

export interface AcceptableValues {
  readonly values: Values;
  /** What was taken away because the chart refuses it. */
  readonly refused: readonly ValuesProblem[];
  /** What the chart still misses. */
  readonly open: readonly ValuesProblem[];
}

/** Takes values away until the chart has nothing against the rest, or misses something. */
export function acceptableValues(
  values: Values,
  problemsOf: (values: Values) => readonly ValuesProblem[],
): AcceptableValues {
  const refused: ValuesProblem[] = [];
  let rest = values;
  for (;;) {
    const problems = problemsOf(rest);
    const before = refused.length;
    for (const problem of problems) {
      const without = removed(rest, problem.path);
      if (without !== undefined) {
        rest = without;
        refused.push(problem);
      }
    }
    if (refused.length === before) {
      return { values: rest, refused, open: problems };
    }
  }
}
