import { indentJson, isJson } from '../json/layout';
import { escapeHidden } from '../json/hidden';
import type { Payload, RecordHeader } from '../kafka';
import { visible } from '../text/visible';
import { bytesOfJson, jsonOfBytes } from './bytes';
import type { LegibleRecord } from './decoded';
import { headersJson } from './headers';
import { type MemberName, memberNames } from './members';
import { payloadText } from './parse';
import { isoClock, NO_TIMESTAMP } from './timestamp';

/**
 * How messages are written down. A document is `begin`, then any number of batches of records with
 * `separator` between them, then `end`; a batch is formatted without looking at the others.
 */
export interface MessageFormat {
  /** Of the language, in VS Code. */
  readonly languageId: string;
  /** Of the file, without a dot. */
  readonly extension: string;
  readonly begin: string;
  readonly separator: string;
  readonly end: string;
  /** The text of one or more records. */
  readonly records: (records: readonly LegibleRecord[]) => string;
}

/**
 * `json`: an array of objects, one member a line. `jsonl`: the same objects, one a line. Both are
 * valid JSON whatever the records hold. A value that is a JSON object, array, number or boolean of at
 * most 16 Mi characters stands inline, its numbers as they are; any other text, also `null` and a
 * quoted string, is a string, so that `null` is Kafka's null alone. Bytes that are not UTF-8 become
 * `{"base64": "..."}`, and a text of that very form a string. Only a message that has headers has a
 * member for them, see `headersJson`. `problem` says what could not be decoded.
 *
 * `text`: `partition:offset time key`, the headers in brackets if there are any, a tab and the value
 * with its line breaks and tabs, to be read: what hides in it is made visible, since VS Code shows it
 * only in part in plain text.
 */
export const formats = {
  json: {
    languageId: 'json',
    extension: 'json',
    begin: '[\n',
    separator: ',\n',
    end: '\n]\n',
    // Laid out all at once, which is faster than record by record.
    records: (records) => '  ' + indentJson(escapeHidden(recordsJson(records).join()), 2),
  },
  jsonl: {
    languageId: 'jsonl',
    extension: 'jsonl',
    begin: '',
    separator: '\n',
    end: '\n',
    records: (records) => escapeHidden(recordsJson(records, compact).join('\n')),
  },
  text: {
    languageId: 'plaintext',
    extension: 'txt',
    begin: '',
    separator: '\n',
    end: '\n',
    records: (records) => plainRecords(records).join('\n'),
  },
} as const satisfies Record<string, MessageFormat>;

/** The JSON that a value stands inline as, given its text, or nothing where it is to be a string. */
export type InlineJson = (json: string) => string | undefined;

/** How each member stands in JSON; `undefined` leaves it out. */
type JsonMembers = Readonly<Record<MemberName, (record: LegibleRecord) => string | undefined>>;

/** Records as JSON objects, in which half surrogate pairs are no escapes yet. */
export function recordsJson(
  records: readonly LegibleRecord[],
  inline: InlineJson = (json) => json,
): readonly string[] {
  const isoTime = isoClock();
  const json: JsonMembers = {
    partition: ({ partition }) => String(partition),
    offset: ({ offset }) => String(offset),
    timestamp: ({ timestamp = NO_TIMESTAMP }) => timeJson(timestamp, isoTime(timestamp)),
    key: ({ key }) => payloadJson(key),
    headers: ({ headers }) => (headers?.length ? headersJson(headers) : undefined),
    value: ({ value }) => valueJson(value, inline),
  };
  const writers = memberNames.map((name, index) => ({
    begin: `${index === 0 ? '{' : ','}"${name}":`,
    write: json[name],
  }));
  return records.map((record) => {
    let text = '';
    for (const { begin, write } of writers) {
      const member = write(record);
      if (member !== undefined) text += begin + member;
    }
    const { problem } = record;
    return problem === undefined ? `${text}}` : `${text},"problem":${JSON.stringify(problem)}}`;
  });
}

function plainRecords(records: readonly LegibleRecord[]): readonly string[] {
  const isoTime = isoClock();
  return records.map((record) => {
    const { partition, offset, timestamp = NO_TIMESTAMP, key, value, headers, problem } = record;
    const time = isoTime(timestamp) ?? '-';
    const place = `${partition}:${offset.toString()} ${time}`;
    const head = `${place} ${visible(plainText(key))}${plainHeaders(headers)}`;
    const text = `${head}\t${visible(plainText(value), '\n\t')}`;
    return problem === undefined ? text : `${text}\t(${visible(problem)})`;
  });
}

/** ` [a=text, b=(null)]`, or nothing without headers. */
function plainHeaders(headers: readonly RecordHeader[] = []): string {
  if (headers.length === 0) return '';
  const texts = headers.map(({ name, value }) => `${name}=${plainText(value)}`);
  return ` [${visible(texts.join(', '))}]`;
}

function plainText(payload: Payload | null): string {
  if (payload === null) return '(null)';
  return payloadText(payload) ?? `base64:${Buffer.from(payload).toString('base64')}`;
}

/** A value that may stand inline; a number or boolean only if there is nothing around it to lose. */
const INLINE = /^[ \t\n\r]*[{[]|^(?:true|false|-?[0-9][0-9.eE+-]*)$/;

/** A longer one is a string: to look whether it is JSON takes long, and much memory. */
const MAX_INLINE = 16 * 1024 * 1024;

function valueJson(value: Payload | null, inline: InlineJson): string {
  const text = value === null ? undefined : payloadText(value);
  const json =
    text !== undefined &&
    text.length <= MAX_INLINE &&
    INLINE.test(text) &&
    isJson(text) &&
    !bytesOfJson(text)
      ? inline(text)
      : undefined;
  return json ?? payloadJson(value);
}

function payloadJson(payload: Payload | null): string {
  if (payload === null) return 'null';
  if (typeof payload === 'string') return JSON.stringify(payload);
  const text = payloadText(payload);
  return text === undefined ? jsonOfBytes(payload) : JSON.stringify(text);
}

/** Leaves out the blanks outside of strings. */
function compact(json: string): string {
  let out = '';
  let kept = 0;
  let quoted = false;
  for (let at = 0; at < json.length; at += 1) {
    const code = json.charCodeAt(at);
    if (code === 0x22) quoted = !quoted;
    else if (quoted && code === 0x5c) at += 1;
    else if (!quoted && code <= 0x20) {
      out += json.slice(kept, at);
      kept = at + 1;
    }
  }
  return out + json.slice(kept);
}

/** ISO 8601 as a JSON string; a time beyond what that can say as a number, none as null. */
function timeJson(timestamp: number, isoTime: string | undefined): string {
  if (isoTime !== undefined) return `"${isoTime}"`;
  return timestamp !== NO_TIMESTAMP && Number.isFinite(timestamp) ? String(timestamp) : 'null';
}
