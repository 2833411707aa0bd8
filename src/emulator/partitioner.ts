import type { Payload } from '../core/kafka';

/**
 * Returns the 32-bit MurmurHash2 of Kafka's clients (`Utils.murmur2`) as a signed integer. Every
 * bit matters, because the hash decides which partition a key belongs to.
 */
export function murmur2(data: Uint8Array): number {
  const multiplier = 0x5bd1e995;
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const whole = data.length & ~3;
  let hash = 0x9747b28c ^ data.length;
  for (let at = 0; at < whole; at += 4) {
    let word = Math.imul(view.getInt32(at, true), multiplier);
    word = Math.imul(word ^ (word >>> 24), multiplier);
    hash = Math.imul(hash, multiplier) ^ word;
  }
  if (data.length > whole) {
    for (let at = data.length - 1; at >= whole; at--) {
      hash ^= view.getUint8(at) << (8 * (at - whole));
    }
    hash = Math.imul(hash, multiplier);
  }
  hash = Math.imul(hash ^ (hash >>> 13), multiplier);
  return hash ^ (hash >>> 15);
}

/** Returns the partition that Kafka's default partitioner chooses for a key; text is UTF-8. */
export function partitionOfKey(key: Payload, partitionCount: number): number {
  const bytes = typeof key === 'string' ? Buffer.from(key) : key;
  return (murmur2(bytes) & 0x7fffffff) % partitionCount;
}
