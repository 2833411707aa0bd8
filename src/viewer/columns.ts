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
  /** What its cells hold; the type of a row follows from it. */
  readonly cell: Schema<T>;
  /** Its width until a person changes it, in CSS pixels. */
  readonly width: number;
  /** Whether it is set to the right. */
  readonly numeric: boolean;
  /** Whether messages can be sorted by it. */
  readonly sortable: boolean;
}

/**
 * The columns of the table, in their order. Another one is an entry here, with a name that is a key of
 * `strings.ts`. The compiler then asks for its value in `session/rows.ts`, for its place in what the
 * webview checks in `webview/toWebview.ts` and, if it is sortable, for its order in `index/sortKeys.ts`.
 */
export const columnInfo = {
  partition: { cell: index, width: 90, numeric: true, sortable: true },
  /** Decimal digits. */
  offset: { cell: digits, width: 100, numeric: true, sortable: true },
  /** Epoch milliseconds. */
  timestamp: { cell: nullable(number), width: 200, numeric: false, sortable: true },
  key: { cell: nullable(string), width: 150, numeric: false, sortable: true },
  /** `null`: a tombstone. */
  value: { cell: nullable(string), width: 240, numeric: false, sortable: true },
  /** Bytes of key and value. */
  size: { cell: index, width: 72, numeric: true, sortable: true },
  /** As `a=text, b=(null)`; `null`: there are none. An order of such texts would tell nothing. */
  headers: { cell: nullable(string), width: 200, numeric: false, sortable: false },
} as const satisfies Readonly<Record<string, ColumnInfo<unknown>>>;

export type Column = keyof typeof columnInfo;

export const columns = Object.keys(columnInfo) as readonly Column[];

export const column = literal(...columns);

/** The columns that messages can be sorted by. */
export type SortColumn = {
  [C in Column]: (typeof columnInfo)[C]['sortable'] extends true ? C : never;
}[Column];

export function isSortable(column: Column): column is SortColumn {
  return columnInfo[column].sortable;
}

/** The columns that there are for messages that may, or cannot, have headers. */
export function offeredColumns({ headers }: { readonly headers: boolean }): readonly Column[] {
  return columns.filter((column) => headers || column !== 'headers');
}

/** What the cells of a row hold, by their columns. */
export type Cells = { readonly [C in Column]: Read<(typeof columnInfo)[C]['cell']> };

export const sort = object({ column: literal(...columns.filter(isSortable)), descending: boolean });
export type Sort = Read<typeof sort>;

const width = map(number, (pixels) => (pixels >= 0 && pixels < 10_000 ? pixels : undefined));

/** Which columns are hidden, and how wide some are, in CSS pixels. Unknown columns are left out. */
export const columnLayout = object({
  hidden: known(column),
  widths: knownMembers(column, width),
});
export type ColumnLayout = Read<typeof columnLayout>;

/** All columns, in their first widths. */
export const defaultColumns: ColumnLayout = { hidden: [], widths: {} };

/**
 * The columns that a layout shows of those that are offered. Shows all of them if it hides each one, as
 * a layout does that left nothing but a column that is not offered here.
 */
export function shownColumns(
  { hidden }: ColumnLayout,
  offered: readonly Column[],
): readonly Column[] {
  const shown = offered.filter((column) => !hidden.includes(column));
  return shown.length > 0 ? shown : offered;
}
