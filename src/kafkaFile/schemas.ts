import { phrase } from '../core/phrase';
import type { CallOptions } from '../core/kafka';
import { formatText, namesFile, parseFormat, type PayloadFormat } from '../core/message/codec';
import type { DecoderContext } from '../core/message/decoders/decoder';
import { findDecoder, type FormatKind } from '../core/message/decoders/registry';
import {
  readSchemaArgument,
  type SchemaArgument,
  schemaArgument,
  writeSchemaArgument,
} from '../core/message/decoders/schemaArgument';
import { SchemaError, type SchemaLookup, type SchemaUse } from '../core/schemaRegistry/lookup';
import type { SchemaType } from '../core/schemaRegistry/schema';
import { innermost, isWrapper } from './formats';
import type { Problem } from './problems';
import { inWords } from '../l10n/inWords';
import type { Text } from './text';

type Part = DecoderContext['part'];

/** Where the schemas of formats come from, and what runs the formats that do not run here. */
export type Decoding = Pick<DecoderContext, 'schemas' | 'worker'>;

/** The directive that names the schema of a part. */
export const SCHEMA_DIRECTIVES = { key: 'key-schema', value: 'schema' } as const satisfies Record<
  Part,
  string
>;

/** The format of each type of schema. */
export const SCHEMA_FORMATS: Readonly<Record<SchemaType, FormatKind>> = {
  AVRO: 'avro',
  PROTOBUF: 'protobuf',
  JSON: 'json-schema',
};

/** Reads the value of such a directive. Returns its only spelling; `undefined` if it names nothing. */
export function readSchemaName(text: string): string | undefined {
  const named = readSchemaArgument(text);
  if (named?.file === undefined && named?.subject === undefined) return undefined;
  return writeSchemaArgument(named);
}

/** Returns whether a format has a schema, which may stand in brackets after its name. */
export function takesSchema(name: string): boolean {
  return findDecoder(name)?.argument === schemaArgument;
}

/**
 * Returns a format with the schema that a directive names, in the innermost format if there are
 * several: `base64(avro)` becomes `base64(avro(orders))`. Returns `undefined` if the format has no
 * schema, or names one itself.
 */
export function withSchema(format: PayloadFormat, schema: string): PayloadFormat | undefined {
  return withArgument(format, (own) => {
    if (own.file !== undefined || own.subject !== undefined) return undefined;
    const { message, ...place } = readSchemaArgument(schema) ?? {};
    const chosen = own.message ?? message;
    return { ...place, ...(chosen !== undefined && { message: chosen }) };
  });
}

/** Returns a format with another path of its schema file; as it is, if it names no file. */
export function withPath(format: PayloadFormat, pathOf: (path: string) => string): PayloadFormat {
  const moved = withArgument(format, (own) =>
    own.file === undefined ? undefined : { ...own, file: pathOf(own.file) },
  );
  return moved ?? format;
}

/** Returns a format with another schema in the innermost format; `undefined` if there is none. */
function withArgument(
  { kind, argument }: PayloadFormat,
  change: (own: SchemaArgument) => SchemaArgument | undefined,
): PayloadFormat | undefined {
  if (isWrapper(kind)) {
    const inner = argument === '' ? undefined : parseFormat(argument);
    const changed = typeof inner === 'object' ? withArgument(inner, change) : undefined;
    return changed && { kind, argument: formatText(changed) };
  }
  const own = takesSchema(kind) ? readSchemaArgument(argument) : undefined;
  const changed = own && change(own);
  return changed && { kind, argument: writeSchemaArgument(changed) };
}

/** Returns whether a format is read again as what it is: some paths and names would be another one. */
export function canBeSpelt(format: PayloadFormat): boolean {
  const read = parseFormat(formatText(format));
  return typeof read === 'object' && read.argument === format.argument;
}

/** Returns the format of a schema file by its ending; `undefined` for a subject. */
export function formatOfFile(schema: string): PayloadFormat | undefined {
  const { file } = readSchemaArgument(schema) ?? {};
  const ending = file?.slice(file.lastIndexOf('.') + 1).toLowerCase();
  if (ending === undefined) return undefined;
  const type = ending === 'json' ? 'JSON' : /^av/.test(ending) ? 'AVRO' : 'PROTOBUF';
  return { kind: SCHEMA_FORMATS[type], argument: schema };
}

/**
 * Returns the format that reads by a subject; `undefined` if its name cannot stand in a format,
 * because it would be read as a file or a version.
 */
export function formatOfSubject(subject: string, type: SchemaType): PayloadFormat | undefined {
  const format = { kind: SCHEMA_FORMATS[type], argument: subject };
  const isOnlySubject = readSchemaArgument(subject)?.subject === subject;
  return isOnlySubject && canBeSpelt(format) ? format : undefined;
}

/** Returns whether the schema of a format, if it has one, comes from a schema registry. */
export function needsRegistry(format: PayloadFormat): boolean {
  return takesSchema(innermost(format).kind) && !namesFile(format);
}

/** What the settings of a block say of its formats. */
export interface PartFormats {
  readonly topic: string | undefined;
  readonly keyFormat: PayloadFormat;
  readonly valueFormat: PayloadFormat;
  /** The subjects of `-- @schema` and `-- @key-schema` whose type is the format. */
  readonly schemas: Readonly<Partial<Record<Part, Text>>>;
}

/**
 * Looks up the types of the schemas that are named without a format. Rejects with the reason of the
 * signal.
 */
export async function withSchemaFormats<Settings extends PartFormats>(
  settings: Settings,
  { schemas: lookup }: Decoding,
  options?: CallOptions,
): Promise<{ readonly settings: Settings; readonly problems: readonly Problem[] }> {
  let found = settings;
  const problems: Problem[] = [];
  for (const part of ['key', 'value'] as const) {
    const named = settings.schemas[part];
    if (!named) continue;
    try {
      const format = await schemaFormat(
        named.text,
        { topic: settings.topic, part },
        lookup,
        options,
      );
      found = { ...found, [`${part}Format`]: format };
    } catch (error) {
      if (!(error instanceof SchemaError)) throw error;
      const { start, end, text } = named;
      problems.push({ kind: 'no-schema', start, end, name: text, detail: inWords(error.phrase) });
    }
  }
  return { settings: found, problems };
}

/**
 * Returns the format of a schema that is named without one. Rejects with a `SchemaError`, or with the
 * reason of the signal.
 */
export async function schemaFormat(
  text: string,
  use: SchemaUse,
  lookup: SchemaLookup | undefined,
  options?: CallOptions,
): Promise<PayloadFormat> {
  if (!lookup) throw new SchemaError('no-registry', phrase('the cluster names no schema registry'));
  const { schema } = await lookup.find(addressOf(text), use, options);
  return { kind: SCHEMA_FORMATS[schema.type], argument: text };
}

function addressOf(text: string) {
  const { subject = '', version }: SchemaArgument = readSchemaArgument(text) ?? {};
  return { by: 'subject', subject, ...(version !== undefined && { version }) } as const;
}
