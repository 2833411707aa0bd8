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
  /** The schema of its cells. The type of a row follows from it. */
  readonly cell: Schema<T>;
  /** Its initial width, in CSS pixels. */
  readonly width: number;
  /** The width that it may shrink to where there is little room; by default it does not shrink. */
  readonly min?: number;
  /** Whether it is aligned to the right. */
  readonly numeric: boolean;
  /** Whether messages can be sorted by it. */
  readonly sortable: boolean;
}

/**
 * The columns of the table, in their order. To add a column, add an entry here whose name is a key
 * of `strings.ts`. The compiler then asks for its value in `session/rows.ts`, for its check in
 * `webview/toWebview.ts` and, if it is sortable, for its order in `index/sortKeys.ts`.
 */
export const columnInfo = {
  partition: { cell: index, width: 90, numeric: true, sortable: true },
  /** Decimal digits. */
  offset: { cell: digits, width: 92, numeric: true, sortable: true },
  /** Epoch milliseconds. */
  timestamp: { cell: nullable(number), width: 190, numeric: false, sortable: true },
  key: { cell: nullable(string), width: 150, min: 80, numeric: false, sortable: true },
  /** `null`: a tombstone. */
  value: { cell: nullable(string), width: 240, min: 150, numeric: false, sortable: true },
  /** The size of key and value, in bytes. */
  size: { cell: index, width: 72, min: 60, numeric: true, sortable: true },
  /** As `a=text, b=(null)`; `null`: there are none. Sorting by such texts would make no sense. */
  headers: { cell: nullable(string), width: 200, min: 90, numeric: false, sortable: false },
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

/** Returns the columns to offer, without the one for headers if messages cannot have headers. */
export function offeredColumns({ headers }: { readonly headers: boolean }): readonly Column[] {
  return columns.filter((column) => headers || column !== 'headers');
}

/** The contents of the cells of a row, by column. */
export type Cells = { readonly [C in Column]: Read<(typeof columnInfo)[C]['cell']> };

export const sort = object({ column: literal(...columns.filter(isSortable)), descending: boolean });
export type Sort = Read<typeof sort>;

const width = map(number, (pixels) => (pixels >= 0 && pixels < 10_000 ? pixels : undefined));

/** The hidden columns, and the widths of columns in CSS pixels. Unknown columns are dropped. */
export const columnLayout = object({
  hidden: known(column),
  widths: knownMembers(column, width),
});
export type ColumnLayout = Read<typeof columnLayout>;

/** All columns, in their initial widths. */
export const defaultColumns: ColumnLayout = { hidden: [], widths: {} };

/**
 * Returns the offered columns that a layout shows. If it hides all of them, for example because its
 * only visible column is not offered here, returns all offered columns.
 */
export function shownColumns(
  { hidden }: ColumnLayout,
  offered: readonly Column[],
): readonly Column[] {
  const shown = offered.filter((column) => !hidden.includes(column));
  return shown.length > 0 ? shown : offered;
}
