/**
 * Returns at most three of `candidates` that a person may have meant, the nearest first.
 *
 * @param limit how many letters may differ
 */
export function nearest(
  name: string,
  candidates: Iterable<string>,
  limit = Math.ceil(name.length / 3),
): string[] {
  return [...candidates]
    .map((candidate) => ({ candidate, distance: distance(name, candidate, limit) }))
    .filter((each) => each.distance <= limit)
    .sort((a, b) => a.distance - b.distance)
    .map(({ candidate }) => candidate)
    .slice(0, 3);
}

/** Returns the Levenshtein distance, ignoring case. Above `limit`, the number is not exact. */
function distance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  const [from, to] = [a.toLowerCase(), b.toLowerCase()];
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let i = 0; i < from.length; i += 1) {
    const next = [i + 1];
    for (let j = 0; j < to.length; j += 1) {
      const replaced = (row[j] ?? 0) + (from[i] === to[j] ? 0 : 1);
      next.push(Math.min(replaced, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row[to.length] ?? limit + 1;
}
