import * as vscode from 'vscode';
import { listed } from '../../../l10n/listed';
import type { Payload } from '../../../core/kafka';
import { payloadText } from '../../../core/message/parse';
import { payloadBytes } from '../../../core/message/size';
import type { Imported } from '../../../transfer/import/imported';
import { describeLine } from './importProblem';

/** How much of a key or value is shown. */
const SHOWN_CHARACTERS = 120;

/** What a list shows of a message or bad line of a file. */
export interface MessageItem {
  readonly label: string;
  readonly description?: string;
  readonly iconPath?: vscode.ThemeIcon;
}

/**
 * Returns what a list shows of a message as it will be sent, or of a line that is none. `encoded` is
 * what the message is encoded as, if it is.
 */
export function messageItem(item: Imported, encoded?: Imported): MessageItem {
  const t = vscode.l10n.t;
  if (encoded?.kind === 'bad') return messageItem(encoded);
  if (item.kind === 'bad') {
    return warning(capitalised(describeLine({ item, reason: { kind: 'bad' } })));
  }
  const { key = null, value, partition, headers = [], timestamp } = item.record;
  const text = value === null ? t('null (a tombstone)') : shortened(value) || t('(an empty text)');
  const place = [
    ...(key === null ? [] : [shortened(key) || t('(an empty key)')]),
    ...(partition === undefined ? [] : [t('partition {0}', partition)]),
    ...(timestamp === undefined ? [] : [new Date(timestamp).toISOString()]),
    ...(headers.length === 0 ? [] : [t('headers: {0}', listed(headers.map(({ name }) => name)))]),
    ...(encoded && value !== null ? [size(encoded.record.value)] : []),
  ].join(' · ');
  return place === '' ? { label: text } : { label: place, description: text };
}

/** Says how large an encoded value is. */
function size(payload: Payload | null): string {
  const bytes = payloadBytes(payload);
  return bytes === 1
    ? vscode.l10n.t('1 byte')
    : vscode.l10n.t('{0} bytes', bytes.toLocaleString(vscode.env.language));
}

/** Returns what a list shows of something wrong. */
export function warning(label: string, description = ''): MessageItem {
  return { label, description, iconPath: new vscode.ThemeIcon('warning') };
}

export function capitalised(text: string): string {
  return text.charAt(0).toLocaleUpperCase() + text.slice(1);
}

/** Returns the beginning of a key or value on one line. */
export function shortened(payload: Payload): string {
  const head = payload.slice(0, 4 * SHOWN_CHARACTERS);
  const text = payloadText(head) ?? `0x${Buffer.from(head).toString('hex')}`;
  const line = text.replace(/\s+/g, ' ');
  const cut = line.length > SHOWN_CHARACTERS || head.length < payload.length;
  return `${line.slice(0, SHOWN_CHARACTERS)}${cut ? '…' : ''}`;
}
