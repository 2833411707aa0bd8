import { indentJson, isJson } from '../json/layout';
import type { Payload } from '../kafka';
import type { LegibleRecord } from './decoded';
import { bytesOfJson, payloadText } from './parse';
import { escapeHidden } from '../json/hidden';
import { visible } from '../text/visible';

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

/** Kafka's timestamp of a record that has none. */
const NO_TIMESTAMP = -1;
/** The last millisecond that a `Date` can hold, and the first one with its sign changed. */
const MAX_TIMESTAMP = 8.64e15;

/**
 * `json`: an array of objects, one member a line. `jsonl`: the same objects, one a line. Both are
 * valid JSON whatever the records hold. A value that is a JSON object, array, number or boolean of at
 * most 16 Mi characters stands inline, its numbers as they are; any other text, also `null` and a
 * quoted string, is a string, so that `null` is Kafka's null alone. Bytes that are not UTF-8 become
 * `{"base64": "..."}`, and a text of that very form a string. `problem` says what could not be decoded.
 *
 * `text`: `partition:offset time key`, a tab and the value with its line breaks and tabs, to be read:
 * what hides in key or value is made visible, since VS Code shows it only in part in plain text.
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

/** Records as JSON objects, in which half surrogate pairs are no escapes yet. */
export function recordsJson(
  records: readonly LegibleRecord[],
  inline: InlineJson = (json) => json,
): readonly string[] {
  const isoTime = isoClock();
  return records.map(
    ({ partition, offset, timestamp = NO_TIMESTAMP, key, value, problem }) =>
      `{"partition":${partition},"offset":${offset.toString()},` +
      `"timestamp":${timeJson(timestamp, isoTime(timestamp))},` +
      `"key":${payloadJson(key)},"value":${valueJson(value, inline)}` +
      (problem === undefined ? '}' : `,"problem":${JSON.stringify(problem)}}`),
  );
}

function plainRecords(records: readonly LegibleRecord[]): readonly string[] {
  const isoTime = isoClock();
  return records.map(({ partition, offset, timestamp = NO_TIMESTAMP, key, value, problem }) => {
    const time = isoTime(timestamp) ?? '-';
    const place = `${partition}:${offset.toString()} ${time}`;
    const text = `${place} ${visible(plainText(key))}\t${visible(plainText(value), '\n\t')}`;
    return problem === undefined ? text : `${text}\t(${visible(problem)})`;
  });
}

function plainText(payload: Payload | null): string {
  if (payload === null) return '(null)';
  return payloadText(payload) ?? `base64:${base64(payload)}`;
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
  const text = payloadText(payload);
  return text === undefined ? `{"base64":"${base64(payload)}"}` : JSON.stringify(text);
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

/**
 * A clock that writes ISO 8601, or nothing for no time and for one that ISO 8601 cannot say. It asks
 * `toISOString`, which is slow, once for all records of a second that follow each other.
 */
export function isoClock(): (timestamp: number) => string | undefined {
  let second = NaN;
  let text = '';
  return (timestamp) => {
    if (timestamp === NO_TIMESTAMP || !(Math.abs(timestamp) <= MAX_TIMESTAMP)) return undefined;
    const ms = Math.floor(timestamp);
    if (Math.floor(ms / 1000) !== second) {
      second = Math.floor(ms / 1000);
      text = new Date(second * 1000).toISOString().slice(0, -'000Z'.length);
    }
    return `${text}${String(ms - second * 1000).padStart(3, '0')}Z`;
  };
}

function base64(payload: Payload): string {
  return Buffer.from(payload).toString('base64');
}
