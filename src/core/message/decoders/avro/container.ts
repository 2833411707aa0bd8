import { phrase } from '../../../phrase';
import { inflateRawSync } from 'node:zlib';
import { InvalidSchema, Misfit } from '../schemas/problems';
import { ByteReader } from './bytes';
import { parseAvro } from './parse';
import { avroReader, type ReadValue } from './read';
import { branchName } from './schema';

const MAGIC = Buffer.from('Obj\x01');
const SYNC_SIZE = 16;
const MAX_METADATA = 1000;
const MAX_INFLATED = 32 * 1024 * 1024;

/** The only object of a file, and the name of its type. */
export interface ContainedValue extends ReadValue {
  readonly name: string;
}

/** Whether bytes are a file of Avro objects, which holds its schema. */
export function isContainer(bytes: Buffer): boolean {
  return bytes.length >= MAGIC.length && MAGIC.every((byte, index) => bytes[index] === byte);
}

/**
 * Reads a file of Avro objects that holds exactly one. Throws `Misfit`, also if there are more or
 * none, `InvalidSchema` and `TooLarge`.
 */
export function readContainer(bytes: Buffer): ContainedValue {
  const from = new ByteReader(bytes);
  from.take(MAGIC.length);
  const metadata = readMetadata(from);
  from.take(SYNC_SIZE);
  const schema = metadata.get('avro.schema');
  if (!schema) throw new Misfit(phrase('the file has no schema'));
  const codec = String(metadata.get('avro.codec') ?? 'null');
  const type = parseAvro({ text: schema.toString(), imports: [] });
  let objects = 0;
  let data: Buffer | undefined;
  while (from.at < bytes.length) {
    const count = Number(from.long());
    if (count < 0) throw new Misfit(phrase('a number of objects is negative'));
    const block = from.sized();
    from.take(SYNC_SIZE);
    objects += count;
    if (count > 0) data ??= block;
  }
  if (!data || objects !== 1) {
    throw new Misfit(phrase('a file of {0} Avro objects; only a single one can be shown', objects));
  }
  return { ...avroReader(type)(uncompressed(data, codec)), name: branchName(type) };
}

function readMetadata(from: ByteReader): ReadonlyMap<string, Buffer> {
  const metadata = new Map<string, Buffer>();
  for (;;) {
    const count = Number(from.long());
    if (count === 0) return metadata;
    if (count < 0) from.long();
    for (let left = Math.abs(count); left > 0; left -= 1) {
      metadata.set(from.sized().toString(), from.sized());
      if (metadata.size > MAX_METADATA)
        throw new InvalidSchema(phrase('the file has too many properties'));
    }
  }
}

function uncompressed(block: Buffer, codec: string): Buffer {
  if (codec === 'null') return block;
  if (codec !== 'deflate')
    throw new Misfit(phrase('a file compressed with {0}', JSON.stringify(codec)));
  try {
    return inflateRawSync(block, { maxOutputLength: MAX_INFLATED });
  } catch {
    throw new Misfit(phrase('the file cannot be decompressed'));
  }
}
