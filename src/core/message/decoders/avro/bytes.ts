import { phrase } from '../../../phrase';
import { Misfit } from '../schemas/problems';

/** Reads the primitive values of Avro, one after the other. Throws `Misfit` where they end early. */
export class ByteReader {
  at = 0;

  constructor(readonly bytes: Buffer) {}

  byte(): number {
    const byte = this.bytes[this.at];
    if (byte === undefined) throw new Misfit(phrase('the data end too early'));
    this.at += 1;
    return byte;
  }

  /** Reads an integer of up to 64 bits: as a number where that is exact. */
  long(): number | bigint {
    let value = 0;
    let factor = 1;
    const start = this.at;
    for (let count = 0; count < 7; count += 1) {
      const byte = this.byte();
      value += (byte & 0x7f) * factor;
      if (byte < 0x80) return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
      factor *= 128;
    }
    this.at = start;
    return this.#bigLong();
  }

  /** Reads an integer of 32 bits. */
  int(): number {
    const value = this.long();
    if (typeof value === 'bigint' || value > 0x7fffffff || value < -0x80000000) {
      throw new Misfit(phrase('an int has more than 32 bits'));
    }
    return value;
  }

  /** Reads the length of what follows, and moves past that. */
  sized(): Buffer {
    return this.take(this.long());
  }

  take(length: number | bigint): Buffer {
    const start = this.skip(length);
    return this.bytes.subarray(start, this.at);
  }

  /** Moves past so many bytes. Returns where they begin. */
  skip(length: number | bigint): number {
    if (length < 0) throw new Misfit(phrase('a length is negative'));
    if (length > this.bytes.length - this.at) throw new Misfit(phrase('the data end too early'));
    const start = this.at;
    this.at += Number(length);
    return start;
  }

  #bigLong(): bigint {
    let value = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = this.byte();
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) {
        if (value >= 1n << 64n) break;
        return (value >> 1n) ^ -(value & 1n);
      }
    }
    throw new Misfit(phrase('a long has more than 64 bits'));
  }
}

/** Collects bytes. */
export class ByteWriter {
  #bytes = Buffer.allocUnsafe(256);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  /** What was collected from an index on. It is valid until more is collected. */
  taken(from = 0): Buffer {
    return this.#bytes.subarray(from, this.#length);
  }

  /** Forgets what was collected after the first bytes. */
  truncate(length: number): void {
    this.#length = length;
  }

  add(bytes: Uint8Array): void {
    const start = this.#grow(bytes.length);
    this.#bytes.set(bytes, start);
  }

  byte(byte: number): void {
    const start = this.#grow(1);
    this.#bytes[start] = byte;
  }

  /** Writes an integer of up to 64 bits. */
  long(value: number | bigint): void {
    const number = BigInt(value);
    let rest = BigInt.asUintN(64, (number << 1n) ^ (number >> 63n));
    for (; rest > 0x7fn; rest >>= 7n) this.byte(Number(rest & 0x7fn) | 0x80);
    this.byte(Number(rest));
  }

  sized(bytes: Uint8Array): void {
    this.long(bytes.length);
    this.add(bytes);
  }

  float(value: number): void {
    const start = this.#grow(4);
    this.#bytes.writeFloatLE(value, start);
  }

  double(value: number): void {
    const start = this.#grow(8);
    this.#bytes.writeDoubleLE(value, start);
  }

  /** Makes room, perhaps in a new buffer, and returns where it begins. */
  #grow(length: number): number {
    const start = this.#length;
    const needed = start + length;
    if (needed > this.#bytes.length) {
      this.#bytes = Buffer.concat([this.#bytes.subarray(0, start)], 2 * needed);
    }
    this.#length = needed;
    return start;
  }
}
