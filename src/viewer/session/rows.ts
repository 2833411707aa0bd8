import type { KafkaRecord, Payload } from '../../core/kafka';
import { payloadText } from '../../core/message/parse';
import { payloadBytes } from '../../core/message/size';
import {
  CELL_LENGTH,
  type Detail,
  DETAIL_LENGTH,
  type PayloadDetail,
  type Row,
  type Sequence,
} from '../protocol';

/** A message as a row of the table. */
export function toRow(sequence: Sequence, record: KafkaRecord): Row {
  return { ...facts(sequence, record), key: cell(record.key), value: cell(record.value) };
}

/** A message as the detail pane shows it. */
export function toDetail(sequence: Sequence, record: KafkaRecord): Detail {
  return {
    ...facts(sequence, record),
    key: payloadDetail(record.key),
    value: payloadDetail(record.value),
  };
}

function facts(
  sequence: Sequence,
  { partition, offset, timestamp, key, value }: KafkaRecord,
): Omit<Row, 'key' | 'value'> {
  return {
    sequence,
    partition,
    offset: String(offset),
    timestamp: timestamp === undefined || timestamp < 0 ? null : timestamp,
    size: payloadBytes(key) + payloadBytes(value),
  };
}

/** The beginning of a payload; bytes that are not UTF-8 in hexadecimal. */
function cell(payload: Payload | null): string | null {
  if (payload === null) return null;
  // So many bytes hold at least so many characters, and no more is decoded.
  const head = payload.slice(0, 4 * CELL_LENGTH);
  const whole = head.length === payload.length;
  const text = typeof head === 'string' ? head : whole ? payloadText(head) : beginning(head);
  return cut(text ?? `0x${Buffer.from(head).toString('hex')}`, CELL_LENGTH);
}

/** The text of the first bytes of a payload, where the last character may be cut in two. */
function beginning(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes, {
      stream: true,
    });
  } catch {
    return undefined;
  }
}

function payloadDetail(payload: Payload | null): PayloadDetail {
  if (payload === null) return { kind: 'null' };
  const bytes = payloadBytes(payload);
  const text = payloadText(payload);
  if (text !== undefined) return { kind: 'text', text: cut(text, DETAIL_LENGTH), bytes };
  const base64 = Buffer.from(payload.slice(0, DETAIL_LENGTH)).toString('base64');
  return { kind: 'bytes', base64, bytes };
}

/** The first characters of a text; half a surrogate pair is left out. */
function cut(text: string, length: number): string {
  if (text.length <= length) return text;
  return text.slice(0, length).replace(/[\ud800-\udbff]$/, '');
}
