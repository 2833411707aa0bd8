/** Says that bytes do not follow the Kafka protocol. */
export class MalformedBytes extends Error {}

const decoder = new TextDecoder();

/**
 * Reads the types of the Kafka protocol one after the other. Every method throws `MalformedBytes`
 * if the bytes end too early or a length makes no sense.
 */
export class Reader {
  #at = 0;

  constructor(private readonly bytes: Buffer) {}

  /** The number of bytes that are not read yet. */
  get rest(): number {
    return this.bytes.length - this.#at;
  }

  int8(): number {
    return this.bytes.readInt8(this.#take(1));
  }

  uint8(): number {
    return this.bytes[this.#take(1)] ?? 0;
  }

  int16(): number {
    return this.bytes.readInt16BE(this.#take(2));
  }

  int32(): number {
    return this.bytes.readInt32BE(this.#take(4));
  }

  uint32(): number {
    return this.bytes.readUInt32BE(this.#take(4));
  }

  /** Reads an unsigned integer of 1 to 4 bytes, lowest byte first. */
  uintLE(length: number): number {
    return this.bytes.readUIntLE(this.#take(length), length);
  }

  int64(): bigint {
    return this.bytes.readBigInt64BE(this.#take(8));
  }

  boolean(): boolean {
    return this.int8() !== 0;
  }

  /** Reads an unsigned integer of at most 32 bits in groups of seven bits, lowest first. */
  uvarint(): number {
    let value = 0;
    for (let shift = 0; shift < 35; shift += 7) {
      const byte = this.uint8();
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
    throw new MalformedBytes('A variable integer is too long.');
  }

  /** Reads a signed integer of at most 32 bits in the zigzag form. */
  varint(): number {
    const value = this.uvarint();
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  }

  /** Reads a signed integer of at most 64 bits in the zigzag form. */
  varlong(): bigint {
    // Most are small, and numbers are faster than bigints.
    let low = 0;
    for (let shift = 0; shift < 49; shift += 7) {
      const byte = this.uint8();
      low += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return BigInt(low % 2 === 0 ? low / 2 : -(low + 1) / 2);
    }
    let value = BigInt(low);
    for (let shift = 49n; shift < 70n; shift += 7n) {
      const byte = this.uint8();
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return BigInt.asIntN(64, (value >> 1n) ^ -(value & 1n));
    }
    throw new MalformedBytes('A variable integer is too long.');
  }

  /** Reads so many bytes, without copying them. */
  raw(length: number): Buffer {
    const from = this.#take(length);
    return this.bytes.subarray(from, from + length);
  }

  string(): string {
    const text = this.nullableString();
    if (text === null) throw new MalformedBytes('A text is missing.');
    return text;
  }

  nullableString(): string | null {
    const length = this.int16();
    return length === -1 ? null : decoder.decode(this.raw(length));
  }

  nullableBytes(): Buffer | null {
    const length = this.int32();
    return length === -1 ? null : this.raw(length);
  }

  /** Reads bytes, where a missing value counts as no bytes. */
  dataBytes(): Buffer {
    return this.nullableBytes() ?? Buffer.alloc(0);
  }

  /** Reads an array; a missing one counts as empty. */
  array<T>(element: (reader: this) => T): T[] {
    return this.#elements(this.int32(), element);
  }

  /** Reads the form of text that newer messages use. */
  compactString(): string {
    return this.compactNullableString() ?? '';
  }

  compactNullableString(): string | null {
    const length = this.uvarint();
    return length === 0 ? null : decoder.decode(this.raw(length - 1));
  }

  /** Reads the form of an array that newer messages use. */
  compactArray<T>(element: (reader: this) => T): T[] {
    return this.#elements(this.uvarint() - 1, element);
  }

  /** Skips the tagged fields that end each structure of newer messages. */
  skipTags(): void {
    const count = this.uvarint();
    for (let tag = 0; tag < count; tag++) {
      this.uvarint();
      this.raw(this.uvarint());
    }
  }

  #elements<T>(count: number, element: (reader: this) => T): T[] {
    // Every element has at least one byte, so no count can make us allocate more than was sent.
    if (count > this.rest) throw new MalformedBytes('An array is longer than its bytes.');
    const elements: T[] = [];
    while (elements.length < count) elements.push(element(this));
    return elements;
  }

  /** Moves on by `length` bytes, and returns where they begin. */
  #take(length: number): number {
    if (length < 0 || length > this.rest) throw new MalformedBytes('The bytes end too early.');
    const from = this.#at;
    this.#at += length;
    return from;
  }
}
