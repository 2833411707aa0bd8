import { MalformedBytes, Reader } from './reader';
import { copyBack } from './snappy';

const MAGIC = 0x184d2204;

/** The bits of a frame's flags. */
const HAS_BLOCK_CHECKSUMS = 0x10;
const HAS_CONTENT_SIZE = 0x08;
const HAS_DICTIONARY = 0x01;

const IS_STORED = 0x80000000;

/**
 * Decompresses an LZ4 frame. Its checksums are not compared, because that of the batch covers them.
 *
 * @throws {MalformedBytes} also if there are more than `maxBytes`
 */
export function decompressLz4(bytes: Buffer, maxBytes: number): Buffer {
  const reader = new Reader(bytes);
  if (reader.uintLE(4) !== MAGIC) throw new MalformedBytes('This is no LZ4 frame.');
  const flags = reader.uint8();
  const maxBlock = 2 ** (8 + 2 * ((reader.uint8() >>> 4) & 7));
  if (flags & HAS_CONTENT_SIZE) reader.raw(8);
  if (flags & HAS_DICTIONARY) reader.raw(4);
  // The checksum of the header.
  reader.raw(1);

  let output = Buffer.alloc(maxBlock);
  let length = 0;
  for (let size = reader.uintLE(4); size !== 0; size = reader.uintLE(4)) {
    if (length + maxBlock > output.length) {
      if (length > maxBytes) throw new MalformedBytes('The decompressed frame is too large.');
      output = Buffer.concat([output], 2 * output.length + maxBlock);
    }
    const block = reader.raw(size & ~IS_STORED);
    if (size >= IS_STORED) {
      if (block.length > maxBlock) throw new MalformedBytes('An LZ4 block is too large.');
      output.set(block, length);
      length += block.length;
    } else {
      length = decompressBlock(new Reader(block), output, length);
    }
    if (flags & HAS_BLOCK_CHECKSUMS) reader.raw(4);
  }
  return output.subarray(0, length);
}

/** Decompresses a block into `output` from `at` on, and returns where it ends. */
function decompressBlock(reader: Reader, output: Buffer, at: number): number {
  while (reader.rest > 0) {
    const token = reader.uint8();
    const literal = reader.raw(extended(token >>> 4, reader));
    if (literal.length > output.length - at) throw new MalformedBytes('An LZ4 block is too large.');
    output.set(literal, at);
    at += literal.length;
    // The last sequence is a literal alone.
    if (reader.rest === 0) break;
    const back = reader.uintLE(2);
    const count = 4 + extended(token & 15, reader);
    copyBack(output, at, back, count);
    at += count;
  }
  return at;
}

/** Returns a length of which the token has the first four bits. */
function extended(start: number, reader: Reader): number {
  let length = start;
  for (let more = start === 15 ? 255 : 0; more === 255; length += more) more = reader.uint8();
  return length;
}
