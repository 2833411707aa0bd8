import type { Payload } from '../kafka';

const SEED = 0x9747b28c;
const MULTIPLIER = 0x5bd1e995;

/**
 * Returns the index of the partition, out of `count`, that Kafka's default partitioner chooses for
 * a key. It depends on the MurmurHash2 of the key's bytes (UTF-8 for a text) without its sign; see
 * `BuiltInPartitioner` and `Utils.murmur2` in Kafka's clients. A topic may have another
 * partitioner.
 */
export function partitionOfKey(key: Payload, count: number): number {
  const bytes = typeof key === 'string' ? Buffer.from(key) : key;
  return (murmur2(bytes) & 0x7fffffff) % count;
}

/** Returns Kafka's 32-bit MurmurHash2 of some bytes, as a signed integer. */
export function murmur2(bytes: Uint8Array): number {
  const { length } = bytes;
  const at = (index: number): number => bytes[index] ?? 0;
  let hash = SEED ^ length;
  let index = 0;
  for (; index + 4 <= length; index += 4) {
    const four = at(index) | (at(index + 1) << 8) | (at(index + 2) << 16) | (at(index + 3) << 24);
    hash = Math.imul(hash, MULTIPLIER) ^ mixed(four);
  }
  if (index < length) {
    hash ^= at(index) | (at(index + 1) << 8) | (at(index + 2) << 16);
    hash = Math.imul(hash, MULTIPLIER);
  }
  hash ^= hash >>> 13;
  hash = Math.imul(hash, MULTIPLIER);
  return hash ^ (hash >>> 15);
}

function mixed(four: number): number {
  const product = Math.imul(four, MULTIPLIER);
  return Math.imul(product ^ (product >>> 24), MULTIPLIER);
}
