const MIN_CAPACITY = 256;

/** Writes the types of the Kafka protocol one after the other. */
export class Writer {
  #bytes = Buffer.allocUnsafe(MIN_CAPACITY);
  #length = 0;

  /** What was written so far, which later writing may change. */
  get bytes(): Buffer {
    return this.#bytes.subarray(0, this.#length);
  }

  int8(value: number): this {
    const at = this.#grow(1);
    this.#bytes.writeInt8(value, at);
    return this;
  }

  int16(value: number): this {
    const at = this.#grow(2);
    this.#bytes.writeInt16BE(value, at);
    return this;
  }

  int32(value: number): this {
    const at = this.#grow(4);
    this.#bytes.writeInt32BE(value, at);
    return this;
  }

  uint32(value: number): this {
    const at = this.#grow(4);
    this.#bytes.writeUInt32BE(value, at);
    return this;
  }

  int64(value: bigint): this {
    const at = this.#grow(8);
    this.#bytes.writeBigInt64BE(value, at);
    return this;
  }

  boolean(value: boolean): this {
    return this.int8(value ? 1 : 0);
  }

  /** Writes an unsigned integer in groups of seven bits, lowest first. */
  uvarint(value: number): this {
    let rest = value;
    for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) this.#byte((rest % 0x80) | 0x80);
    return this.#byte(rest);
  }

  /** Writes a signed integer of at most 64 bits in the zigzag form, in which small ones are short. */
  varint(value: number): this {
    const doubled = value >= 0 ? 2 * value : -2 * value - 1;
    if (Number.isSafeInteger(doubled)) return this.uvarint(doubled);
    let rest = BigInt.asUintN(64, (BigInt(value) << 1n) ^ (BigInt(value) >> 63n));
    for (; rest >= 0x80n; rest >>= 7n) this.#byte(Number(rest & 0x7fn) | 0x80);
    return this.#byte(Number(rest));
  }

  raw(bytes: Uint8Array): this {
    const at = this.#grow(bytes.length);
    this.#bytes.set(bytes, at);
    return this;
  }

  string(text: string | null): this {
    if (text === null) return this.int16(-1);
    const bytes = Buffer.from(text);
    return this.int16(bytes.length).raw(bytes);
  }

  byteArray(bytes: Uint8Array): this {
    return this.int32(bytes.length).raw(bytes);
  }

  /** Writes an array; `null` often means all. */
  array<T>(elements: readonly T[] | null, write: (element: T) => void): this {
    this.int32(elements?.length ?? -1);
    elements?.forEach((element) => {
      write(element);
    });
    return this;
  }

  /** Writes text in the form that newer messages use. */
  compactString(text: string): this {
    const bytes = Buffer.from(text);
    return this.uvarint(bytes.length + 1).raw(bytes);
  }

  /** Writes an array in the form that newer messages use. */
  compactArray<T>(elements: readonly T[], write: (element: T) => void): this {
    this.uvarint(elements.length + 1);
    elements.forEach(write);
    return this;
  }

  /** Ends a structure of a newer message, without tagged fields. */
  noTags(): this {
    return this.uvarint(0);
  }

  #byte(value: number): this {
    const at = this.#grow(1);
    this.#bytes[at] = value;
    return this;
  }

  /** Makes room for more bytes, and returns where they begin. */
  #grow(length: number): number {
    const from = this.#length;
    this.#length += length;
    if (this.#length > this.#bytes.length) {
      const larger = Buffer.allocUnsafe(Math.max(this.#length, 2 * this.#bytes.length));
      larger.set(this.#bytes.subarray(0, from));
      this.#bytes = larger;
    }
    return from;
  }
}
