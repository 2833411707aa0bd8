/**
 * Sorts items by keys of 64 bits. Returns their indexes, the smallest key first and equal keys by
 * index. `words[2 * i]` holds the lower and `words[2 * i + 1]` the upper 32 bits of the key of item
 * `i`.
 */
export function radixSort(words: Uint32Array): Uint32Array {
  const length = words.length / 2;
  let order = new Uint32Array(length);
  let next = new Uint32Array(length);
  for (let at = 0; at < length; at += 1) order[at] = at;
  // For few items, many buckets cost more than they save.
  const bits = length > 50_000 ? 16 : 8;
  const ends = new Uint32Array(1 << bits);
  for (let shift = 0; shift < 64; shift += bits) {
    const word = shift >> 5;
    const digit = (item: number) =>
      ((words[2 * item + word] ?? 0) >>> (shift & 31)) & (ends.length - 1);
    ends.fill(0);
    for (let item = 0; item < length; item += 1) {
      const bucket = digit(item);
      ends[bucket] = (ends[bucket] ?? 0) + 1;
    }
    if (ends[digit(0)] === length) continue;
    for (let bucket = 0, begin = 0; bucket < ends.length; bucket += 1) {
      const count = ends[bucket] ?? 0;
      ends[bucket] = begin;
      begin += count;
    }
    for (let row = 0; row < length; row += 1) {
      const item = order[row] ?? 0;
      const bucket = digit(item);
      const at = ends[bucket] ?? 0;
      next[at] = item;
      ends[bucket] = at + 1;
    }
    [order, next] = [next, order];
  }
  return order;
}
