import type { Phrase } from '../../../phrase';
import type { Encode, Encoded, DecoderContext } from '../decoder';
import { writeFraming } from '../framing';
import { readSchemaArgument } from '../schemaArgument';
import { InvalidSchema, Misfit, TOO_LARGE, TooLarge } from './problems';
import { addressToWrite, NOTHING_NAMED, type SchemaSource } from './source';

/**
 * Returns a function that encodes texts with the schema that a format names, or with the latest one
 * of the topic. What `write` returns gets Confluent's framing if the schema is registered, which
 * `isFramed` says. `write` may throw `Misfit`, `TooLarge` and `InvalidSchema`.
 */
export function encodeWith<T>(
  source: SchemaSource<T>,
  argument: string,
  context: DecoderContext,
  write: (schema: T, text: string, isFramed: boolean) => Buffer,
): Encode {
  return async (texts, options) => {
    const address = addressToWrite(readSchemaArgument(argument) ?? {}, context);
    if (!address) return texts.map(() => noSchema(NOTHING_NAMED));
    const schema = await source.one(address, options);
    if (schema.failure) return texts.map(() => noSchema(schema.failure.phrase));
    const { id } = schema.found;
    return texts.map((text) =>
      encoded(() => {
        const data = write(schema.value, text, id !== undefined);
        return id === undefined ? data : writeFraming(id, data);
      }),
    );
  };
}

function encoded(write: () => Buffer): Encoded {
  try {
    return { payload: write() };
  } catch (error) {
    if (error instanceof Misfit) {
      return { problem: 'not-in-schema', detail: error.phrase, path: error.path };
    }
    if (error instanceof InvalidSchema) return noSchema(error.phrase);
    if (error instanceof TooLarge) return { problem: 'not-in-schema', detail: TOO_LARGE };
    throw error;
  }
}

function noSchema(detail: Phrase): Encoded {
  return { problem: 'no-schema', detail };
}
