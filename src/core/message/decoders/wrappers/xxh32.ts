const PRIMES = [0x9e3779b1, 0x85ebca77, 0xc2b2ae3d, 0x27d4eb2f, 0x165667b1] as const;

/** Returns the checksum of LZ4's frames: XXH32 with the seed 0, from 0 to 2^32 - 1. */
export function xxh32(bytes: Buffer): number {
  const [prime1, prime2, prime3, prime4, prime5] = PRIMES;
  let at = 0;
  let sum: number = prime5;
  if (bytes.length >= 16) {
    let [a, b, c, d] = [(prime1 + prime2) | 0, prime2 | 0, 0, -prime1 | 0];
    const round = (lane: number) => {
      const word = bytes.readUInt32LE(at);
      at += 4;
      return Math.imul(rotate(lane + Math.imul(word, prime2), 13), prime1);
    };
    while (at + 16 <= bytes.length) [a, b, c, d] = [round(a), round(b), round(c), round(d)];
    sum = rotate(a, 1) + rotate(b, 7) + rotate(c, 12) + rotate(d, 18);
  }
  sum = (sum + bytes.length) | 0;
  for (; at + 4 <= bytes.length; at += 4) {
    const word = bytes.readUInt32LE(at);
    sum = Math.imul(rotate(sum + Math.imul(word, prime3), 17), prime4);
  }
  for (; at < bytes.length; at += 1) {
    sum = Math.imul(rotate(sum + Math.imul(bytes[at] ?? 0, prime5), 11), prime1);
  }
  sum = Math.imul(sum ^ (sum >>> 15), prime2);
  sum = Math.imul(sum ^ (sum >>> 13), prime3);
  return (sum ^ (sum >>> 16)) >>> 0;
}

function rotate(value: number, by: number): number {
  return (value << by) | (value >>> (32 - by));
}
