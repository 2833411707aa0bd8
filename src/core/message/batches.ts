/**
 * Returns the result for each item, and `null` for each `null`. `work` gets the items that are not
 * `null`, if there are any, and returns a result for each of them in the same order.
 */
export async function forEachPresent<T, R>(
  items: readonly (T | null)[],
  work: (present: readonly T[]) => Promise<readonly R[]>,
): Promise<readonly (R | null)[]> {
  const present = items.filter((item) => item !== null);
  const results = present.length > 0 ? await work(present) : [];
  let next = 0;
  return items.map((item) => (item === null ? null : (results[next++] ?? null)));
}

/** Returns the results. Throws if there is not one for each item. */
export function requireAll<R>(results: readonly R[], items: readonly unknown[]): readonly R[] {
  if (results.length === items.length) return results;
  throw new Error(`The format gave ${results.length} results for ${items.length} keys or values.`);
}
