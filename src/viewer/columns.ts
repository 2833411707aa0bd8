import {
  boolean,
  digits,
  index,
  known,
  knownMembers,
  literal,
  map,
  nullable,
  number,
  object,
  type Read,
  type Schema,
  string,
} from '../core/schema';

interface ColumnInfo<T> {
  /** What a cell of it holds; the type of a row follows from it. */
  readonly cell: Schema<T>;
  /** How wide it is by itself, in CSS pixels. */
  readonly width: number;
  /** Whether it is set to the right. */
  readonly numeric: boolean;
}

/**
 * The columns of the table, in their order. Another one is an entry here; its name is a key of
 * `strings.ts`, and the compiler asks for its value (`session/rows.ts`) and order (`index/sortKeys.ts`).
 */
export const columnInfo = {
  partition: { cell: index, width: 90, numeric: true },
  /** Decimal digits. */
  offset: { cell: digits, width: 100, numeric: true },
  /** Epoch milliseconds. */
  timestamp: { cell: nullable(number), width: 200, numeric: false },
  key: { cell: nullable(string), width: 150, numeric: false },
  /** `null`: a tombstone. */
  value: { cell: nullable(string), width: 240, numeric: false },
  /** Bytes of key and value. */
  size: { cell: index, width: 72, numeric: true },
} as const satisfies Readonly<Record<string, ColumnInfo<unknown>>>;

export type Column = keyof typeof columnInfo;

export const columns = Object.keys(columnInfo) as readonly Column[];

export const column = literal(...columns);

/** What the cells of a row hold, by their columns. */
export type Cells = { readonly [C in Column]: Read<(typeof columnInfo)[C]['cell']> };

export const sort = object({ column, descending: boolean });
export type Sort = Read<typeof sort>;

const width = map(number, (pixels) => (pixels >= 0 && pixels < 10_000 ? pixels : undefined));

/** Which columns are hidden, and how wide some are, in CSS pixels; unknown columns are passed over. */
export const columnLayout = object({
  hidden: known(column),
  widths: knownMembers(column, width),
});
export type ColumnLayout = Read<typeof columnLayout>;

/** All columns, as wide as they are by themselves. */
export const defaultColumns: ColumnLayout = { hidden: [], widths: {} };
