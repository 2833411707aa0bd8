import { visible } from '../../core/text/visible';
import { type Column, type ColumnLayout, columns, type Row } from '../../viewer/protocol';
import type { StringKey } from '../../viewer/strings';
import { formatTime } from '../lib/times';
import { number, words } from '../lib/words';

interface TableColumn {
  readonly label: StringKey;
  /** In pixels. */
  readonly width: number;
  readonly numeric?: true;
}

export const tableColumns: Readonly<Record<Column, TableColumn>> = {
  partition: { label: 'partition', width: 90, numeric: true },
  offset: { label: 'offset', width: 100, numeric: true },
  timestamp: { label: 'timestamp', width: 200 },
  key: { label: 'key', width: 150 },
  value: { label: 'value', width: 240 },
  size: { label: 'size', width: 72, numeric: true },
};

export const MIN_WIDTH = 40;
export const MAX_WIDTH = 2000;

export function shownColumns({ hidden }: ColumnLayout): readonly Column[] {
  return columns.filter((column) => !hidden.includes(column));
}

export function columnWidth({ widths }: ColumnLayout, column: Column): number {
  const width = widths[column] ?? tableColumns[column].width;
  return Math.min(Math.max(width, MIN_WIDTH), MAX_WIDTH);
}

/** For CSS's `grid-template-columns`: the value takes what is left, until it is given a width. */
export function columnTracks(layout: ColumnLayout): string {
  return shownColumns(layout)
    .map((column) => {
      const width = columnWidth(layout, column);
      const grows = column === 'value' && layout.widths.value === undefined;
      return grows ? `minmax(${width}px, 1fr)` : `${width}px`;
    })
    .join(' ');
}

/** The least width that all columns need together, in pixels. */
export function tableWidth(layout: ColumnLayout): number {
  return shownColumns(layout).reduce((sum, column) => sum + columnWidth(layout, column), 0);
}

/** The text of a cell. `dim` marks a word that stands for missing text. */
export function cellText(
  row: Row,
  column: Column,
  timeZone: string,
): { readonly text: string; readonly dim: boolean } {
  const text = row[column];
  if (text === null) {
    const key = column === 'value' ? 'tombstone' : column === 'key' ? 'null' : 'noTimestamp';
    return { text: words(key), dim: true };
  }
  if (text === '') return { text: words('empty'), dim: true };
  if (typeof text === 'string') return { text: visible(text), dim: false };
  if (column === 'timestamp') return { text: formatTime(text, timeZone), dim: false };
  return { text: column === 'size' ? number(text) : String(text), dim: false };
}
