import {
  boolean,
  digits,
  either,
  index,
  known,
  knownMembers,
  lenient,
  literal,
  map,
  nullable,
  number,
  object,
  type Read,
  type Schema,
  string,
} from '../core/schema';
import { type FieldColumn, fieldLabel, isField } from './fieldColumn';

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

/** The columns of fields begin as wide as what stands above them, within limits. */
function fieldInfo(column: FieldColumn): Omit<ColumnInfo<unknown>, 'cell'> {
  const head = fieldLabel(column).length * 8 + 32;
  const [width, min] = [clamp(head, 150, 260), clamp(head, 70, 120)];
  return { width, min, numeric: false, sortable: true };
}

function clamp(width: number, least: number, most: number): number {
  return Math.min(Math.max(width, least), most);
}

export type Column = keyof typeof columnInfo;

export const columns = Object.keys(columnInfo) as readonly Column[];

export const column = literal(...columns);

/** The columns that every viewer has, and those of fields. */
export type AnyColumn = Column | FieldColumn;

export const fieldColumn: Schema<FieldColumn> = map(string, (text) =>
  isField(text) ? text : undefined,
);

export const anyColumn: Schema<AnyColumn> = either(column, fieldColumn);

/** The columns that messages can be sorted by. */
export type SortColumn =
  | FieldColumn
  | {
      [C in Column]: (typeof columnInfo)[C]['sortable'] extends true ? C : never;
    }[Column];

export function isSortable(column: AnyColumn): column is SortColumn {
  return isField(column) || columnInfo[column].sortable;
}

/** Returns how a column is laid out. */
export function infoOf(column: AnyColumn): Omit<ColumnInfo<unknown>, 'cell'> {
  return isField(column) ? fieldInfo(column) : columnInfo[column];
}

/**
 * Returns the columns to offer, in their order: those of fields stand before the value unless the
 * layout says otherwise. The one for headers is not offered if messages cannot have headers.
 */
export function offeredColumns(
  { headers }: { readonly headers: boolean },
  { fields = [], order = [] }: ColumnLayout,
): readonly AnyColumn[] {
  const all = columns
    .flatMap((column): readonly AnyColumn[] =>
      column === 'value' ? [...fields, column] : [column],
    )
    .filter((column) => headers || column !== 'headers');
  const placed = order.filter((column) => all.includes(column));
  // One that came later follows the one before it.
  const result: AnyColumn[] = [...placed];
  all.forEach((column, at) => {
    if (result.includes(column)) return;
    const before = all[at - 1];
    result.splice(before === undefined ? 0 : result.indexOf(before) + 1, 0, column);
  });
  return result;
}

/** The contents of the cells of a row, by column. */
export type Cells = { readonly [C in Column]: Read<(typeof columnInfo)[C]['cell']> };

const sortColumn: Schema<SortColumn> = map(anyColumn, (read) =>
  isSortable(read) ? read : undefined,
);

export const sort = object({ column: sortColumn, descending: boolean });
export type Sort = Read<typeof sort>;

const width = map(number, (pixels) => (pixels >= 0 && pixels < 10_000 ? pixels : undefined));

/** More fields would not be legible, and each is looked for in every row. */
export const MAX_FIELDS = 30;

function firstOf<T>(all: readonly T[], count: number): readonly T[] {
  return [...new Set(all)].slice(0, count);
}

/**
 * The hidden columns, the widths of columns in CSS pixels, the columns of fields, and the order of
 * columns if it is not the usual one. Unknown columns are dropped.
 */
export const columnLayout = object({
  hidden: known(anyColumn),
  widths: knownMembers(anyColumn, width),
  fields: lenient(map(known(fieldColumn), (read) => firstOf(read, MAX_FIELDS))),
  order: lenient(map(known(anyColumn), (read) => firstOf(read, 2 * MAX_FIELDS))),
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
  offered: readonly AnyColumn[],
): readonly AnyColumn[] {
  const shown = offered.filter((column) => !hidden.includes(column));
  return shown.length > 0 ? shown : offered;
}

/** Returns the layout with a field as a column, before that of the value; shown if it was hidden. */
export function withField(layout: ColumnLayout, field: FieldColumn): ColumnLayout {
  const { fields = [], hidden } = layout;
  const all = fields.includes(field) ? fields : [...fields, field].slice(-MAX_FIELDS);
  return { ...layout, fields: all, hidden: hidden.filter((column) => column !== field) };
}

/** Returns the layout without the column of a field. */
export function without(layout: ColumnLayout, field: FieldColumn): ColumnLayout {
  const { fields = [], order = [], hidden } = layout;
  const other = (column: AnyColumn): boolean => column !== field;
  return {
    ...layout,
    fields: fields.filter(other),
    order: order.filter(other),
    hidden: hidden.filter(other),
  };
}

/** Returns the layout with a column in another place: before another one, or at the end. */
export function moved(
  layout: ColumnLayout,
  offered: readonly AnyColumn[],
  column: AnyColumn,
  before: AnyColumn | undefined,
): ColumnLayout {
  const order = offered.filter((other) => other !== column);
  const at = before === undefined ? -1 : order.indexOf(before);
  order.splice(at < 0 ? order.length : at, 0, column);
  return { ...layout, order };
}
