import * as vscode from 'vscode';
import type { Compatibility } from '../../core/schemaRegistry/registry';
import type { SchemaType } from '../../core/schemaRegistry/schema';

/** The names of the types of schemas, which no language translates. */
export const typeNames: Readonly<Record<SchemaType, string>> = {
  AVRO: 'Avro',
  PROTOBUF: 'Protobuf',
  JSON: 'JSON Schema',
};

/** Returns which version it is, in words. */
export function versionInWords(version: number, isLatest = false): string {
  const t = vscode.l10n.t;
  return isLatest ? t('version {0} (latest)', version) : t('version {0}', version);
}

/** Returns a level of compatibility as the registry names it, and where it comes from. */
export function compatibilityInWords({ level, isDefault }: Compatibility): string {
  return isDefault ? vscode.l10n.t('{0}, the default of the registry', level) : level;
}
