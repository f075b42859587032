import * as os from 'node:os';

/**
 * Maps with at most `limit` calls under way at a time, by default one per core. The results keep
 * the items' order. After a failure no further call begins.
 */
export async function mapLimit<T, R>(
  items: readonly T[],
  fn: (item: T, index: number) => Promise<R>,
  limit: number = os.availableParallelism(),
): Promise<R[]> {
  const results = new Array<R>(items.length);
  const remaining = items.entries();
  let failed = false;

  // All workers draw from the same iterator, so each item is taken once.
  async function work(): Promise<void> {
    for (const [index, item] of remaining) {
      if (failed) {
        return;
      }
      results[index] = await fn(item, index);
    }
  }

  try {
    await Promise.all(Array.from({ length: limit }, work));
  } catch (error) {
    failed = true;
    throw error;
  }
  return results;
}
