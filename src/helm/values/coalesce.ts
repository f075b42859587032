import { isMap } from '../expression/go-value';

/**
 * Merges a user's values over a chart's defaults as Helm does: maps key by key, lists and scalars
 * replaced, and a null deletes the key where the defaults have it.
 */
export function coalesce(defaults: unknown, overrides: unknown): unknown {
  if (!isMap(defaults) || !isMap(overrides)) {
    return overrides === undefined ? defaults : overrides;
  }
  const merged = new Map(Object.entries(defaults));
  for (const [key, value] of Object.entries(overrides)) {
    if (value === null && key in defaults) {
      merged.delete(key);
    } else if (value !== undefined) {
      const isDeeper = isMap(value) && isMap(defaults[key]);
      merged.set(key, isDeeper ? coalesce(defaults[key], value) : value);
    }
  }
  return Object.fromEntries(merged);
}
