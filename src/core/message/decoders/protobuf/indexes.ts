import { phrase } from '../../../phrase';
import { WireError, WireReader, WireWriter, zigzag } from './wire';

/** Messages within messages are not nested more deeply than this. */
const MAX_INDEXES = 64;

/**
 * Reads what Confluent's serializers write before a message: how many indexes lead to it, and the
 * indexes, all with zigzag encoding; a single 0 stands for the first message. Returns also where the
 * data begin. Throws a `WireError`.
 */
export function readIndexes(bytes: Buffer): {
  readonly indexes: readonly number[];
  readonly start: number;
} {
  // In a header, nothing may stand for the first message, too.
  if (bytes.length === 0) return { indexes: [0], start: 0 };
  const reader = new WireReader(bytes);
  const next = () => {
    reader.varint();
    const number = Number(zigzag((BigInt(reader.high) << 32n) | BigInt(reader.low)));
    if (number < 0 || number > 100_000) throw new WireError(phrase('no message has such an index'));
    return number;
  };
  const count = next();
  if (count > MAX_INDEXES) throw new WireError(phrase('no message has as many indexes'));
  const indexes = count === 0 ? [0] : Array.from({ length: count }, next);
  return { indexes, start: reader.at };
}

/**
 * Reads the name of a message that Apicurio's serializers write before it: a message `Ref` of its
 * own with the name as field 1, after its length. `undefined` if there is none. Returns also where
 * the data begin.
 */
export function readRef(
  bytes: Buffer,
): { readonly name: string; readonly start: number } | undefined {
  const [length = 0, tag, nameLength = 0] = bytes;
  const start = length + 1;
  if (length > 0x7f || tag !== 0x0a || nameLength !== length - 2 || bytes.length < start) {
    return undefined;
  }
  const name = bytes.toString('latin1', 3, start);
  return /^[A-Za-z_][\w.]*$/.test(name) ? { name, start } : undefined;
}

/** Reads the number of a message that the serializers of AWS Glue write before it. */
export function readNumber(bytes: Buffer): { readonly number: number; readonly start: number } {
  const reader = new WireReader(bytes);
  const number = reader.varint() >>> 0;
  return { number, start: reader.at };
}

export function writeIndexes(indexes: readonly number[]): Buffer {
  const writer = new WireWriter();
  if (indexes.length === 1 && indexes[0] === 0) return writer.varint(0n).finish();
  for (const number of [indexes.length, ...indexes]) writer.varint(2n * BigInt(number));
  return writer.finish();
}
