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

/**
 * Returns how many characters must be inserted, removed, replaced or swapped with their neighbour
 * to turn one text into the other, ignoring case. Above `limit`, the number is not exact.
 */
export function distance(a: string, b: string, limit = Infinity): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  const [from, to] = [a.toLowerCase(), b.toLowerCase()];
  let before: number[] = [];
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let i = 0; i < from.length; i += 1) {
    const next = [i + 1];
    for (let j = 0; j < to.length; j += 1) {
      const replaced = (row[j] ?? 0) + (from[i] === to[j] ? 0 : 1);
      const isSwap = from[i] === to[j - 1] && from[i - 1] === to[j];
      const swapped = isSwap ? (before[j - 1] ?? 0) + 1 : Infinity;
      next.push(Math.min(replaced, swapped, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    if (Math.min(...next) > limit) return limit + 1;
    before = row;
    row = next;
  }
  return row[to.length] ?? limit + 1;
}
