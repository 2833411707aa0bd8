import { MalformedBytes, Reader } from './reader';

/** What the Java library of Snappy, and so Kafka's clients, write before their blocks. */
const HEADER = Buffer.from('82534e4150505900', 'hex');

/**
 * Decompresses Snappy: blocks in the framing of Kafka's Java clients, or one bare block.
 *
 * @throws {MalformedBytes} also if there are more than `maxBytes`
 */
export function decompressSnappy(bytes: Buffer, maxBytes: number): Buffer {
  const reader = new Reader(bytes);
  if (!bytes.subarray(0, HEADER.length).equals(HEADER)) return decompressBlock(reader, maxBytes);
  // The header is followed by two versions.
  reader.raw(HEADER.length + 8);
  const blocks: Buffer[] = [];
  for (let room = maxBytes; reader.rest > 0; room -= blocks.at(-1)?.length ?? 0) {
    blocks.push(decompressBlock(new Reader(reader.raw(reader.int32())), room));
  }
  return Buffer.concat(blocks);
}

/** Decompresses a block: its length, and then literals and copies of what came before. */
function decompressBlock(reader: Reader, maxBytes: number): Buffer {
  const length = reader.uvarint();
  if (length > maxBytes) throw new MalformedBytes('The decompressed block is too large.');
  const output = Buffer.alloc(length);
  let at = 0;
  while (reader.rest > 0) {
    const tag = reader.uint8();
    const kind = tag & 3;
    if (kind === 0) {
      const literal = reader.raw(literalLength(tag >>> 2, reader));
      if (literal.length > length - at) throw new MalformedBytes('A Snappy literal is too long.');
      output.set(literal, at);
      at += literal.length;
    } else {
      const count = kind === 1 ? 4 + ((tag >>> 2) & 7) : 1 + (tag >>> 2);
      const back =
        kind === 1 ? ((tag >>> 5) << 8) | reader.uint8() : reader.uintLE(kind === 2 ? 2 : 4);
      copyBack(output, at, back, count);
      at += count;
    }
  }
  if (at !== length) throw new MalformedBytes('A Snappy block ends too early.');
  return output;
}

function literalLength(code: number, reader: Reader): number {
  return 1 + (code < 60 ? code : reader.uintLE(code - 59));
}

/**
 * Copies `count` bytes to `at` from `back` bytes before it. The two may overlap, which repeats what
 * is between.
 */
export function copyBack(output: Buffer, at: number, back: number, count: number): void {
  const from = at - back;
  if (back === 0 || from < 0 || at + count > output.length) {
    throw new MalformedBytes('A copy leaves the decompressed block.');
  }
  if (back >= count) output.copyWithin(at, from, from + count);
  else for (let index = 0; index < count; index++) output[at + index] = output[from + index] ?? 0;
}
