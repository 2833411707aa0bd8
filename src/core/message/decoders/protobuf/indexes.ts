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
    if (number < 0 || number > 100_000) throw new WireError('no message has such an index');
    return number;
  };
  const count = next();
  if (count > MAX_INDEXES) throw new WireError('no message has as many indexes');
  const indexes = count === 0 ? [0] : Array.from({ length: count }, next);
  return { indexes, start: reader.at };
}

export function writeIndexes(indexes: readonly number[]): Buffer {
  const writer = new WireWriter();
  if (indexes.length === 1 && indexes[0] === 0) return writer.varint(0n).finish();
  for (const number of [indexes.length, ...indexes]) writer.varint(2n * BigInt(number));
  return writer.finish();
}
