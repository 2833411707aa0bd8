import { formatText, parseFormat, type PayloadFormat } from '../../core/message/codec';
import {
  readSchemaArgument,
  type SchemaArgument,
  writeSchemaArgument,
} from '../../core/message/decoders/schemaArgument';
import { addressToWrite } from '../../core/message/decoders/schemas/source';
import type { FoundSchema, SchemaAddress, SchemaUse } from '../../core/schemaRegistry/lookup';
import { innermost, isWrapper } from '../../kafkaFile/formats';
import { takesSchema } from '../../kafkaFile/schemas';

/** Returns where the schema is by which a format writes; `undefined` if it writes by none. */
export function schemaToWrite(format: PayloadFormat, use: SchemaUse): SchemaAddress | undefined {
  const { kind, argument } = innermost(format);
  return takesSchema(kind) ? addressToWrite(readSchemaArgument(argument) ?? {}, use) : undefined;
}

/**
 * Returns the format that writes by exactly the schema that was found: `avro` becomes
 * `avro(orders-value@3)`, also within other formats. Returns the format as it is if it has no schema
 * of a registry, or one whose name cannot stand in a format.
 */
export function withVersion(format: PayloadFormat, found: FoundSchema): PayloadFormat {
  const { kind, argument } = format;
  if (isWrapper(kind)) {
    const inner = argument === '' ? undefined : parseFormat(argument);
    if (typeof inner !== 'object') return format;
    return { kind, argument: formatText(withVersion(inner, found)) };
  }
  const { subject, version } = found;
  if (!takesSchema(kind) || subject === undefined || version === undefined) return format;
  const { message } = readSchemaArgument(argument) ?? {};
  const named: SchemaArgument = { subject, version, ...(message !== undefined && { message }) };
  const exact = parseFormat(formatText({ kind, argument: writeSchemaArgument(named) }));
  const read = typeof exact === 'object' ? readSchemaArgument(exact.argument) : undefined;
  const isSame = read?.subject === subject && read.version === version;
  return isSame && typeof exact === 'object' ? exact : format;
}
