import { phrase } from '../../../phrase';
import { Decompress } from 'fzstd';
import { Input } from './input';
import { MAX_UNWRAPPED, UnwrapError, type Wrapper } from './unwrap';
import { wrapperCodec } from './wrapperCodec';

const MAGIC = 0xfd2fb528;
/** The last four bits of the magic number of a frame to be skipped may be anything. */
const SKIPPED = 0x184d2a5;

/** Zstandard (RFC 8878), for reading only: no small library compresses it. */
export const zstdWrapper: Wrapper = {
  name: 'zstd',
  unwrap(bytes) {
    checkWindows(new Input(bytes));
    const pieces: Uint8Array[] = [];
    let length = 0;
    const stream = new Decompress((piece) => {
      length += piece.length;
      if (length > MAX_UNWRAPPED) throw new UnwrapError();
      pieces.push(piece);
    });
    try {
      stream.push(bytes, true);
    } catch (error) {
      if (error instanceof UnwrapError || !(error instanceof Error)) throw error;
      throw new UnwrapError(phrase('it cannot be decompressed ({0})', error.message));
    }
    return Buffer.concat(pieces);
  },
};

export const zstd = wrapperCodec(zstdWrapper);

/**
 * Walks over the frames, because the library takes as much memory as their headers ask for, up to
 * 2 GiB. Throws if one asks for more than `MAX_UNWRAPPED` twice.
 */
function checkWindows(input: Input): void {
  do {
    const magic = input.uintLE(4);
    if (Math.floor(magic / 16) === SKIPPED) {
      input.take(input.uintLE(4));
      continue;
    }
    if (magic !== MAGIC) throw new UnwrapError(phrase('this is no Zstandard'));
    const descriptor = input.byte();
    if (windowOf(descriptor, input) > 2 * MAX_UNWRAPPED) throw new UnwrapError();
    for (let isLast = false; !isLast;) {
      const block = input.uintLE(3);
      isLast = (block & 1) === 1;
      // A block of this type is one byte, repeated.
      const isRepeated = ((block >>> 1) & 3) === 1;
      input.take(isRepeated ? 1 : block >>> 3);
    }
    if (descriptor & 4) input.take(4);
  } while (input.rest > 0);
}

/** Reads the rest of a frame's header and returns how much memory it asks for, in bytes. */
function windowOf(descriptor: number, input: Input): number {
  const isSingle = (descriptor & 32) !== 0;
  const window = isSingle ? 0 : input.byte();
  input.take([0, 1, 2, 4][descriptor & 3] ?? 0);
  const sizeBytes = [isSingle ? 1 : 0, 2, 4, 8][descriptor >>> 6] ?? 0;
  const size = input.take(sizeBytes);
  if (!isSingle) return 2 ** (10 + (window >>> 3)) * (1 + (window & 7) / 8);
  if (sizeBytes === 8) return Number(size.readBigUInt64LE());
  return size.readUIntLE(0, sizeBytes) + (sizeBytes === 2 ? 256 : 0);
}
