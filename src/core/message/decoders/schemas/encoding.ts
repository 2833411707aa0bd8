import type { Encode, Encoded, DecoderContext } from '../decoder';
import { writeFraming } from '../framing';
import { readSchemaArgument } from '../schemaArgument';
import { InvalidSchema, Misfit, TooLarge } from './problems';
import { addressToWrite, type SchemaSource } from './source';

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
    if (!address) return texts.map(() => noSchema('neither a schema nor a topic is named'));
    const schema = await source.one(address, options);
    if (schema.failure) return texts.map(() => noSchema(schema.failure.message));
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
      return { problem: 'not-in-schema', detail: error.detail, path: error.path };
    }
    if (error instanceof InvalidSchema) return noSchema(error.message);
    if (error instanceof TooLarge) {
      return { problem: 'not-in-schema', detail: 'it is too large or too deep' };
    }
    throw error;
  }
}

function noSchema(detail: string): Encoded {
  return { problem: 'no-schema', detail };
}
