import { phrase } from '../../../phrase';
import { Input } from './input';
import { copyBack, findMatches } from './matches';
import { MAX_UNWRAPPED, UnwrapError, type Wrapper } from './unwrap';
import { wrapperCodec } from './wrapperCodec';
import { xxh32 } from './xxh32';

const MAGIC = 0x184d2204;

/** The bits of a frame's flags. */
const VERSION = 0x40;
const VERSION_BITS = 0xc0;
const HAS_BLOCK_CHECKSUMS = 0x10;
const HAS_CONTENT_SIZE = 0x08;
const HAS_CONTENT_CHECKSUM = 0x04;
const HAS_DICTIONARY = 0x01;
/** Each block stands for itself. */
const IS_INDEPENDENT = 0x20;

const IS_STORED = 0x80000000;

/**
 * LZ4 in its frame format (`lz4_Frame_format.md`), with every checksum that is there. It is read
 * and written here, because the library `lz4js` accepts damaged data, and misreads frames whose
 * blocks have checksums.
 */
export const lz4Wrapper: Wrapper = { name: 'lz4', unwrap: unlz4, wrap: lz4Frame };

export const lz4 = wrapperCodec(lz4Wrapper);

function unlz4(bytes: Buffer): Buffer {
  const input = new Input(bytes);
  const frames: Buffer[] = [];
  let room = MAX_UNWRAPPED;
  do {
    const frame = readFrame(input, room);
    frames.push(frame);
    room -= frame.length;
  } while (input.rest > 0);
  return Buffer.concat(frames);
}

function readFrame(input: Input, room: number): Buffer {
  if (input.uintLE(4) !== MAGIC) throw new UnwrapError(phrase('this is no LZ4 frame'));
  const headerAt = input.at;
  const flags = input.byte();
  if ((flags & VERSION_BITS) !== VERSION)
    throw new UnwrapError(phrase('this version of LZ4 is unknown'));
  if (flags & HAS_DICTIONARY) throw new UnwrapError(phrase('it was compressed with a dictionary'));
  const maxBlock = 2 ** (8 + 2 * ((input.byte() >>> 4) & 7));
  if (maxBlock < 2 ** 16) throw new UnwrapError(phrase('this is no LZ4 frame'));
  if (flags & HAS_CONTENT_SIZE) input.take(8);
  const header = input.bytes.subarray(headerAt, input.at);
  if (input.byte() !== ((xxh32(header) >>> 8) & 255)) throw damaged();

  const output = new Output(room);
  for (let size = input.uintLE(4); size !== 0; size = input.uintLE(4)) {
    const block = input.take(size % IS_STORED);
    if (block.length > maxBlock) throw new UnwrapError(phrase('an LZ4 block is too large'));
    if (flags & HAS_BLOCK_CHECKSUMS && input.uintLE(4) !== xxh32(block)) throw damaged();
    if (size >= IS_STORED) output.write(block);
    else readBlock(new Input(block), output);
  }
  if (flags & HAS_CONTENT_CHECKSUM && input.uintLE(4) !== xxh32(output.bytes)) throw damaged();
  return output.bytes;
}

function damaged(): UnwrapError {
  return new UnwrapError(phrase('a checksum says that the data are damaged'));
}

/** Bytes that grow up to a limit. */
class Output {
  #bytes = Buffer.alloc(1024);
  #length = 0;

  constructor(private readonly limit: number) {}

  get bytes(): Buffer {
    return this.#bytes.subarray(0, this.#length);
  }

  write(bytes: Buffer): void {
    this.#bytes.set(bytes, this.#grow(bytes.length));
  }

  copyBack(back: number, count: number): void {
    const at = this.#grow(count);
    if (!copyBack(this.#bytes, at, back, count))
      throw new UnwrapError(phrase('a copy is out of bounds'));
  }

  #grow(count: number): number {
    const at = this.#length;
    this.#length += count;
    if (this.#length > this.limit) throw new UnwrapError();
    if (this.#length > this.#bytes.length) {
      this.#bytes = Buffer.concat([this.#bytes], 2 * this.#length);
    }
    return at;
  }
}

function readBlock(input: Input, output: Output): void {
  while (input.rest > 0) {
    const token = input.byte();
    output.write(input.take(extended(token >>> 4, input)));
    // The last sequence is a literal alone.
    if (input.rest === 0) break;
    output.copyBack(input.uintLE(2), 4 + extended(token & 15, input));
  }
}

/** Returns a length of which the token has the first four bits. */
function extended(start: number, input: Input): number {
  let length = start;
  for (let more = start === 15 ? 255 : 0; more === 255; length += more) more = input.byte();
  return length;
}

/** Writes one frame, of independent blocks of up to 4 MiB and with the checksum of its content. */
function lz4Frame(bytes: Buffer): Buffer {
  const maxBlock = 2 ** 22;
  const header = Buffer.from([VERSION | IS_INDEPENDENT | HAS_CONTENT_CHECKSUM, 7 << 4]);
  const pieces: Uint8Array[] = [uint32(MAGIC), header];
  pieces.push(Uint8Array.of((xxh32(header) >>> 8) & 255));
  for (let at = 0; at < bytes.length; at += maxBlock) {
    const plain = bytes.subarray(at, at + maxBlock);
    const block = Buffer.concat(blockOf(plain));
    if (block.length < plain.length) pieces.push(uint32(block.length), block);
    else pieces.push(uint32(IS_STORED + plain.length), plain);
  }
  pieces.push(uint32(0), uint32(xxh32(bytes)));
  return Buffer.concat(pieces);
}

function blockOf(bytes: Buffer): readonly Uint8Array[] {
  const pieces: Uint8Array[] = [];
  let done = 0;
  for (const { start, end, back, count } of findMatches(bytes)) {
    const token = (Math.min(end - start, 15) << 4) | Math.min(count - 4, 15);
    pieces.push(Uint8Array.of(token), more(end - start), bytes.subarray(start, end));
    pieces.push(Uint8Array.of(back & 255, back >>> 8), more(count - 4));
    done = end + count;
  }
  const rest = bytes.subarray(done);
  pieces.push(Uint8Array.of(Math.min(rest.length, 15) << 4), more(rest.length), rest);
  return pieces;
}

/** Returns what follows a token for a length of which it has the first 15. */
function more(length: number): Uint8Array {
  if (length < 15) return new Uint8Array();
  const count = Math.floor((length - 15) / 255);
  return new Uint8Array(count + 1).fill(255, 0, count).fill((length - 15) % 255, count);
}

function uint32(value: number): Uint8Array {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
