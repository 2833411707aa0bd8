/** Pieces of the binary encodings of Avro and Protobuf, as far as the samples need them. */

/** A whole number of Protobuf: seven bits in each byte, the lowest first. */
export function varint(value: bigint | number): Buffer {
  const bytes: number[] = [];
  let rest = BigInt.asUintN(64, BigInt(value));
  while (rest > 0x7fn) {
    bytes.push(Number(rest & 0x7fn) | 0x80);
    rest >>= 7n;
  }
  return Buffer.from([...bytes, Number(rest)]);
}

/** An `int` or `long` of Avro: as a varint, with the sign in the lowest bit. */
export function zigZag(value: bigint | number): Buffer {
  const long = BigInt(value);
  return varint((long << 1n) ^ (long >> 63n));
}

/** Bytes with their number before them, as Avro counts it. */
export function avroBytes(value: Buffer): Buffer {
  return Buffer.concat([zigZag(value.length), value]);
}

export function avroString(value: string): Buffer {
  return avroBytes(Buffer.from(value));
}

/** An array or the entries of a map of Avro, as one block. */
export function avroBlocks(items: readonly Buffer[]): Buffer {
  const block = items.length === 0 ? [] : [zigZag(items.length), ...items];
  return Buffer.concat([...block, zigZag(0)]);
}

/** A decimal of Avro without its point: a signed number in as few bytes as it needs. */
export function avroDecimal(unscaled: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64BE(BigInt(unscaled));
  let from = 0;
  const sign = unscaled < 0 ? 0xff : 0;
  const keepsSign = (at: number) => ((bytes[at] ?? 0) & 0x80) === (sign & 0x80);
  while (from < 7 && bytes[from] === sign && keepsSign(from + 1)) from += 1;
  return avroBytes(bytes.subarray(from));
}

/** A field of Protobuf that is a varint. */
export function numberField(number: number, value: bigint | number): Buffer {
  return Buffer.concat([varint(number * 8), varint(value)]);
}

/** A field of Protobuf that is a text, or a message. */
export function bytesField(number: number, value: string | Buffer): Buffer {
  const bytes = Buffer.from(value);
  return Buffer.concat([varint(number * 8 + 2), varint(bytes.length), bytes]);
}

/** Puts the id of a schema before a message, as Confluent's serializers do. */
export function framed(id: number, message: Buffer): Buffer {
  const head = Buffer.alloc(5);
  head.writeUInt32BE(id, 1);
  return Buffer.concat([head, message]);
}
