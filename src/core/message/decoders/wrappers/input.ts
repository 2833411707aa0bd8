import { phrase } from '../../../phrase';
import { UnwrapError } from './unwrap';

/** Reads compressed bytes. Every method throws an `UnwrapError` where they end too early. */
export class Input {
  #at = 0;

  constructor(readonly bytes: Buffer) {}

  get at(): number {
    return this.#at;
  }

  get rest(): number {
    return this.bytes.length - this.#at;
  }

  byte(): number {
    return this.uintLE(1);
  }

  /** Reads an unsigned number of 1 to 6 bytes, the lowest first. */
  uintLE(size: number): number {
    const start = this.#advance(size);
    return this.bytes.readUIntLE(start, size);
  }

  uint32BE(): number {
    return this.bytes.readUInt32BE(this.#advance(4));
  }

  /** Reads an unsigned number of up to 32 bits that is 7 bits a byte, the lowest first. */
  varint32(): number {
    let value = 0;
    for (let factor = 1; factor <= 2 ** 28; factor *= 128) {
      const byte = this.byte();
      value += (byte & 127) * factor;
      if (byte < 128) break;
    }
    if (value >= 2 ** 32) throw new UnwrapError(phrase('a length is too large'));
    return value;
  }

  take(count: number): Buffer {
    const start = this.#advance(count);
    return this.bytes.subarray(start, start + count);
  }

  #advance(count: number): number {
    if (count > this.rest) throw new UnwrapError(phrase('the compressed data end too early'));
    const start = this.#at;
    this.#at += count;
    return start;
  }
}
