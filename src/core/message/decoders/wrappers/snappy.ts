import { phrase } from '../../../phrase';
import { Input } from './input';
import { copyBack, findMatches } from './matches';
import { MAX_UNWRAPPED, UnwrapError, type Wrapper } from './unwrap';
import { wrapperCodec } from './wrapperCodec';

/** What the Java library of Snappy writes before its blocks. Two versions of 4 bytes follow. */
const SNAPPY_JAVA = Buffer.from('82534e4150505900', 'hex');

/**
 * Snappy as its `format_description.txt` has it, and in the framing of the Java library. It is read
 * here, because the library `snappyjs` loops for ever on some data.
 */
export const snappyWrapper: Wrapper = { name: 'snappy', unwrap: unsnap, wrap: snap };

export const snappy = wrapperCodec(snappyWrapper);

function unsnap(bytes: Buffer): Buffer {
  const input = new Input(bytes);
  if (!bytes.subarray(0, SNAPPY_JAVA.length).equals(SNAPPY_JAVA)) {
    return readBlock(input, MAX_UNWRAPPED);
  }
  input.take(SNAPPY_JAVA.length + 8);
  const blocks: Buffer[] = [];
  for (let room = MAX_UNWRAPPED; input.rest > 0; room -= blocks.at(-1)?.length ?? 0) {
    blocks.push(readBlock(new Input(input.take(input.uint32BE())), room));
  }
  return Buffer.concat(blocks);
}

/** Reads a block: its length, and then literals and copies of what came before. */
function readBlock(input: Input, room: number): Buffer {
  const length = input.varint32();
  if (length > room) throw new UnwrapError();
  // No three bytes stand for more than 64, so that a few bytes cannot ask for megabytes.
  if (length > 32 * input.rest) throw new UnwrapError(phrase('the compressed data end too early'));
  const output = Buffer.alloc(length);
  let at = 0;
  while (input.rest > 0) {
    const tag = input.byte();
    const kind = tag & 3;
    if (kind === 0) {
      const code = tag >>> 2;
      const literal = input.take(1 + (code < 60 ? code : input.uintLE(code - 59)));
      if (literal.length > length - at)
        throw new UnwrapError(phrase('there is more than is announced'));
      output.set(literal, at);
      at += literal.length;
    } else {
      const count = kind === 1 ? 4 + ((tag >>> 2) & 7) : 1 + (tag >>> 2);
      const back =
        kind === 1 ? ((tag >>> 5) << 8) | input.byte() : input.uintLE(kind === 2 ? 2 : 4);
      if (!copyBack(output, at, back, count))
        throw new UnwrapError(phrase('a copy is out of bounds'));
      at += count;
    }
  }
  if (at !== length) throw new UnwrapError(phrase('the compressed data end too early'));
  return output;
}

function snap(bytes: Buffer): Buffer {
  const pieces: Uint8Array[] = [lengthOf(bytes)];
  let done = 0;
  for (const { start, end, back, count } of findMatches(bytes)) {
    if (end > start) pieces.push(...literal(bytes.subarray(start, end)));
    for (let rest = count; rest > 0; rest -= 64) {
      const size = Math.min(rest, 64);
      pieces.push(Uint8Array.of(2 | ((size - 1) << 2), back & 255, back >>> 8));
    }
    done = end + count;
  }
  if (done < bytes.length) pieces.push(...literal(bytes.subarray(done)));
  return Buffer.concat(pieces);
}

function literal(bytes: Buffer): readonly Uint8Array[] {
  const last = bytes.length - 1;
  if (last < 60) return [Uint8Array.of(last << 2), bytes];
  const size = Buffer.alloc(5);
  size.writeUInt32LE(last, 1);
  size[0] = 63 << 2;
  return [size, bytes];
}

function lengthOf({ length }: Buffer): Uint8Array {
  const digits: number[] = [];
  for (let rest = length; ; rest >>>= 7) {
    if (rest < 128) return Uint8Array.from([...digits, rest]);
    digits.push((rest & 127) | 128);
  }
}
