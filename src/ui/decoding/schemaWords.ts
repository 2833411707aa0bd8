import * as vscode from 'vscode';
import type { UsedSchema } from '../../core/message/decoders/decoder';

/** Names a schema, such as "orders-value@3 (id 7)"; '' if nothing of it is known. */
export function schemaWords({ id, subject, version, file }: UsedSchema): string {
  const at = version === undefined ? '' : `@${version}`;
  const name = subject === undefined ? (file ?? '') : `${subject}${at}`;
  if (id === undefined) return name;
  return name === '' ? vscode.l10n.t('schema {0}', id) : vscode.l10n.t('{0} (id {1})', name, id);
}
