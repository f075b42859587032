import { Expr } from '../expression/expression';
import { includedMap, isSpreadKey } from './entries';
import { Splice } from './node';

/** The map or list value that is all of a collection: `{ ...spread(v.annotations) }`. */
export function onlyValue(
  collection: readonly unknown[] | Record<string, unknown>,
): Expr | undefined {
  const [[key, part] = ['', undefined], ...others] = Object.entries(collection);
  if (others.length > 0) {
    return undefined;
  }
  if (part instanceof Splice) {
    return part.list;
  }
  const isMapValue = part instanceof Expr && isSpreadKey(key) && includedMap(part) === undefined;
  return isMapValue ? part : undefined;
}
