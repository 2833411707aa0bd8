import { type MemberName, memberNames, members } from '../../core/message/members';
import { csvHeaderRow } from '../export/csv';
import { csvRows } from './csvRows';
import type { Head } from './head';
import { type CsvColumns, type CsvLayout, delimiters } from './imported';

/** Why a guess says that the first row holds names, or does not. */
export type HeaderReason =
  /** It holds names that are known. */
  | 'names'
  /** It differs in kind from the rows below it. */
  | 'differs'
  /** It is like the rows below it, so there is no header row. */
  | 'alike'
  /** Nothing tells. */
  | 'unclear';

/** Why a guess says what the value of a message is. */
export type ValueReason =
  /** The name of a column says so. */
  | 'named'
  /** There is only one column. */
  | 'only'
  /** It is the only column beside the key. */
  | 'beside-key'
  /** No column is named as the value, so it is the row as an object. */
  | 'table'
  /** Several columns may be the value, so it is the row as an object. */
  | 'several';

/** A guess that a person should be asked about, because it may well be wrong. */
export type Doubt = 'header' | 'value';

/** What a CSV file seems to be, and why. */
export interface CsvGuess {
  readonly csv: CsvLayout;
  readonly because: { readonly header: HeaderReason; readonly value: ValueReason };
  readonly doubtful: readonly Doubt[];
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
  among: readonly string[] = delimiters,
): Promise<CsvGuess> {
  const guesses: { readonly csv: CsvLayout; readonly score: number }[] = [];
  for (const delimiter of among) guesses.push(await tryDelimiter(head, delimiter));
  const [best] = guesses.sort((a, b) => b.score - a.score);
  const csv = best?.csv ?? { delimiter: ',', hasHeader: true, header: [], columns: { value: 0 } };
  return { csv, because: { header: 'names', value: 'named' }, doubtful: [] };
}

async function tryDelimiter({ bytes, whole }: Head, delimiter: string) {
  const found: (readonly (string | null)[])[] = [];
  for await (const rows of csvRows([bytes], delimiter, NO_LIMIT)) {
    found.push(...rows.map(({ fields }) => fields));
  }
  const [first = [], ...rows] = whole ? found : found.slice(0, -1);
  const header = first.map((name) => name ?? '');
  const known = header.filter((name) => memberOf(name)).length;
  const alike = rows.slice(0, ROWS).filter(({ length }) => length === header.length).length;
  const score = header.length > 1 ? (ROWS + 1) * known + alike : 0;
  return { csv: { delimiter, hasHeader: true, header, columns: columnsOf(header) }, score };
}

/** Returns the member of a message that a column of this name holds. */
export function memberOf(name: string): MemberName | undefined {
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
