import * as vscode from 'vscode';
import { KafkaError } from '../../core/errors';
import { phrase } from '../../core/phrase';
import { formatText, type PayloadFormat, type RecordFormats } from '../../core/message/codec';
import { openEncoders, type Part, type RecordEncoders } from '../../core/produce/encodeRecords';
import { type FoundSchema, SchemaError } from '../../core/schemaRegistry/lookup';
import type { Context } from '../decoding/decoding';
import { schemaWords } from '../decoding/schemaWords';
import { explain, UserError } from '../words/report';
import { inWords } from '../../l10n/inWords';
import { schemaToWrite, withVersion } from './schemaVersions';

/** What encodes all messages of a run, from first to last by the same schemas. */
export interface OpenFormats {
  /** The formats with the versions of their schemas. */
  readonly formats: RecordFormats;
  readonly encoders: RecordEncoders;
  /** The schemas in words; '' for a part that has none. */
  readonly schemas: Readonly<Record<Part, string>>;
}

/**
 * Looks up the schemas of formats and opens what encodes by them. `binary`: whether the proxy carries
 * any bytes. Rejects with a `UserError` if there is no such schema, or the registry does not give it,
 * or with the reason of the signal.
 */
export async function openFormats(
  formats: RecordFormats,
  context: Context & { readonly topic: string },
  binary: boolean,
  signal: AbortSignal,
): Promise<OpenFormats> {
  const { topic } = context;
  const find = async (part: Part): Promise<FoundSchema | undefined> => {
    const use = { topic, part };
    const address = schemaToWrite(formats[part], use);
    try {
      return address && (await context.schemas.find(address, use, { signal }));
    } catch (error) {
      throw error instanceof SchemaError ? withoutSchema(formats[part], error) : error;
    }
  };
  const [key, value] = await Promise.all([find('key'), find('value')]);
  const exact = {
    key: key ? withVersion(formats.key, key) : formats.key,
    value: value ? withVersion(formats.value, value) : formats.value,
  };
  const encoders = openEncoders(exact, context, binary);
  for (const part of ['key', 'value'] as const) {
    // Any text shows whether the schema can be used.
    const [tried] = (await encoders[part]?.(['null'], { signal })) ?? [];
    if (tried?.problem !== 'no-schema') continue;
    throw withoutSchema(
      formats[part],
      new SchemaError('invalid', tried.detail ?? phrase('it is not known')),
    );
  }
  return {
    formats: exact,
    encoders,
    schemas: { key: key ? schemaWords(key) : '', value: value ? schemaWords(value) : '' },
  };
}

/** Returns the failure to find the schema of a format, in words. */
function withoutSchema(format: PayloadFormat, error: SchemaError): UserError {
  const t = vscode.l10n.t;
  const text = formatText(format);
  const { cause } = error;
  if (!(cause instanceof KafkaError)) {
    const reason = (what: string) => t('there is no schema for the format {0} ({1})', text, what);
    return new UserError(
      // What is wrong with a schema may quote it.
      { shown: reason(inWords(error.phrase)), logged: reason(error.kind) },
      t('Choose another format, or name its schema in brackets'),
    );
  }
  const { reason, advice, next = [] } = explain(cause);
  return new UserError(
    t('the schema of the format {0} could not be read: {1}', text, reason),
    advice,
    ...next,
  );
}
