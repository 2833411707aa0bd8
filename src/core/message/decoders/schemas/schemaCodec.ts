import { SchemaError, type FoundSchema } from '../../../schemaRegistry/lookup';
import type { SchemaType } from '../../../schemaRegistry/schema';
import type {
  DecodedFacts,
  DecoderContext,
  FormatDescription,
  Shown,
  WorkerCodec,
} from '../decoder';
import { exampleOf } from '../describe/example';
import { joinFormat } from '../formatName';
import { readSchemaArgument } from '../schemaArgument';
import { encodeWith } from './encoding';
import { type FramedMessage, framedMessages } from './framed';
import { InvalidSchema } from './problems';
import { addressOf, addressToWrite, NOTHING_NAMED, SchemaSource } from './source';

/** What a format with schemas does with one of them, which it has prepared as `T`. */
export interface SchemaCodec<T> {
  readonly name: 'avro' | 'json-schema' | 'protobuf';
  readonly type: SchemaType;
  /**
   * Prepares a schema for use, and names it. `message` is the one that the format names of several.
   * Throws `InvalidSchema`.
   */
  compile(
    found: FoundSchema,
    message: string | undefined,
  ): { readonly value: T; readonly name?: string };
  /** Returns what is shown of a key or value. `facts` are those of one without a schema. */
  decode(message: FramedMessage<T>, facts: DecodedFacts): Shown;
  /**
   * Returns the bytes of a text; `isFramed` says whether they get Confluent's framing. May throw
   * `Misfit`, `TooLarge` and `InvalidSchema`.
   */
  encode(schema: T, text: string, isFramed: boolean): Buffer;
  /** Describes what is written. Missing: an example of the JSON Schema. May throw `InvalidSchema`. */
  describe(schema: T): Pick<FormatDescription, 'jsonSchema'> & {
    readonly example?: string;
    readonly name?: string;
  };
}

/** Returns the codec of a format with schemas, in a framing or without one. */
export function schemaCodec<T>(format: SchemaCodec<T>): WorkerCodec {
  const sourceOf = (argument: string, context: DecoderContext) =>
    new SchemaSource<T>(context, {
      type: format.type,
      format: joinFormat(format.name, argument),
      compile: (found) => format.compile(found, readSchemaArgument(argument)?.message),
    });
  return {
    openDecode(argument, context) {
      const named = addressOf(readSchemaArgument(argument) ?? {});
      const from = { named, source: sourceOf(argument, context), part: context.part };
      const facts = { format: joinFormat(format.name, argument), isGuess: false };
      return async (payloads, options) => {
        const messages = await framedMessages(payloads, from, options);
        return messages.map((message) =>
          message ? format.decode(message, facts) : { problem: { kind: 'lossy' } },
        );
      };
    },

    openEncode(argument, context) {
      const write = format.encode.bind(format);
      return encodeWith(sourceOf(argument, context), argument, context, write);
    },

    async describe(argument, context, options) {
      const address = addressToWrite(readSchemaArgument(argument) ?? {}, context);
      if (!address) throw new SchemaError('not-found', NOTHING_NAMED);
      const schema = await sourceOf(argument, context).one(address, options);
      if (schema.failure) throw schema.failure;
      try {
        const { jsonSchema, example, name } = format.describe(schema.value);
        return {
          jsonSchema,
          example: example ?? exampleOf(jsonSchema) ?? 'null',
          schema: { ...schema.facts.schema, ...(name !== undefined && { name }) },
        };
      } catch (error) {
        if (!(error instanceof InvalidSchema)) throw error;
        throw new SchemaError('invalid', error.phrase, { cause: error });
      }
    },
  };
}
