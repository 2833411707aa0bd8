import { csvHeader } from '../../export/csv';
import { guessHeader, type HeaderReason, isLikeJson } from './csvHeader';
import { meaningOf, type NamedColumns, namedColumns } from './csvNames';
import { numberColumns } from '../csvRowObjects';
import { csvRows, type Field, isSame, namedDelimiter, type Row } from '../csvRows';
import type { Head } from './head';
import { type CsvColumns, type CsvLayout, delimiters } from '../imported';

/** Why a guess says what the value of a message is. */
export type ValueReason =
  /** The name of a column says so. */
  | 'named'
  /** There is only one column. */
  | 'only'
  /** There are two columns without names, which are usually key and value. */
  | 'second'
  /** It is the only column whose name says nothing, and the other ones belong to a message. */
  | 'rest'
  /** No column is the value, so it is the row as an object. */
  | 'table'
  /** Several columns may be the value, so it is the row as an object. */
  | 'several';

/** Why a guess says what it says. */
export interface CsvReasons {
  readonly header: HeaderReason;
  readonly value: ValueReason;
}

/** What a CSV file seems to be. */
export interface CsvGuess {
  readonly csv: CsvLayout;
  readonly because: CsvReasons;
  /** What a person should be asked about, because the guess may well be wrong. */
  readonly doubts: readonly ('header' | 'value')[];
  /** Whether a header row says for certain which column is the value. */
  readonly isMessages: boolean;
  /** The columns that hold numbers only, for rows as objects; see `RowObjects`. */
  readonly numbers: readonly number[];
}

/** The number of rows that tell the delimiter. */
const ROWS = 100;
const LINE_FEED = 0x0a;
const NO_LIMIT = Number.MAX_SAFE_INTEGER;

/**
 * Guesses the layout of a CSV file from its first bytes: the best delimiter in `among`, which is by
 * default the one that the file names itself, or else any; whether there is a header row, unless
 * that is given; and what the columns hold. What is in doubt is told with the guess.
 */
export async function guessCsv(
  head: Head,
  among: readonly string[] = delimitersOf(head),
  hasHeader?: boolean,
): Promise<CsvGuess> {
  const tried: Tried[] = [];
  for (const delimiter of among) tried.push(await tryDelimiter(head, delimiter));
  const [best] = tried.sort((a, b) => compare(b.score, a.score));
  return guessLayout(best?.delimiter ?? ',', best?.rows ?? [], hasHeader);
}

function delimitersOf({ bytes }: Head): readonly string[] {
  const start = Buffer.from(bytes.subarray(0, 64)).toString();
  const named = namedDelimiter(start.replace(/^\ufeff/, '').split('\n', 1)[0] ?? '');
  if (named !== undefined) return [named];
  // A blank after each delimiter belongs to the delimiter, also before a quote.
  const spaced = delimiters.filter((each) => start.includes(`${each} `));
  return [...spaced.map((each) => `${each} `), ...delimiters];
}

type Fields = readonly Field[];

interface Tried {
  readonly delimiter: string;
  /** The first row, and all others that have no problem. */
  readonly rows: readonly Fields[];
  /** The more, the better. Earlier numbers count more. */
  readonly score: readonly number[];
}

/**
 * The best delimiter finds the most names of members of messages, then splits the most rows into
 * as many fields as the first one has, then leaves the fewest other delimiters in the fields, then
 * finds the most columns. One that splits nothing should at least not break rows.
 */
async function tryDelimiter({ bytes, whole }: Head, delimiter: string): Promise<Tried> {
  const found: Row[] = [];
  for await (const rows of csvRows([bytes], delimiter, NO_LIMIT)) found.push(...rows);
  // A head that ends with a line ends with a row, too, unless a quote is open.
  const all = whole || bytes.at(-1) === LINE_FEED ? found : found.slice(0, -1);
  const good = all.filter(({ problem }, index) => index === 0 || problem === undefined);
  const rows = good.map(({ fields }) => fields);

  const [first = [], ...others] = rows.slice(0, ROWS);
  const known = first.filter((name) => meaningOf(name ?? '') !== undefined).length;
  const alike = others.filter(({ length }) => length === first.length).length;
  const cells = [first, ...others].flat();
  const clean = cells.filter((field) => isClean(field ?? '', delimiter)).length / cells.length;
  const isJson = all.slice(0, ROWS).every(isJsonLine);
  const splits = first.length > 1 && (known > 0 || alike > 0 || all.length === 1) && !isJson;
  const isWhole = isJson && first.length === 1;
  const split = splits ? [known, alike, clean, first.length] : [0, isWhole ? 1 : 0, 0, 0];
  return { delimiter, rows, score: [...split, others.length] };
}

/** Compares two lists of numbers of the same length: below 0 if the first difference is. */
function compare(a: readonly number[], b: readonly number[]): number {
  return a.map((each, index) => each - (b[index] ?? 0)).find((each) => each !== 0) ?? 0;
}

/** Whether a row is a line of JSON Lines. */
function isJsonLine({ source }: Row): boolean {
  if (typeof source !== 'string' || !isLikeJson(source)) return false;
  try {
    JSON.parse(source);
    return true;
  } catch {
    return false;
  }
}

/** Whether a field has no other delimiter in it, but for decimal commas and JSON. */
function isClean(field: string, delimiter: string): boolean {
  if (/^-?\d+,\d+$/.test(field) || isLikeJson(field)) return true;
  return !delimiters.some((other) => !delimiter.startsWith(other) && field.includes(other));
}

/** The first columns of the CSV of Redpanda Console. */
const REDPANDA_CONSOLE = 'timestamp,partitionID,offset,key,value,keySize,valueSize';

function guessLayout(
  delimiter: string,
  rows: readonly Fields[],
  given: boolean | undefined,
): CsvGuess {
  const [first = [null]] = rows;
  const guessed = guessHeader(rows);
  const hasHeader = given ?? guessed.hasHeader;
  const header = first.map((name) => (hasHeader ? (name ?? '') : ''));
  const below = (hasHeader ? rows.slice(1) : rows).filter(
    (row) => row.length === first.length && (!hasHeader || !isSame(row, first)),
  );
  const numbers = numberColumns(header.length, below);
  const value =
    header.length === 1
      ? onlyValue(below, delimiter)
      : hasHeader
        ? valueByName(header, below)
        : valueByPlace(header.length);
  const isRow = value.columns.value === undefined;
  const isDoubtful = given === undefined && guessed.doubtful;
  return {
    csv: {
      ...{ delimiter, hasHeader, header, columns: value.columns },
      ...(isRow && {
        row: {
          numbers: numbers.filter((index) => delimiter === ',' || !isInThousands(below, index)),
          empty: 'null',
        },
      }),
      ...(header.join().startsWith(REDPANDA_CONSOLE) && { sizes: { key: 5, value: 6 } }),
    },
    because: { header: guessed.because, value: value.because },
    doubts: [
      ...(isDoubtful ? (['header'] as const) : []),
      ...(value.doubtful ? (['value'] as const) : []),
    ],
    isMessages: hasHeader && value.because === 'named' && !value.doubtful && !isDoubtful,
    numbers,
  };
}

/**
 * Whether the points in a column of numbers may stand between thousands, as in countries where the
 * comma is the decimal sign and spreadsheets separate columns by semicolons or tabs.
 */
function isInThousands(rows: readonly Fields[], index: number): boolean {
  const points = rows.flatMap((row) => (row[index]?.includes('.') ? row[index] : []));
  return points.length > 0 && points.every((field) => /^-?[1-9]\d{0,2}\.\d{3}$/.test(field));
}

interface ValueGuess {
  readonly columns: CsvColumns;
  readonly because: ValueReason;
  readonly doubtful: boolean;
}

/**
 * Takes the only column for the value. That is in doubt if most fields have another delimiter in
 * them, because the table may be one whose fields should have been in quotes.
 */
function onlyValue(rows: readonly Fields[], delimiter: string): ValueGuess {
  const clean = rows.filter(([field]) => isClean(field ?? '', delimiter)).length;
  return { columns: { value: 0 }, because: 'only', doubtful: clean < rows.length / 2 };
}

/** Guesses what the columns of a table without names hold: two or more. */
function valueByPlace(width: number): ValueGuess {
  return width === 2
    ? { columns: { key: 0, value: 1 }, because: 'second', doubtful: false }
    : { columns: {}, because: 'table', doubtful: true };
}

/**
 * Guesses what the columns hold by their names. Names decide only where it is clear that the table
 * is about messages, for a measurement has a value, too. In any other table nothing is left out:
 * the value is the whole row.
 */
function valueByName(header: readonly string[], rows: readonly Fields[]): ValueGuess {
  const named = namedColumns(header);
  const { members, values, others, aboutMessages } = named;
  const [value] = values;
  if (value !== undefined && values.length === 1 && aboutMessages) {
    const columns = columnsOf(header, named, value);
    const isPlain = columns.encoding !== undefined || !named.isEncoded;
    return { columns, because: 'named', doubtful: !isPlain };
  }
  const [other] = others;
  if (other !== undefined && others.length === 1 && values.length === 0 && aboutMessages) {
    return { columns: columnsOf(header, named, other), because: 'rest', doubtful: true };
  }
  const columns = members.key === undefined ? {} : { key: members.key };
  if (values.length > 1) return { columns, because: 'several', doubtful: true };
  const holdsJson = header.some((_, index) => {
    const fields = rows.flatMap((row) => row[index] ?? []);
    return fields.length > 0 && fields.every(isLikeJson);
  });
  const doubtful =
    value !== undefined || holdsJson || named.isEncoded || members.offset !== undefined;
  return { columns, because: 'table', doubtful };
}

function columnsOf(
  header: readonly string[],
  { members }: NamedColumns,
  value: number,
): CsvColumns {
  const { key, partition, headers, timestamp } = members;
  const ours = [true, false].some((withHeaders) => header.join() === csvHeader(withHeaders).join());
  return {
    ...(key !== undefined && { key }),
    value,
    ...(partition !== undefined && { partition }),
    ...(headers !== undefined && { headers }),
    ...(timestamp !== undefined && { timestamp }),
    ...(ours && { encoding: header.length - 1 }),
  };
}
