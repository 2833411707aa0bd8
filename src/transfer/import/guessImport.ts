import path from 'node:path';
import { type MemberName, memberNames, members } from '../../core/message/members';
import { guessPayload } from '../../core/message/parse';
import { csvHeaderRow } from '../export/csv';
import { csvRows } from './csvRows';
import {
  type CsvColumns,
  type CsvLayout,
  type Delimiter,
  delimiters,
  type Imported,
  type ImportOptions,
} from './imported';
import { importRecords } from './importRecords';

/** The beginning of a file. */
export interface Head {
  readonly bytes: Uint8Array;
  /** Whether that is the whole file. */
  readonly whole: boolean;
}

/** The number of bytes that a guess or a preview looks at. */
const HEAD_BYTES = 256 * 1024;

/** Reads the first bytes of a file and stops reading. */
export async function readHead(input: AsyncIterable<Uint8Array>): Promise<Head> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of input) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > HEAD_BYTES) break;
  }
  const bytes = Buffer.concat(chunks);
  return { bytes: bytes.subarray(0, HEAD_BYTES), whole: bytes.length <= HEAD_BYTES };
}

/**
 * Returns the first `count` records and bad lines of a file. What the end of the head may have cut
 * off is left out.
 */
export async function previewImport(
  { bytes, whole }: Head,
  options: ImportOptions,
  count: number,
): Promise<readonly Imported[]> {
  const found: Imported[] = [];
  for await (const batch of importRecords([bytes], options)) found.push(...batch);
  return (whole ? found : found.slice(0, -1)).slice(0, count);
}

/** Guesses how to read a file from its name and its first bytes. */
export async function guessImport(head: Head, name: string): Promise<ImportOptions> {
  const extension = path.extname(name).toLowerCase();
  if (['.csv', '.tsv', '.tab'].includes(extension)) {
    return { format: 'csv', csv: await guessCsv(head) };
  }
  const text = Buffer.from(head.bytes)
    .toString()
    .replace(/^\ufeff/, '')
    .trimStart();
  if (/^\[\s*[{\]]/.test(text) || (text.startsWith('[') && extension === '.json')) {
    return { format: 'json' };
  }
  const [firstLine = ''] = text.split('\n', 1);
  if (guessPayload(firstLine).shape === 'lines') return { format: 'jsonl' };
  const csv = await guessCsv(head);
  const isTable =
    csv.header.length > 1 && csv.header.some((column) => memberOf(column) === 'value');
  return isTable ? { format: 'csv', csv } : { format: 'lines' };
}

/** The number of rows that a guess looks at. */
const ROWS = 20;
const NO_LIMIT = Number.MAX_SAFE_INTEGER;

/**
 * Guesses the layout of a CSV file from its first bytes. Of the delimiters in `among` it takes the
 * one that finds the most columns with a known name, and if several find as many, the one that
 * splits the most rows into as many fields as the header row has. Columns get their roles by name.
 * If no column is named as the value, the first one without another role is the value.
 */
export async function guessCsv(
  head: Head,
  among: readonly Delimiter[] = delimiters,
): Promise<CsvLayout> {
  const guesses: { readonly csv: CsvLayout; readonly score: number }[] = [];
  for (const delimiter of among) guesses.push(await tryDelimiter(head, delimiter));
  const [best] = guesses.sort((a, b) => b.score - a.score);
  return best?.csv ?? { delimiter: ',', header: [], columns: { value: 0 } };
}

async function tryDelimiter({ bytes, whole }: Head, delimiter: Delimiter) {
  const found: (readonly (string | null)[])[] = [];
  for await (const rows of csvRows([bytes], delimiter, NO_LIMIT)) {
    found.push(...rows.map(({ fields }) => fields));
  }
  const [first = [], ...rows] = whole ? found : found.slice(0, -1);
  const header = first.map((name) => name ?? '');
  const known = header.filter((name) => memberOf(name)).length;
  const alike = rows.slice(0, ROWS).filter(({ length }) => length === header.length).length;
  const score = header.length > 1 ? (ROWS + 1) * known + alike : 0;
  return { csv: { delimiter, header, columns: columnsOf(header) }, score };
}

/** Returns the member of a message that a column of this name holds. */
function memberOf(name: string): MemberName | undefined {
  const known = name.trim().toLowerCase();
  return memberNames.find((member) => members[member].columns.includes(known));
}

function columnsOf(header: readonly string[]): CsvColumns {
  const found = header.map(memberOf);
  const at = (name: MemberName) => {
    const index = found.indexOf(name);
    return index >= 0 && { [name]: index };
  };
  const ours = [true, false].some((withHeaders) => header.join() === csvHeaderRow(withHeaders));
  return {
    ...at('key'),
    value: Math.max(found.includes('value') ? found.indexOf('value') : found.indexOf(undefined), 0),
    ...at('partition'),
    ...at('headers'),
    ...at('timestamp'),
    ...(ours && { encoding: header.length - 1 }),
  };
}
