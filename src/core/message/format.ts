import { compactJson, indentJson, isJson } from '../json/layout';
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
 * How messages are written as text. A document consists of `begin`, any number of batches of
 * records with `separator` between them, and `end`. Each batch is formatted independently of the
 * others.
 */
export interface MessageFormat {
  /** VS Code's id of the language. */
  readonly languageId: string;
  /** The extension of a file, without a dot. */
  readonly extension: string;
  readonly begin: string;
  readonly separator: string;
  readonly end: string;
  /** Returns the text of one or more records. */
  readonly records: (records: readonly LegibleRecord[]) => string;
}

/**
 * `json`: an array of objects, one member per line. `jsonl`: the same objects, one per line. Both
 * are valid JSON, whatever the records contain. A value that is a JSON object, array, number or
 * boolean of at most 16 Mi characters is written inline, with its numbers unchanged. Any other
 * text, even `null` or a quoted string, is written as a string, so that `null` always means Kafka's
 * null. Bytes that are not UTF-8 become `{"base64": "..."}`, and a text of that form becomes a
 * string. A message without headers has no member for them; see `headersJson`. `problem` says what
 * could not be decoded.
 *
 * `text`: text for people to read. It consists of `partition:offset time key`, the headers in
 * brackets if there are any, a tab, and the value with its line breaks and tabs. Hidden characters
 * are made visible, because VS Code marks only some of them in plain text.
 */
export const formats = {
  json: {
    languageId: 'json',
    extension: 'json',
    begin: '[\n',
    separator: ',\n',
    end: '\n]\n',
    // Indenting all records at once is faster than one by one.
    records: (records) => '  ' + indentJson(escapeHidden(recordsJson(records).join()), 2),
  },
  jsonl: {
    languageId: 'jsonl',
    extension: 'jsonl',
    begin: '',
    separator: '\n',
    end: '\n',
    records: (records) => escapeHidden(recordsJson(records, compactJson).join('\n')),
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

/** Returns the JSON to write inline for a value that is JSON, or `undefined` to write a string. */
export type InlineJson = (json: string) => string | undefined;

/** Returns the JSON of each member; `undefined` leaves the member out. */
type JsonMembers = Readonly<Record<MemberName, (record: LegibleRecord) => string | undefined>>;

/** Returns records as JSON objects, in which hidden characters still have to be escaped. */
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
    const { rawKey, rawValue, problem } = record;
    if (rawKey !== undefined) text += `,"rawKey":${payloadJson(rawKey)}`;
    if (rawValue !== undefined) text += `,"rawValue":${payloadJson(rawValue)}`;
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

/** Returns ` [a=text, b=(null)]`, or an empty text if there are no headers. */
function plainHeaders(headers: readonly RecordHeader[] = []): string {
  if (headers.length === 0) return '';
  const texts = headers.map(({ name, value }) => `${name}=${plainText(value)}`);
  return ` [${visible(texts.join(', '))}]`;
}

function plainText(payload: Payload | null): string {
  if (payload === null) return '(null)';
  return payloadText(payload) ?? `base64:${Buffer.from(payload).toString('base64')}`;
}

/**
 * Matches a value that may be written inline. A number or boolean must have no blanks around it,
 * because they would be lost.
 */
const INLINE = /^[ \t\n\r]*[{[]|^(?:true|false|-?[0-9][0-9.eE+-]*)$/;

/**
 * A longer value is written as a string, because checking it for JSON takes much time and memory.
 */
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

/**
 * Returns the JSON of a time: a string in ISO 8601, a number if ISO 8601 cannot express it, or null
 * if there is none.
 */
function timeJson(timestamp: number, isoTime: string | undefined): string {
  if (isoTime !== undefined) return `"${isoTime}"`;
  return timestamp !== NO_TIMESTAMP && Number.isFinite(timestamp) ? String(timestamp) : 'null';
}
