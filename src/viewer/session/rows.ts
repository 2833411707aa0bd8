import type { KafkaRecord, Payload, RecordHeader } from '../../core/kafka';
import type { DecodedRecord } from '../../core/message/decoded';
import type { DecodedFacts, Shown, UsedSchema } from '../../core/message/decoders/decoder';
import { payloadText } from '../../core/message/parse';
import { payloadBytes } from '../../core/message/size';
import {
  CELL_LENGTH,
  type CellNote,
  type DecodingDetail,
  type Detail,
  DETAIL_LENGTH,
  type PayloadDetail,
  type Row,
  type Sequence,
} from '../protocol';
import { type Field, type FieldColumn, fieldOf } from '../fieldColumn';
import { fieldText } from '../fields/fieldText';
import { compileSteps, findField, type Step } from '../fields/findField';
import type { MessageIndex } from '../index/messageIndex';
import { extentIn } from '../store/extents';
import type { MessageStore } from '../store/messageStore';
import type { Wording } from './options';

/** The words that rows and the detail pane need. */
type CellWords = Pick<Wording, 'decoding' | 'misfit'>;

/** Returns some rows of the table, `end` exclusive, up to the first that is not in memory. */
export function rowsIn(
  store: Pick<MessageStore, 'record' | 'formats' | 'chunkOf'>,
  index: Pick<MessageIndex, 'length' | 'sequenceAt'>,
  start: number,
  end: number,
  words: CellWords,
  columns: readonly FieldColumn[] = [],
): readonly Row[] {
  const rows: Row[] = [];
  const fields = columns.map(compile);
  const mixed = { key: store.formats('key').length > 1, value: store.formats('value').length > 1 };
  for (let at = start; at < Math.min(end, index.length); at++) {
    const sequence = index.sequenceAt(at);
    const record = sequence === undefined ? undefined : store.record(sequence);
    if (sequence === undefined || !record) break;
    const row = toRow(sequence, record, words, mixed);
    rows.push(fields.length === 0 ? row : { ...row, fields: fieldsOf(store, sequence, fields) });
  }
  return rows;
}

interface CompiledField {
  readonly column: FieldColumn;
  readonly part: Field['part'];
  readonly steps: readonly Step[];
}

function compile(column: FieldColumn): CompiledField {
  const { part, steps } = fieldOf(column);
  return { column, part, steps: compileSteps(steps) };
}

/** Returns the fields that a message has, as they are shown. */
function fieldsOf(
  store: Pick<MessageStore, 'chunkOf'>,
  sequence: Sequence,
  fields: readonly CompiledField[],
): Row['fields'] {
  const cells: Partial<Record<FieldColumn, string>> = {};
  const chunk = store.chunkOf(sequence);
  if (!chunk) return cells;
  for (const { column, part, steps } of fields) {
    const { bytes, start, end } = extentIn(chunk, sequence - chunk.first, part);
    const place = findField(bytes, start, end, steps);
    if (place) cells[column] = fieldText(bytes, place, CELL_LENGTH);
  }
  return cells;
}

type Mixed = Readonly<Record<'key' | 'value', boolean>>;

/** Returns a message as a row of the table. */
export function toRow(
  sequence: Sequence,
  { raw, shown }: DecodedRecord,
  words: CellWords,
  /** Whether the messages have keys, or values, of several formats. */
  mixed: Mixed = { key: false, value: false },
): Row {
  return {
    ...facts(sequence, raw),
    keyNote: noteOf(shown?.key, mixed.key, words),
    valueNote: noteOf(shown?.value, mixed.value, words),
    key: cell(raw.key, shown?.key, words),
    value: cell(raw.value, shown?.value, words),
    headers: headersCell(raw.headers),
    fields: {},
  };
}

/** Returns a message for the detail pane. */
export function toDetail(
  sequence: Sequence,
  { raw, shown }: DecodedRecord,
  words: CellWords,
): Detail {
  return {
    ...facts(sequence, raw),
    headers: (raw.headers ?? []).map(({ name, value }) => ({
      name,
      value: payloadDetail(value, undefined, words),
    })),
    key: payloadDetail(raw.key, shown?.key, words),
    value: payloadDetail(raw.value, shown?.value, words),
  };
}

function facts(
  sequence: Sequence,
  { partition, offset, timestamp, key, value }: KafkaRecord,
): Omit<Detail, 'key' | 'value' | 'headers'> {
  return {
    sequence,
    partition,
    offset: String(offset),
    timestamp: timestamp === undefined || timestamp < 0 ? null : timestamp,
    size: payloadBytes(key) + payloadBytes(value),
  };
}

/**
 * Returns the beginning of the decoded text, or of the payload if it is not decoded. If decoding
 * failed, the reason comes first.
 */
function cell(payload: Payload | null, shown: Shown | undefined, words: CellWords): string | null {
  if (payload === null) return null;
  if (!shown) return rawCell(payload);
  const { text, problem } = shown;
  return cut(problem ? `(${words.decoding(problem)}) ${rawCell(payload)}` : text, CELL_LENGTH);
}

function noteOf(shown: Shown | undefined, isMixed: boolean, words: CellWords): CellNote | null {
  if (!shown) return null;
  const { problem, facts: how } = shown;
  if (problem) return { kind: 'problem', text: words.decoding(problem) };
  if (how?.misfit !== undefined) return { kind: 'problem', text: words.misfit(how.misfit) };
  return isMixed && how ? { kind: 'format', text: how.format } : null;
}

/** Returns the beginning of the headers, as `a=text, b=(null)`; `null` if there are none. */
function headersCell(headers: readonly RecordHeader[] = []): string | null {
  if (headers.length === 0) return null;
  let text = '';
  for (const { name, value } of headers) {
    // A message may have very many headers.
    if (text.length >= CELL_LENGTH) break;
    const separator = text === '' ? '' : ', ';
    text += `${separator}${name}=${value === null ? '(null)' : rawCell(value)}`;
  }
  return cut(text, CELL_LENGTH);
}

/** Returns the beginning of a payload. Bytes that are not UTF-8 are shown in hexadecimal. */
function rawCell(payload: Payload): string {
  // This many bytes hold at least CELL_LENGTH characters. More need not be decoded.
  const head = payload.slice(0, 4 * CELL_LENGTH);
  const whole = head.length === payload.length;
  const text = typeof head === 'string' ? head : whole ? payloadText(head) : beginning(head);
  return cut(text ?? `0x${Buffer.from(head).toString('hex')}`, CELL_LENGTH);
}

/**
 * Returns the text of the first bytes of a payload; `undefined` if they are not UTF-8. The last
 * character may be cut in two.
 */
function beginning(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes, {
      stream: true,
    });
  } catch {
    return undefined;
  }
}

function payloadDetail(
  payload: Payload | null,
  shown: Shown | undefined,
  words: CellWords,
): PayloadDetail {
  if (payload === null) return { kind: 'null' };
  const decoding = decodingDetail(shown?.facts, words);
  if (shown?.text !== undefined) return { ...decodedDetail(payload, shown.text), decoding };
  const bytes = payloadBytes(payload);
  const text = payloadText(payload);
  const problem = shown ? words.decoding(shown.problem) : null;
  return text === undefined
    ? { kind: 'bytes', base64: base64(payload, DETAIL_LENGTH), bytes, problem, decoding }
    : { kind: 'text', text: cut(text, DETAIL_LENGTH), bytes, raw: null, problem, decoding };
}

/**
 * Returns a decoded text with the bytes it was decoded from. If the text is cut, so are the bytes,
 * in proportion.
 */
function decodedDetail(payload: Payload, shown: string) {
  const bytes = payloadBytes(payload);
  const text = cut(shown, DETAIL_LENGTH);
  const share = shown.length === 0 ? 1 : text.length / shown.length;
  const raw = base64(payload, Math.min(DETAIL_LENGTH, Math.floor(bytes * share)));
  return { kind: 'text', text, bytes, raw, problem: null } as const;
}

function decodingDetail(how: DecodedFacts | undefined, words: CellWords): DecodingDetail | null {
  if (!how) return null;
  const { format, isGuess, schema, misfit } = how;
  return {
    format,
    isGuess,
    schema: schema ? schemaNames(schema) : [],
    canOpen: (schema?.id ?? schema?.subject ?? schema?.file) !== undefined,
    misfit: misfit ? words.misfit(misfit) : null,
  };
}

/** Returns what names a schema, the best known first: `orders-value@3 (id 7)`, `com.contoso.Order`. */
function schemaNames({ id, subject, version, file, name }: UsedSchema): readonly string[] {
  const versioned = version === undefined ? subject : `${subject ?? ''}@${version}`;
  const numbered = id === undefined ? versioned : `${versioned ?? ''} (id ${id})`.trim();
  return [numbered, file, name].filter((text) => text !== undefined);
}

/** Returns the first bytes of a payload in Base64. */
function base64(payload: Payload, bytes: number): string {
  return Buffer.from(payload.slice(0, bytes)).subarray(0, bytes).toString('base64');
}

/** Returns the first characters of a text. Half a surrogate pair at the end is left out. */
function cut(text: string, length: number): string {
  if (text.length <= length) return text;
  return text.slice(0, length).replace(/[\ud800-\udbff]$/, '');
}
