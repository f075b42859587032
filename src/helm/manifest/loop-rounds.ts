import { isMap, sortedKeys } from '../expression/go-value';

/** What a loop binds in each of its rounds: the item, or the index or key and the item. */
export function loopRounds(
  over: unknown,
  variables: readonly string[],
): readonly Record<string, unknown>[] {
  const pairs: readonly (readonly [unknown, unknown])[] = isMap(over)
    ? sortedKeys(over).map((key) => [key, over[key]])
    : (Array.isArray(over) ? over : []).map((item: unknown, index) => [index, item]);
  return pairs.map(([key, value]) =>
    variables.length === 2
      ? { [variables[0]]: key, [variables[1]]: value }
      : { [variables[0]]: value },
  );
}
