import type { KafkaRecord, NewRecord, Payload } from '../../core/kafka';
import { partitionNumber, payloadText } from '../../core/message/parse';
import type { Field, Row } from './csvRows';
import type { CsvColumns, CsvLayout, Imported, ImportProblem } from './imported';

/** The columns of an export. */
const HEADER = ['partition', 'offset', 'timestamp', 'key', 'value', 'encoding'] as const;
export const csvHeaderRow = HEADER.join();

/**
 * How a payload that is no text of UTF-8 stands in its field: `base64`, its bytes; `json`, a JSON
 * string, for a text with half a surrogate pair. The column `encoding` says it: "key:base64 value:json".
 */
type Encoding = 'base64' | 'json';

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

/** What is wrong with a row, whose record is thus not made. */
class RowError extends Error {
  constructor(readonly problem: ImportProblem) {
    super(problem.kind);
  }
}

/** Makes records of rows but the header row. */
export function csvImporter(
  { header, columns }: CsvLayout,
  maxBytes: number,
): (row: Row) => Imported {
  return ({ line, fields, source, problem }) => {
    try {
      if (problem === 'too-long') throw new RowError({ kind: problem, limit: maxBytes });
      if (problem) throw new RowError({ kind: problem });
      if (fields.length !== header.length) {
        const counts = { expected: header.length, actual: fields.length };
        throw new RowError({ kind: 'field-count', ...counts });
      }
      return { kind: 'record', line, record: toRecord(fields, columns), source: String(source) };
    } catch (error) {
      if (!(error instanceof RowError)) throw error;
      return { kind: 'bad', line, source, problem: error.problem };
    }
  };
}

function toRecord(fields: readonly Field[], columns: CsvColumns): NewRecord {
  const fieldOf = (name: keyof CsvColumns): Field => fields[columns[name] ?? -1] ?? null;
  const encodings = parseEncodings(fieldOf('encoding'));
  const payload = (name: 'key' | 'value'): Payload | null => {
    const field = fieldOf(name);
    const encoding = encodings.get(name);
    if (encoding === undefined) return field;
    const decoded = field === null ? undefined : decodePayload(field, encoding);
    if (decoded === undefined) throw new RowError({ kind: 'field-wrong', field: name });
    return decoded;
  };
  const partition = fieldOf('partition');
  return {
    ...(columns.key !== undefined && { key: payload('key') }),
    value: payload('value'),
    ...(partition && { partition: toPartition(partition) }),
  };
}

function toPartition(text: string): number {
  const partition = partitionNumber(text);
  if (partition === undefined) throw new RowError({ kind: 'field-wrong', field: 'partition' });
  return partition;
}

function parseEncodings(field: Field): ReadonlyMap<string, Encoding> {
  const encodings = new Map<string, Encoding>();
  for (const entry of field?.split(' ') ?? []) {
    const [, name, encoding] = /^(key|value):(base64|json)$/.exec(entry) ?? [];
    if (name !== undefined) encodings.set(name, encoding === 'json' ? 'json' : 'base64');
    else if (entry !== '') throw new RowError({ kind: 'field-wrong', field: 'encoding' });
  }
  return encodings;
}

function decodePayload(text: string, encoding: Encoding): Payload | undefined {
  if (encoding === 'base64') {
    return /^[A-Za-z0-9+/]*={0,2}$/.test(text) ? Buffer.from(text, 'base64') : undefined;
  }
  try {
    const decoded: unknown = JSON.parse(text);
    return typeof decoded === 'string' ? decoded : undefined;
  } catch {
    return undefined;
  }
}
