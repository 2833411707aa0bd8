import { phrase } from '../../../phrase';
import type { DecodedFacts, DecodeProblem, Shown } from '../decoder';
import { firstRead, noSchemaOf } from '../schemas/framed';
import { parseJson } from '../schemas/parseJson';
import { InvalidSchema, Misfit, TooLarge } from '../schemas/problems';
import { schemaCodec } from '../schemas/schemaCodec';
import type { ReadySchema } from '../schemas/source';
import { ByteReader, ByteWriter } from './bytes';
import { isContainer, readContainer } from './container';
import { describeAvro } from './describe';
import { parseAvro } from './parse';
import { avroReader, type ReadValue } from './read';
import { type AvroType, branchName } from './schema';
import { writeAvro } from './write';

/** A schema, ready to read and write. */
interface Ready {
  readonly type: AvroType;
  readonly read: (data: Buffer) => ReadValue;
  /**
   * Whether Confluent's framing has the data as they are, without Avro's length: if the whole value
   * is bytes, as the documentation of its wire format says.
   */
  readonly isRaw: boolean;
}

/** Avro, in a framing or as it is; also files that hold one object and its schema. */
export const codec = schemaCodec<Ready>({
  name: 'avro',
  type: 'AVRO',

  compile({ schema }) {
    const type = parseAvro(schema);
    const isRaw = type.kind === 'bytes' && !type.logical;
    return { value: { type, read: avroReader(type), isRaw }, name: branchName(type) };
  },

  decode({ bytes, framing, attempts }, facts) {
    if (isContainer(bytes)) return decodeContainer(bytes, facts);
    const framed = framing?.kind === 'confluent' ? bytes : undefined;
    const shown = firstRead(attempts, (schema, data) => decodeWith(schema, data, framed));
    if (shown) return shown;
    return {
      problem: framing
        ? { kind: 'no-schema', detail: noSchemaOf(framing) }
        : { kind: 'not-in-format', detail: phrase('no id of a schema comes before the data') },
    };
  },

  encode({ type, isRaw }, text, isFramed) {
    const data = writeAvro(type, parseJson(text));
    return isRaw && isFramed ? withoutLength(data) : data;
  },

  describe: ({ type }) => ({ jsonSchema: describeAvro(type) }),
});

function withLength(data: Buffer): Buffer {
  const writer = new ByteWriter();
  writer.sized(data);
  return writer.taken();
}

function withoutLength(data: Buffer): Buffer {
  return new ByteReader(data).sized();
}

/** `framed`: the bytes, if they are in Confluent's framing. */
function decodeWith(
  { value: { read, isRaw }, facts }: ReadySchema<Ready>,
  data: () => Buffer,
  framed: Buffer | undefined,
): Shown {
  try {
    const found = data();
    const isWithoutLength = isRaw && framed !== undefined && found !== framed;
    return shownAs(read(isWithoutLength ? withLength(found) : found), facts);
  } catch (error) {
    return { problem: problemOf(error), facts };
  }
}

function decodeContainer(bytes: Buffer, facts: DecodedFacts): Shown {
  try {
    const { name, ...value } = readContainer(bytes);
    return shownAs(value, { ...facts, schema: { name } });
  } catch (error) {
    return { problem: problemOf(error) };
  }
}

function shownAs({ text, isBroken }: ReadValue, facts: DecodedFacts): Shown {
  return {
    text,
    facts: isBroken ? { ...facts, misfit: phrase('a text in it is not UTF-8') } : facts,
  };
}

function problemOf(error: unknown): DecodeProblem {
  if (error instanceof Misfit) return { kind: 'not-in-schema', detail: error.atPlace };
  if (error instanceof InvalidSchema) return { kind: 'no-schema', detail: error.phrase };
  if (error instanceof TooLarge) return { kind: 'too-large' };
  return { kind: 'failed', cause: error };
}
