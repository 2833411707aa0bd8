/** So many bits are sorted by at a time: as many buckets as fit into the caches of the processor. */
const BITS = 11;
const BUCKETS = 1 << BITS;
const WORD_BITS = 32;

/**
 * Sorts keys of 64 bits in place. `words[2 * i]` holds the lower and `words[2 * i + 1]` the upper 32
 * bits of key `i`. Returns the indexes that the keys had, equal keys by index.
 */
export function radixSort(words: Uint32Array): Uint32Array {
  const length = words.length / 2;
  let keys = words;
  let order = new Uint32Array(length);
  for (let at = 0; at < length; at += 1) order[at] = at;
  let nextKeys: Uint32Array = new Uint32Array(words.length);
  let nextOrder = new Uint32Array(length);
  const ends = new Uint32Array(BUCKETS);
  for (let word = 0; word < 2; word += 1) {
    for (let shift = 0; shift < WORD_BITS; shift += BITS) {
      ends.fill(0);
      for (let at = word; at < keys.length; at += 2) {
        const digit = ((keys[at] ?? 0) >>> shift) & (BUCKETS - 1);
        ends[digit] = (ends[digit] ?? 0) + 1;
      }
      if (ends[((keys[word] ?? 0) >>> shift) & (BUCKETS - 1)] === length) continue;
      for (let bucket = 0, begin = 0; bucket < BUCKETS; bucket += 1) {
        const count = ends[bucket] ?? 0;
        ends[bucket] = begin;
        begin += count;
      }
      for (let at = 0; at < length; at += 1) {
        const digit = ((keys[2 * at + word] ?? 0) >>> shift) & (BUCKETS - 1);
        const to = ends[digit] ?? 0;
        ends[digit] = to + 1;
        nextOrder[to] = order[at] ?? 0;
        nextKeys[2 * to] = keys[2 * at] ?? 0;
        nextKeys[2 * to + 1] = keys[2 * at + 1] ?? 0;
      }
      [keys, nextKeys] = [nextKeys, keys];
      [order, nextOrder] = [nextOrder, order];
    }
  }
  if (keys !== words) words.set(keys);
  return order;
}
