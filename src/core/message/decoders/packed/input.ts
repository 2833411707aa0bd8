import { phrase, PhrasedError } from '../../../phrase';

/** Says that bytes are not of the format. */
export class PackedError extends PhrasedError {}

/** As many arrays and maps may stand in each other. */
export const MAX_DEPTH = 200;

/** Reads big-endian numbers and slices. Methods throw a `PackedError` at the end. */
export class Input {
  #at = 0;

  constructor(private readonly bytes: Buffer) {}

  get rest(): number {
    return this.bytes.length - this.#at;
  }

  byte(): number {
    return this.bytes[this.#advance(1)] ?? 0;
  }

  /** Returns the next byte without taking it. */
  peek(): number | undefined {
    return this.bytes[this.#at];
  }

  /** Reads a number without a sign. */
  uint(size: number): bigint {
    const at = this.#advance(size);
    if (size === 8) return this.bytes.readBigUInt64BE(at);
    return BigInt(this.bytes.readUIntBE(at, size));
  }

  /** Reads how many bytes or items follow. */
  count(size: number): number {
    return Number(this.uint(size));
  }

  take(count: number): Buffer {
    const at = this.#advance(count);
    return this.bytes.subarray(at, at + count);
  }

  #advance(count: number): number {
    const at = this.#at;
    if (count > this.rest) throw new PackedError(phrase('the data end too early'));
    this.#at += count;
    return at;
  }
}

/** Returns a number without a sign in the bytes of its size. */
export function uintBytes(value: bigint, size: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt.asUintN(64, value));
  return bytes.subarray(8 - size);
}
