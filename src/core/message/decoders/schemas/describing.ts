import type { CallOptions } from '../../../kafka';
import { SchemaError } from '../../../schemaRegistry/lookup';
import type { DecoderContext, FormatDescription } from '../decoder';
import { exampleOf } from '../describe/example';
import { readSchemaArgument } from '../schemaArgument';
import { InvalidSchema } from './problems';
import { addressToWrite, type SchemaSource } from './source';

/**
 * Describes what a format writes, with the schema that it would write with. `describe` returns a
 * JSON Schema; it may throw `InvalidSchema`. Rejects with a `SchemaError`.
 */
export async function describeWith<T>(
  source: SchemaSource<T>,
  argument: string,
  context: DecoderContext,
  describe: (schema: T) => FormatDescription['jsonSchema'],
  options?: CallOptions,
): Promise<FormatDescription> {
  const address = addressToWrite(readSchemaArgument(argument) ?? {}, context);
  if (!address) throw new SchemaError('not-found', 'neither a schema nor a topic is named');
  const schema = await source.one(address, options);
  if (schema.failure) throw schema.failure;
  try {
    const jsonSchema = describe(schema.value);
    const example = exampleOf(jsonSchema) ?? 'null';
    return { jsonSchema, example, schema: schema.facts.schema ?? {} };
  } catch (error) {
    if (!(error instanceof InvalidSchema)) throw error;
    throw new SchemaError('invalid', error.message, { cause: error });
  }
}
