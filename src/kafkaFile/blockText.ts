import * as l10n from '@vscode/l10n';
import type { NewRecord, Payload, RecordHeader } from '../core/kafka';
import { escapeHidden } from '../core/json/hidden';
import { formatText } from '../core/message/codec';
import { headersJson, headerText } from '../core/message/headers';
import { isTaken, type TakeOptions } from '../core/message/members';
import { payloadText } from '../core/message/parse';
import { NO_TIMESTAMP } from '../core/message/timestamp';
import type { EditableText, EditableTexts } from '../core/produce/editableTexts';
import { parse } from './parser';
import { readProducer } from './settings';
import { findTemplates } from './templates';

/**
 * Returns a PRODUCER block that produces this record again, including its separator.
 *
 * A key or value is written in Base64 if it is empty, if it is not UTF-8, if it is very long, if an
 * editor would change it, or if the block would read it differently (because of templates,
 * separators or surrounding blanks). Headers that `name=value` cannot express are written as JSON.
 * The timestamp is written only if `options` ask for it, because not every cluster accepts one.
 *
 * `texts` are written in place of key and value, unless a block would read them differently. A
 * comment before the block tells of what is shown as a text and is not written as one.
 */
export function producerBlock(
  topic: string,
  record: NewRecord,
  { texts = asRead, ...options }: TakeOptions & { readonly texts?: EditableTexts } = {},
): string {
  const { partition, timestamp = NO_TIMESTAMP, headers = [] } = record;
  const [editedKey, editedValue] = [kept(texts.key, keyMeans), kept(texts.value, valueMeans)];
  const key = editedKey?.text ?? record.key ?? null;
  const value = editedValue?.text ?? record.value;
  const plainKey = key === null ? '' : plain(key, keyMeans);
  const plainValue = value === null ? '' : plain(value, valueMeans);
  const named = plainHeaders(headers);
  const isTimed = isTaken('timestamp', options) && timestamp >= 0;
  const keyFormat = formatLine('key', editedKey, plainKey);
  const valueFormat = formatLine('value', editedValue, plainValue);
  return [
    ...(texts.inexact.includes('key') || editedKey !== texts.key ? [inBytes('key')] : []),
    ...(texts.inexact.includes('value') || editedValue !== texts.value ? [inBytes('value')] : []),
    'PRODUCER',
    ...(partition === undefined ? [] : [`-- @partition: ${partition}`]),
    ...(isTimed ? [`-- @timestamp: ${timestamp}`] : []),
    ...(named === undefined ? [`-- @headers: ${escapeHidden(headersJson(headers))}`] : []),
    ...(value === null ? ['-- @tombstone'] : []),
    `topic: ${topic}`,
    ...(key === null ? [] : [`key: ${plainKey ?? base64(key)}`]),
    ...(named ? [`headers: ${named}`] : []),
    ...keyFormat,
    ...valueFormat,
    ...(value === null ? [] : [plainValue ?? base64(value)]),
    '###',
    '',
  ].join('\n');
}

const asRead: EditableTexts = { inexact: [] };

/** Returns a text, unless a block would read it differently. */
function kept(
  edited: EditableText | undefined,
  means: (text: string) => boolean,
): EditableText | undefined {
  return edited && plain(edited.text, means) !== undefined ? edited : undefined;
}

function formatLine(
  part: 'key' | 'value',
  edited: EditableText | undefined,
  plainText: string | undefined,
): readonly string[] {
  if (edited) return [`${part}-format: ${formatText(edited.format)}`];
  return plainText === undefined ? [`${part}-format: string(base64)`] : [];
}

function inBytes(part: 'key' | 'value'): string {
  const text =
    part === 'key'
      ? l10n.t('The key is given as it was read: its text would not give the same bytes.')
      : l10n.t('The value is given as it was read: its text would not give the same bytes.');
  return `-- ${text}`;
}

/** Returns the text of a new file: one block of each kind for a topic. */
export function starterFile(topic: string): string {
  return [
    `-- ${l10n.t('Produce with the lenses above the block. Templates between {{ and }} are filled in.')}`,
    `PRODUCER ${l10n.t('my message')}`,
    `topic: ${topic}`,
    'key: {{$uuid}}',
    '{',
    '  "number": {{$index}},',
    '  "name": "{{person.fullName}}",',
    '  "at": "{{$date.iso}}"',
    '}',
    '###',
    '',
    `-- ${l10n.t('Consume shows what there is, and Follow what is to come.')}`,
    `CONSUMER ${l10n.t('my view')}`,
    `topic: ${topic}`,
    'from: earliest',
    '###',
    '',
  ].join('\n');
}

/** In UTF-16 units. Nobody edits a longer text by hand, and parsing it as a block takes long. */
const MAX_PLAIN = 1_000_000;

/**
 * An editor uses one kind of line break per file, offers to remove unusual ones, and takes a file
 * with zero bytes for a binary one.
 */
const NOT_KEPT = /[\0\r\u2028\u2029]/;

/** Returns the text of a payload if a block reads it back unchanged, and if it is not too long. */
function plain(payload: Payload, means: (text: string) => boolean): string | undefined {
  if (payload.length > MAX_PLAIN) return undefined;
  const text = payloadText(payload);
  if (text === undefined || NOT_KEPT.test(text)) return undefined;
  return findTemplates(text).length === 0 && means(text) ? text : undefined;
}

function keyMeans(text: string): boolean {
  const [block] = parse(`PRODUCER\nkey: ${text}\n`).blocks;
  if (block?.kind !== 'producer' || block.value) return false;
  return readProducer(block).settings.key?.text === text;
}

function valueMeans(text: string): boolean {
  const [block, ...more] = parse(`PRODUCER\ntopic: t\n${text}\n###\n`).blocks;
  return block?.kind === 'producer' && block.value?.text === text && more.length === 0;
}

/** Returns `a=b, c=d`: empty without headers, `undefined` if a block would read it differently. */
function plainHeaders(headers: readonly RecordHeader[]): string | undefined {
  const texts = headers.map(({ name, value }) => ({ name, text: value && headerText(value) }));
  const line = texts.map(({ name, text }) => `${name}=${text ?? ''}`).join(', ');
  if (line.length > MAX_PLAIN || NOT_KEPT.test(line) || findTemplates(line).length > 0) {
    return undefined;
  }
  const [block] = parse(`PRODUCER\nheaders: ${line}\n`).blocks;
  if (block?.kind !== 'producer' || block.value) return undefined;
  const meant = readProducer(block).settings.headers;
  const isSame =
    meant.length === texts.length &&
    texts.every(({ name, text }, at) => {
      return meant[at]?.name.text === name && meant[at].value.text === text;
    });
  // If several headers share a name, a block takes only the last one.
  return isSame && new Set(texts.map(({ name }) => name)).size === texts.length ? line : undefined;
}

/**
 * Returns the Base64 of a payload. For no bytes it is padding alone, because a block needs a text.
 */
function base64(payload: Payload): string {
  return Buffer.from(payload).toString('base64') || '=';
}
