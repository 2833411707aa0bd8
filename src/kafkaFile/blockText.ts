import type { NewRecord, Payload, RecordHeader } from '../core/kafka';
import { escapeHidden } from '../core/json/hidden';
import { headersJson, headerText } from '../core/message/headers';
import { isTaken, type TakeOptions } from '../core/message/members';
import { payloadText } from '../core/message/parse';
import { NO_TIMESTAMP } from '../core/message/timestamp';
import { parse } from './parser';
import { readProducer } from './settings';
import { findTemplates } from './templates';

/**
 * A PRODUCER block that produces this record again, ending with its separator; a block cannot hold an
 * empty key or value. A key or value that would mean something else as plain text of a block
 * (templates, separators, blanks around it), what an editor does not keep, a very long one, and bytes
 * that are not UTF-8, are written in Base64. Headers that `name=value` cannot say are written as JSON. The
 * timestamp is written only if it is asked for: not every cluster takes one.
 */
export function producerBlock(topic: string, record: NewRecord, options: TakeOptions = {}): string {
  const { partition, timestamp = NO_TIMESTAMP, value, headers = [] } = record;
  const key = record.key ?? null;
  const plainKey = key === null ? '' : plain(key, keyMeans);
  const plainValue = value === null ? '' : plain(value, valueMeans);
  const named = plainHeaders(headers);
  const isTimed = isTaken('timestamp', options) && timestamp >= 0;
  return [
    'PRODUCER',
    ...(partition === undefined ? [] : [`-- @partition: ${partition}`]),
    ...(isTimed ? [`-- @timestamp: ${timestamp}`] : []),
    ...(named === undefined ? [`-- @headers: ${escapeHidden(headersJson(headers))}`] : []),
    ...(value === null ? ['-- @tombstone'] : []),
    `topic: ${topic}`,
    ...(key === null || key.length === 0 ? [] : [`key: ${plainKey ?? base64(key)}`]),
    ...(named ? [`headers: ${named}`] : []),
    ...(plainKey === undefined ? ['key-format: string(base64)'] : []),
    ...(plainValue === undefined ? ['value-format: string(base64)'] : []),
    ...(value === null ? [] : [plainValue ?? base64(value)]),
    '###',
    '',
  ].join('\n');
}

/** What a new file begins with: a block of each kind for a topic. */
export function starterFile(topic: string): string {
  return [
    '-- Produce with the lenses above the block. Templates between {{ and }} are filled in.',
    'PRODUCER my message',
    `topic: ${topic}`,
    'key: {{$uuid}}',
    '{',
    '  "number": {{$index}},',
    '  "name": "{{person.fullName}}",',
    '  "at": "{{$date.iso}}"',
    '}',
    '###',
    '',
    '-- Consume shows what there is, and Follow what is to come.',
    'CONSUMER my view',
    `topic: ${topic}`,
    'from: earliest',
    '###',
    '',
  ].join('\n');
}

/** Nobody edits more than that by hand, and to see what it means as plain text takes long. */
const MAX_PLAIN = 1_000_000;

/** An editor has one kind of line break for a file, asks to remove unusual ones, and opens no zeros. */
const NOT_KEPT = /[\0\r\u2028\u2029]/;

/** The text of a payload if it comes back from a block as it is, and is not too long. */
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

/** `a=b, c=d`; empty without headers, and `undefined` where it would mean something else. */
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
  // Of several with one name a block takes the last.
  return isSame && new Set(texts.map(({ name }) => name)).size === texts.length ? line : undefined;
}

function base64(payload: Payload): string {
  return Buffer.from(payload).toString('base64');
}
