/** Whether something that was read has keys. */
export function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A copy of plain values that can be changed. */
export function copied(values: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const copy = (value: unknown): unknown => {
    if (Array.isArray(value)) {
      return value.map(copy);
    }
    return isMap(value) ? copied(value) : value;
  };
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, copy(value)]));
}
