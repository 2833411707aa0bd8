import type { SortColumn } from '../../src/viewer/columns';
import { isField } from '../../src/viewer/fieldColumn';
import type { Detail, Row, Sequence } from '../../src/viewer/protocol';

/** The time of message 0. */
export const BEGIN = Date.UTC(2026, 10, 22, 14);

const customers = ['alice', 'bob', 'carol', 'dave', 'erin', 'frank'];

/** Values that try to be more than text, in the first messages. */
export const hostile: readonly (string | null)[] = [
  '<img src=x onerror="window.harmed = true">',
  'abc\u202e\u2066gnp.exe\u0000\u0007 \u200bend',
  null,
  '',
  'null',
  '{"id":9007199254740993,"price":1.10,"big":1e400,"__proto__":{"a":1},"text":"\\u202e"}',
];

/** Headers of the first messages, as the host shows them in the table; the others have none. */
export const messageHeaders: readonly string[] = ['trace=7f, source=(null)', 'a\u202e=\u200b'];

/** Messages that are made when asked for, the same ones every time. */
export function messageRow(sequence: Sequence): Row {
  const partition = sequence % 3;
  const offset = Math.floor(sequence / 3);
  const value = messageValue(sequence);
  return {
    sequence,
    partition,
    offset: String(4_711_000 + offset),
    timestamp: messageTime(sequence),
    key: sequence % 7 === 6 ? null : (customers[sequence % customers.length] ?? ''),
    value: value?.slice(0, 300) ?? null,
    size: (value?.length ?? 0) + 5,
    headers: messageHeaders[sequence] ?? null,
    keyNote: null,
    valueNote: null,
    fields: {},
  };
}

export function messageTime(sequence: Sequence): number {
  return BEGIN + sequence * 37 + (sequence % 5) * 11;
}

export function messageValue(sequence: Sequence): string | null {
  const odd = hostile[sequence];
  if (odd !== undefined) return odd;
  const customer = customers[sequence % customers.length] ?? '';
  return (
    `{"orderId":${sequence},"customer":{"name":"${customer}","id":9007199254740997},` +
    `"total":${(sequence % 1000) / 10},"items":["book","pen"],"paid":${sequence % 4 === 0}}`
  );
}

export function messageDetail(sequence: Sequence): Detail {
  const row = messageRow(sequence);
  const payload = (text: string | null) =>
    text === null
      ? ({ kind: 'null' } as const)
      : ({
          kind: 'text',
          text,
          bytes: Buffer.byteLength(text),
          raw: null,
          problem: null,
          decoding: null,
        } as const);
  return { ...row, headers: [], key: payload(row.key), value: payload(messageValue(sequence)) };
}

/** What a message is sorted by. */
export function sortKey(sequence: Sequence, column: SortColumn): number | string {
  const row = messageRow(sequence);
  if (isField(column)) return row.fields[column] ?? '';
  if (column === 'offset') return Number(row.offset);
  return row[column] ?? '';
}
