import { phrase, PhrasedError } from '../../../phrase';

/** Says that bytes are not Protobuf's encoding. */
export class WireError extends PhrasedError {}

/** How the values of fields are written. */
export const wireTypes = { varint: 0, fixed64: 1, bytes: 2, group: 3, endGroup: 4, fixed32: 5 };

/** The longest number takes ten bytes of seven bits each. */
const MAX_VARINT = 10;

/** Reads Protobuf's encoding. Methods throw a `WireError` where it is wrong. */
export class WireReader {
  at: number;
  /** The lower and the upper 32 bits of the number that was last read, both without a sign. */
  low = 0;
  high = 0;
  /** Whether every varint so far was written in as few bytes as possible. */
  isShortest = true;

  constructor(
    readonly bytes: Buffer,
    start = 0,
    readonly end = bytes.length,
  ) {
    this.at = start;
  }

  get hasMore(): boolean {
    return this.at < this.end;
  }

  /** Reads a number of a varint into `low` and `high`, and returns `low`. */
  varint(): number {
    const { bytes, end } = this;
    let at = this.at;
    const first = at < end ? (bytes[at] ?? 0) : 128;
    if (first < 128) {
      this.at = at + 1;
      this.high = 0;
      return (this.low = first);
    }
    let [low, high, byte] = [0, 0, 128];
    for (let shift = 0; byte >= 128; shift += 7) {
      if (at >= end) throw new WireError(phrase('the data end within a number'));
      if (shift === 7 * MAX_VARINT) throw new WireError(phrase('a number has too many bytes'));
      byte = bytes[at] ?? 0;
      at += 1;
      const digits = byte & 127;
      if (shift < 28) low |= digits << shift;
      else if (shift === 28) {
        low |= digits << 28;
        high = digits >>> 4;
      } else high |= digits << (shift - 32);
    }
    if (byte === 0) this.isShortest = false;
    this.at = at;
    this.high = high >>> 0;
    return (this.low = low >>> 0);
  }

  /** Reads the number of the next field and its wire type, as `number * 8 + type`. */
  tag(): number {
    const tag = this.varint();
    if (this.high !== 0 || tag < 8) throw new WireError(phrase('a field has no valid number'));
    return tag;
  }

  fixed32(): number {
    const at = this.#skip(4);
    this.high = 0;
    return (this.low = this.bytes.readUInt32LE(at));
  }

  fixed64(): number {
    const at = this.#skip(8);
    this.high = this.bytes.readUInt32LE(at + 4);
    return (this.low = this.bytes.readUInt32LE(at));
  }

  float(): number {
    return this.bytes.readFloatLE(this.#skip(4));
  }

  double(): number {
    return this.bytes.readDoubleLE(this.#skip(8));
  }

  /** Reads a length and as many bytes. */
  slice(): Buffer {
    const length = this.varint();
    const at = this.#skip(this.high === 0 ? length : Infinity);
    return this.bytes.subarray(at, at + length);
  }

  /** Reads a group, of which the tag was read, up to its end. Returns what is between. */
  group(number: number, depth: number): Buffer {
    const start = this.at;
    for (;;) {
      const before = this.at;
      if (!this.hasMore) throw new WireError(phrase('the data end within a group'));
      const tag = this.tag();
      if ((tag & 7) === wireTypes.endGroup) {
        if (tag >>> 3 !== number) throw new WireError(phrase('another group ends than began'));
        return this.bytes.subarray(start, before);
      }
      this.skipValue(tag, depth);
    }
  }

  /** Skips the value of a field. */
  skipValue(tag: number, depth: number): void {
    switch (tag & 7) {
      case wireTypes.varint:
        this.varint();
        return;
      case wireTypes.fixed64:
        this.#skip(8);
        return;
      case wireTypes.bytes:
        this.slice();
        return;
      case wireTypes.fixed32:
        this.#skip(4);
        return;
      case wireTypes.group:
        if (depth > MAX_DEPTH) throw new WireError(phrase('groups are nested too deeply'));
        this.group(tag >>> 3, depth + 1);
        return;
      default:
        throw new WireError(phrase('a field has no valid type'));
    }
  }

  #skip(count: number): number {
    const { at } = this;
    if (count > this.end - at) throw new WireError(phrase('the data end too early'));
    this.at += count;
    return at;
  }
}

/** As many messages may stand in each other, as in Google's libraries. */
export const MAX_DEPTH = 100;

/** Returns the number of which a reader has read the two halves. */
export function unsigned64(low: number, high: number): string {
  return high < 2 ** 21
    ? String(high * 2 ** 32 + low)
    : String((BigInt(high) << 32n) | BigInt(low));
}

export function signed64(low: number, high: number): string {
  if (high < 2 ** 21) return String(high * 2 ** 32 + low);
  return String(BigInt.asIntN(64, (BigInt(high) << 32n) | BigInt(low)));
}

/** The number for which `number` stands in the types with zigzag encoding. */
export function zigzag(number: bigint): bigint {
  return (number >> 1n) ^ -(number & 1n);
}

/** Writes Protobuf's encoding. */
export class WireWriter {
  readonly #pieces: Uint8Array[] = [];

  /** The tag of a field: its number and wire type. */
  tag(number: number, type: number): this {
    return this.varint(BigInt(number * 8 + type));
  }

  /** A number of up to 64 bits, with a sign or without. */
  varint(value: bigint): this {
    let rest = BigInt.asUintN(64, value);
    const bytes: number[] = [];
    for (; rest > 127n; rest >>= 7n) bytes.push(Number(rest & 127n) | 128);
    bytes.push(Number(rest));
    this.#pieces.push(Uint8Array.from(bytes));
    return this;
  }

  fixed(value: bigint, size: 4 | 8): this {
    const bytes = Buffer.alloc(8);
    bytes.writeBigUInt64LE(BigInt.asUintN(64, value));
    return this.raw(bytes.subarray(0, size));
  }

  float(value: number, size: 4 | 8): this {
    const bytes = Buffer.alloc(size);
    if (size === 4) bytes.writeFloatLE(value);
    else bytes.writeDoubleLE(value);
    return this.raw(bytes);
  }

  /** A length and as many bytes. */
  slice(bytes: Uint8Array): this {
    return this.varint(BigInt(bytes.length)).raw(bytes);
  }

  raw(bytes: Uint8Array): this {
    this.#pieces.push(bytes);
    return this;
  }

  finish(): Buffer {
    return Buffer.concat(this.#pieces);
  }
}
