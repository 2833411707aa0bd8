import * as vscode from 'vscode';
import type { InvalidDecoder } from '../../core/read/decoderChoices';

/** Says which entry of the setting `kafkaRest.decoders` is ignored, and why. */
export function describeInvalidDecoder({
  scope,
  index = 0,
  field,
  problem,
}: InvalidDecoder): string {
  const t = vscode.l10n.t;
  const setting = `kafkaRest.decoders[${index}]${field === undefined ? '' : `.${field}`}`;
  const place = `${setting} (${scopeName(scope)})`;
  switch (problem) {
    case 'not-a-list':
      return t('kafkaRest.decoders ({0}) is ignored: it is not a list', scopeName(scope));
    case 'not-an-entry':
      return t('{0} is ignored: give it a key or a value', place);
    case 'not-a-glob':
      return t('{0} is ignored: it is not a pattern of names', place);
    case 'not-a-format':
      return t('{0} is ignored: there is no such format', place);
    case 'file':
      return t('{0} is ignored: trust this workspace to use its files', place);
    case 'many':
      return t('{0} and all after it are ignored: there are too many entries', place);
  }
}

function scopeName(scope: InvalidDecoder['scope']): string {
  const t = vscode.l10n.t;
  if (scope === 'user') return t('your settings');
  return scope === 'workspace' ? t('settings of the workspace') : t('settings of a folder');
}
