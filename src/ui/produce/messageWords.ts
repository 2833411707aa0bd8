import * as vscode from 'vscode';
import type { NewRecord, Payload } from '../../core/kafka';
import { headerText } from '../../core/message/headers';
import { payloadText } from '../../core/message/parse';

/** The maximum length of a message in a row of a list. */
const MAX_ROW = 200;

/** Returns the beginning of a message in one line: its key, if there is one, and its value. */
export function messageRow({ key, value }: NewRecord): string {
  const shown = value === null ? vscode.l10n.t('null (a tombstone)') : start(value);
  return key === undefined || key === null ? shown : `${start(key)}: ${shown}`;
}

/** Returns a message in full, as lines. */
export function messageText({ key, value, partition, headers, timestamp }: NewRecord): string {
  const t = vscode.l10n.t;
  return [
    t('Key: {0}', key === undefined || key === null ? t('none') : whole(key)),
    t('Partition: {0}', partition ?? t('automatic')),
    ...(timestamp === undefined ? [] : [t('Timestamp: {0}', new Date(timestamp).toISOString())]),
    ...(headers ?? []).map((header) =>
      t(
        'Header {0}: {1}',
        header.name,
        header.value === null ? 'null' : (headerText(header.value) ?? hex(header.value)),
      ),
    ),
    '',
    value === null ? t('null (a tombstone)') : whole(value),
  ].join('\n');
}

function start(payload: Payload): string {
  const text = whole(payload.slice(0, MAX_ROW));
  return payload.length > MAX_ROW ? `${text}…` : text;
}

function whole(payload: Payload): string {
  return payloadText(payload) ?? hex(payload);
}

function hex(payload: Payload): string {
  return `0x${Buffer.from(payload).toString('hex')}`;
}
