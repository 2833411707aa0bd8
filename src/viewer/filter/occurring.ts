import type { Block, Condition } from './scan';

/** So many bytes are searched with `memchr`; for longer texts, the search takes eight times as long. */
const MOST_BYTES = 7;
/** From so many bytes of the first block follows which bytes are rare. */
const SAMPLE_BYTES = 16 * 1024;
/** If more than one in so many messages has one of the texts, looking for them saves nothing. */
const FREQUENT = 16;

/**
 * Returns a condition that searches some bytes natively, at the speed of memory. It leaves out only
 * messages that hold none of them, but not all of those, and none where these bytes are frequent. No
 * text is empty.
 */
export function occurring(texts: readonly Uint8Array[]): Condition {
  let needles: readonly Uint8Array[] | undefined;
  return (block, mask) => {
    needles ??= rarest(texts, block.bytes.subarray(0, SAMPLE_BYTES));
    const found = new Uint8Array(mask.length);
    let left = Math.ceil(mask.length / FREQUENT);
    for (const needle of needles) {
      left -= mark(block, needle, found, left);
      if (left < 0) return;
    }
    for (let at = 0; at < mask.length; at += 1) if (found[at] === 0) mask[at] = 0;
  };
}

/** Marks the messages that hold some bytes, but stops after `most`. Returns how many hold them. */
function mark(block: Block, needle: Uint8Array, found: Uint8Array, most: number): number {
  const { bytes, chunk, from, origin } = block;
  let index = 0;
  let count = 0;
  for (let at = bytes.indexOf(needle); at >= 0 && count <= most; count += 1) {
    let end = chunk.end(from + index) - origin;
    while (end <= at) {
      index += 1;
      end = chunk.end(from + index) - origin;
    }
    found[index] = 1;
    at = bytes.indexOf(needle, end);
  }
  return count;
}

/** Returns a part of each text, which begins with the byte that is the rarest in the sample. */
function rarest(texts: readonly Uint8Array[], sample: Uint8Array): readonly Uint8Array[] {
  const counts = new Uint32Array(256);
  for (const byte of sample) counts[byte] = (counts[byte] ?? 0) + 1;
  const count = (byte = 0) => counts[byte] ?? 0;
  return texts.map((text) => {
    let start = 0;
    for (let at = 1; at < text.length; at += 1) {
      if (count(text[at]) < count(text[start])) start = at;
    }
    return text.subarray(start, start + MOST_BYTES);
  });
}
