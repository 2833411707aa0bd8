import type { KafkaRecord, Payload } from '../../core/kafka';
import { payloadText } from '../../core/message/parse';

/** The columns of an export. */
const HEADER = ['partition', 'offset', 'timestamp', 'key', 'value', 'encoding'] as const;
export const csvHeaderRow = HEADER.join();

/**
 * How a payload that is no text of UTF-8 stands in its field: `base64`, its bytes; `json`, a JSON
 * string, for a text with half a surrogate pair. The column `encoding` says it: "key:base64 value:json".
 */
export type Encoding = 'base64' | 'json';

/** The row of a record. Null is a field without anything, an empty text `""`. */
export function csvRow(
  { partition, offset, key, value }: KafkaRecord,
  isoTime: string | undefined,
): string {
  const [keyText, keyEncoding] = encodePayload(key);
  const [valueText, valueEncoding] = encodePayload(value);
  const encodings = [
    ...(keyEncoding ? [`key:${keyEncoding}`] : []),
    ...(valueEncoding ? [`value:${valueEncoding}`] : []),
  ];
  const [keyField, valueField] = [quoted(keyText), quoted(valueText)];
  const time = isoTime ?? '';
  return `${partition},${String(offset)},${time},${keyField},${valueField},${encodings.join(' ')}`;
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
