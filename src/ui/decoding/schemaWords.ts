import * as vscode from 'vscode';
import { unlessFailed } from '../../core/async/unlessFailed';
import type { CallOptions } from '../../core/kafka';
import type { PayloadFormat } from '../../core/message/codec';
import type { UsedSchema } from '../../core/message/decoders/decoder';
import { innermost } from '../../kafkaFile/formats';
import { takesSchema } from '../../kafkaFile/schemas';
import type { Context } from './decoding';

/** Names a schema, such as "orders-value@3 (id 7)"; '' if nothing of it is known. */
export function schemaWords({ id, subject, version, file }: UsedSchema): string {
  const at = version === undefined ? '' : `@${version}`;
  const name = subject === undefined ? (file ?? '') : `${subject}${at}`;
  if (id === undefined) return name;
  return name === '' ? vscode.l10n.t('schema {0}', id) : vscode.l10n.t('{0} (id {1})', name, id);
}

/**
 * Names the schema by which values are written in a format; '' if there is none, or it is not known.
 * Rejects only with the reason of the signal.
 */
export async function writtenBy(
  format: PayloadFormat,
  context: Context,
  options?: CallOptions,
): Promise<string> {
  if (!takesSchema(innermost(format).kind)) return '';
  const described = await unlessFailed(() =>
    context.worker.describe(format, { ...context, part: 'value' }, options),
  );
  return described ? schemaWords(described.schema) : '';
}
