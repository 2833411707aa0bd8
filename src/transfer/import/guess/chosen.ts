import type { CsvColumns, CsvLayout, ImportFormat, JsonItems, RowObjects } from '../imported';
import type { TextEncoding } from '../textEncoding';

/**
 * What the person chose in how a file is read. What is missing is guessed. A choice that does not
 * fit the format stays, for when another choice makes it fit again.
 */
export interface Chosen {
  readonly encoding?: TextEncoding;
  readonly format?: ImportFormat;
  readonly items?: JsonItems;
  /** Whether keys and values of JSON messages are Base64. */
  readonly base64?: boolean;
  readonly delimiter?: string;
  readonly hasHeader?: boolean;
  readonly columns?: ChosenColumns;
  readonly empty?: RowObjects['empty'];
  /** The text between key and value of lines; null if the whole line is the value. */
  readonly separator?: string | null;
  /** Whether the word `null` in lines with keys is Kafka's null. */
  readonly nulls?: boolean;
}

/** Columns that the person chose, and the header of the table as it was read then. */
export interface ChosenColumns {
  readonly header: readonly string[];
  /** -1 means no column. */
  readonly at: Readonly<Partial<Record<keyof CsvColumns, number>>>;
  readonly numbers?: readonly number[];
}

/** Returns the format that the choices imply. */
export function formatOf(chosen: Chosen): ImportFormat | undefined {
  const { format, delimiter, hasHeader, columns, empty, separator, nulls } = chosen;
  if (format !== undefined) return format;
  if ([delimiter, hasHeader, columns, empty].some((each) => each !== undefined)) return 'csv';
  return separator === undefined && nulls === undefined ? undefined : 'lines';
}

/**
 * Returns a guessed layout with the columns that the person chose. `numbers` are the columns that
 * hold numbers only.
 */
export function withColumns(
  csv: CsvLayout,
  numbers: readonly number[],
  { columns: chosen, empty = 'null' }: Chosen,
): CsvLayout {
  const { row, columns: guessed, ...layout } = csv;
  const { at, numbers: own } = chosen ? inHeader(chosen, csv.header) : { at: {} };
  const given = Object.entries({ ...guessed, ...at }).filter(([, column]) => column >= 0);
  const columns: CsvColumns = Object.fromEntries(given);
  if (columns.value !== undefined) return { ...layout, columns };
  return { ...layout, columns, row: { numbers: own ?? row?.numbers ?? numbers, empty } };
}

/**
 * Finds chosen columns in a table that is now read in another way: by their names, else at their
 * places if it has as many columns as before. Leaves out those that it does not find.
 */
export function inHeader(
  { header: before, at, numbers }: ChosenColumns,
  header: readonly string[],
): ChosenColumns {
  const moved = (column: number): readonly number[] => {
    const name = before[column];
    if (column < 0 || header[column] === name) return [column];
    if (name && header.includes(name)) return [header.indexOf(name)];
    return header.length === before.length ? [column] : [];
  };
  const found = Object.entries(at).flatMap(([name, column]) =>
    moved(column).map((now) => [name, now] as const),
  );
  return {
    header,
    at: Object.fromEntries(found),
    ...(numbers && { numbers: numbers.flatMap(moved) }),
  };
}
