import type { KafkaRecord, Payload } from '../../core/kafka';
import { headersJson } from '../../core/message/headers';
import { type MemberName, memberNames, members } from '../../core/message/members';
import { payloadText } from '../../core/message/parse';

/**
 * How a field holds a payload that is not plain UTF-8 text. `base64`: the payload's bytes. `json`:
 * a JSON string, for a text with half a surrogate pair. The column `encoding` says so, for example
 * "key:base64 value:json".
 */
export type Encoding = 'base64' | 'json';

/** Returns the members that have columns. Without `withHeaders` there is no column for headers. */
function columnsOf(withHeaders: boolean): readonly MemberName[] {
  return memberNames.filter((name) => withHeaders || members[name].written === 'always');
}

/** Returns the header row of an export: a column for each member of a message, and `encoding`. */
export function csvHeaderRow(withHeaders: boolean): string {
  return [...columnsOf(withHeaders), 'encoding'].join();
}

/**
 * Returns a function that makes the row of a record. Null becomes an empty field, an empty text
 * `""`. Headers are written as `headersJson` does.
 */
export function csvRowWriter(
  withHeaders: boolean,
): (record: KafkaRecord, isoTime: string | undefined) => string {
  const columns = columnsOf(withHeaders);
  return ({ partition, offset, key, value, headers }, isoTime = '') => {
    const [keyText, keyEncoding] = encodePayload(key);
    const [valueText, valueEncoding] = encodePayload(value);
    const encodings = [
      ...(keyEncoding ? [`key:${keyEncoding}`] : []),
      ...(valueEncoding ? [`value:${valueEncoding}`] : []),
    ];
    const fields: Readonly<Record<MemberName, string>> = {
      partition: String(partition),
      offset: String(offset),
      timestamp: isoTime,
      key: quoted(keyText),
      headers: headers?.length ? quoted(headersJson(headers)) : '',
      value: quoted(valueText),
    };
    return `${columns.map((name) => fields[name]).join()},${encodings.join(' ')}`;
  };
}

function encodePayload(payload: Payload | null): readonly [text: string | null, Encoding?] {
  if (payload === null) return [null];
  const text = payloadText(payload);
  if (text === undefined) return [Buffer.from(payload).toString('base64'), 'base64'];
  return text.isWellFormed() ? [text] : [JSON.stringify(text), 'json'];
}

function quoted(text: string | null): string {
  if (text === null) return '';
  if (text.includes('"')) return `"${text.replaceAll('"', '""')}"`;
  return text === '' || /[,\r\n]|^\s|\s$/.test(text) ? `"${text}"` : text;
}
