import type { NewRecord, Payload } from '../../core/kafka';
import { headersOfJson } from '../../core/message/headers';
import { isTaken, type TakeOptions } from '../../core/message/members';
import { partitionNumber } from '../../core/message/jsonRecord';
import { parseTimestamp } from '../../core/message/timestamp';
import { isBinaryText } from '../../core/text/binary';
import { type Encoding, encodings } from '../export/csv';
import { rowWriter } from './csvRowObjects';
import { type Field, isSame, type Row } from './csvRows';
import { headersOfText } from './headersText';
import type { CsvColumns, CsvLayout, Imported, ImportProblem } from './imported';

/** Says why a row does not become a record. */
class RowError extends Error {
  constructor(readonly problem: ImportProblem) {
    super(problem.kind);
  }
}

/**
 * Returns a function that makes a record of a row. The header row must not be passed to it. Tells at
 * once which columns are left out.
 */
export function csvImporter(
  layout: CsvLayout,
  maxBytes: number,
  options: TakeOptions = {},
): (row: Row) => Imported {
  const { hasHeader, header, columns, row } = layout;
  const rowJson = row && rowWriter({ header, columns }, row);
  const canRepeat = hasHeader && header.length > 1;
  for (const name of row ? [] : unusedColumns(layout, options)) options.leftOut?.(name);
  return ({ line, fields, source, problem }) => {
    try {
      if (problem === 'too-long') throw new RowError({ kind: problem, limit: maxBytes });
      if (problem) throw new RowError({ kind: problem });
      if (fields.length !== header.length) {
        const counts = { expected: header.length, actual: fields.length };
        throw new RowError({ kind: 'field-count', ...counts });
      }
      if (canRepeat && isSame(withoutMark(fields), header))
        throw new RowError({ kind: 'header-again' });
      // Our own exports tell bytes from text, and earlier ones hold any text as it is.
      if (columns.encoding === undefined) checkText(fields);
      if (isDamaged(fields, layout)) throw new RowError({ kind: 'damaged' });
      const value = rowJson?.(fields);
      if (typeof value === 'object') throw new RowError(value);
      const record = toRecord(fields, columns, options, value);
      return { kind: 'record', line, record, source: String(source) };
    } catch (error) {
      if (!(error instanceof RowError)) throw error;
      return { kind: 'bad', line, source, problem: error.problem };
    }
  };
}

/** Returns fields without the byte order mark that the first one has where files were put together. */
function withoutMark(fields: readonly Field[]): readonly Field[] {
  const [first, ...others] = fields;
  return first?.startsWith('\ufeff') ? [first.slice(1), ...others] : fields;
}

/** Returns the names of the columns that no message gets. */
function unusedColumns({ header, columns }: CsvLayout, options: TakeOptions): readonly string[] {
  const { timestamp, ...others } = columns;
  const taken = isTaken('timestamp', options) ? { ...others, timestamp } : others;
  const used = new Set(Object.values(taken));
  return header.filter((name, index) => name !== '' && !used.has(index));
}

function checkText(fields: readonly Field[]): void {
  for (const field of fields) {
    if (field === null) continue;
    if (isBinaryText(field)) throw new RowError({ kind: 'binary' });
    if (field.includes('\ufffd')) throw new RowError({ kind: 'lossy' });
  }
}

/**
 * Whether a tool has changed a key or value. It writes a semicolon for each comma, so that nobody
 * knows which one it was. An empty value may have been null or an empty text.
 */
function isDamaged(fields: readonly Field[], { columns, sizes }: CsvLayout): boolean {
  if (!sizes) return false;
  const isWhole = (field: Field, size: number) =>
    field === null || (!field.includes(';') && String(Buffer.byteLength(field)) === fields[size]);
  const [key = null, value = null] = [fields[columns.key ?? -1], fields[columns.value ?? -1]];
  return value === null || !isWhole(key, sizes.key) || !isWhole(value, sizes.value);
}

function toRecord(
  fields: readonly Field[],
  columns: CsvColumns,
  options: TakeOptions,
  value: Payload | undefined,
): NewRecord {
  const fieldOf = (name: keyof CsvColumns): Field => fields[columns[name] ?? -1] ?? null;
  const encodingOf = parseEncodings(fieldOf('encoding'));
  const payload = (name: 'key' | 'value'): Payload | null => {
    const field = fieldOf(name);
    const encoding = encodingOf.get(name);
    if (encoding === undefined) return field;
    return parsed(name, field === null ? undefined : decodePayload(field, encoding));
  };
  const [partition, headers] = [fieldOf('partition'), fieldOf('headers')];
  const timestamp = isTaken('timestamp', options) && fieldOf('timestamp');
  return {
    ...(columns.key !== undefined && { key: payload('key') }),
    value: value ?? payload('value'),
    ...(partition && { partition: parsed('partition', partitionNumber(partition)) }),
    ...(headers && {
      headers: parsed('headers', headersOfJson(headers) ?? headersOfText(headers)),
    }),
    ...(timestamp && { timestamp: parsed('timestamp', parseTimestamp(timestamp)) }),
  };
}

/** Returns the parsed field. Throws if the field does not hold what its column requires. */
function parsed<T>(field: keyof CsvColumns, value: T | undefined): T {
  if (value === undefined) throw new RowError({ kind: 'field-wrong', field });
  return value;
}

function parseEncodings(field: Field): ReadonlyMap<string, Encoding> {
  const found = new Map<string, Encoding>();
  for (const entry of field?.split(' ') ?? []) {
    const [, name, text] = /^(key|value):(\w+)$/.exec(entry) ?? [];
    const encoding = encodings.find((each) => each === text);
    if (name !== undefined && encoding) found.set(name, encoding);
    else if (entry !== '') throw new RowError({ kind: 'field-wrong', field: 'encoding' });
  }
  return found;
}

function decodePayload(text: string, encoding: Encoding): Payload | undefined {
  switch (encoding) {
    case 'base64':
      // Base64 that begins with a plus is kept from being a formula.
      return /^'?[A-Za-z0-9+/]*={0,2}$/.test(text)
        ? Buffer.from(text.replace(/^'/, ''), 'base64')
        : undefined;
    case 'json':
      return decodeString(text);
    case 'apostrophe':
      return text.startsWith("'") ? text.slice(1) : undefined;
  }
}

function decodeString(json: string): string | undefined {
  try {
    const decoded: unknown = JSON.parse(json);
    return typeof decoded === 'string' ? decoded : undefined;
  } catch {
    return undefined;
  }
}
