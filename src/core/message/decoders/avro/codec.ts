import { parseExact } from '../../../json/exact';
import { JsonSyntaxError } from '../../../json/scanner';
import type { DecodedFacts, DecodeProblem, DecoderContext, Shown, WorkerCodec } from '../decoder';
import { joinFormat } from '../formatName';
import { readSchemaArgument } from '../schemaArgument';
import { describeWith } from '../schemas/describing';
import { encodeWith } from '../schemas/encoding';
import { type Attempt, type FramedMessage, framedMessages } from '../schemas/framed';
import { InvalidSchema, Misfit, TooLarge } from '../schemas/problems';
import { addressOf, SchemaSource, withoutSchema } from '../schemas/source';
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
export const codec: WorkerCodec = {
  openDecode(argument, context) {
    const named = addressOf(readSchemaArgument(argument) ?? {});
    const format = joinFormat('avro', argument);
    const source = sourceOf(format, context);
    const { part } = context;
    return async (payloads, options) => {
      const messages = await framedMessages(payloads, { named, source, part }, options);
      return messages.map((message) => decode(message, format));
    };
  },

  openEncode(argument, context) {
    const source = sourceOf(joinFormat('avro', argument), context);
    return encodeWith(source, argument, context, ({ type, isRaw }, text, isFramed) => {
      try {
        const data = writeAvro(type, parseExact(text));
        return isRaw && isFramed ? withoutLength(data) : data;
      } catch (error) {
        if (!(error instanceof JsonSyntaxError)) throw error;
        throw new Misfit(`expected JSON, which it is not from character ${error.at + 1} on`);
      }
    });
  },

  describe(argument, context, options) {
    const source = sourceOf(joinFormat('avro', argument), context);
    return describeWith(source, argument, context, ({ type }) => describeAvro(type), options);
  },
};

function sourceOf(format: string, context: DecoderContext): SchemaSource<Ready> {
  return new SchemaSource(context, {
    type: 'AVRO',
    format,
    compile: ({ schema }) => {
      const type = parseAvro(schema);
      const isRaw = type.kind === 'bytes' && !type.logical;
      return { value: { type, read: avroReader(type), isRaw }, name: branchName(type) };
    },
  });
}

function decode({ bytes, framing, attempts }: FramedMessage<Ready>, format: string): Shown {
  if (!bytes) return { problem: { kind: 'lossy' } };
  if (isContainer(bytes)) return decodeContainer(bytes, format);
  let shown: Shown | undefined;
  for (const attempt of attempts) {
    const next = decodeWith(attempt, framing?.kind === 'confluent' ? bytes : undefined);
    if (next.text !== undefined) return next;
    shown ??= next;
  }
  if (shown) return shown;
  return {
    problem: framing
      ? { kind: 'no-schema', detail: `only its own registry knows the ${framing.names}` }
      : { kind: 'not-in-format', detail: 'no id of a schema comes before the data' },
  };
}

function withLength(data: Buffer): Buffer {
  const writer = new ByteWriter();
  writer.sized(data);
  return writer.taken();
}

function withoutLength(data: Buffer): Buffer {
  return new ByteReader(data).sized();
}

/** `framed`: the bytes, if they are in Confluent's framing. */
function decodeWith({ schema, data }: Attempt<Ready>, framed: Buffer | undefined): Shown {
  if (schema.failure) return withoutSchema(schema);
  try {
    const { read, isRaw } = schema.value;
    const found = data();
    const isWithoutLength = isRaw && framed !== undefined && found !== framed;
    return shownAs(read(isWithoutLength ? withLength(found) : found), schema.facts);
  } catch (error) {
    return { problem: problemOf(error), facts: schema.facts };
  }
}

function decodeContainer(bytes: Buffer, format: string): Shown {
  try {
    const { name, ...value } = readContainer(bytes);
    return shownAs(value, { format, isGuess: false, schema: { name } });
  } catch (error) {
    return { problem: problemOf(error) };
  }
}

function shownAs({ text, isBroken }: ReadValue, facts: DecodedFacts): Shown {
  return {
    text,
    facts: isBroken ? { ...facts, misfit: 'a text in it is not UTF-8' } : facts,
  };
}

function problemOf(error: unknown): DecodeProblem {
  if (error instanceof Misfit) return { kind: 'not-in-schema', detail: error.sentence };
  if (error instanceof InvalidSchema) return { kind: 'no-schema', detail: error.message };
  if (error instanceof TooLarge) return { kind: 'too-large' };
  return { kind: 'failed', cause: error };
}
