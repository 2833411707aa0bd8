import type { NewRecord, Payload } from '../../core/kafka';
import { partitionNumber } from '../../core/message/parse';
import type { Encoding } from '../export/csv';
import type { Field, Row } from './csvRows';
import type { CsvColumns, CsvLayout, Imported, ImportProblem } from './imported';

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
