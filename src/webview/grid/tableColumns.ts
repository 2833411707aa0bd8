import { visible } from '../../core/text/visible';
import { type AnyColumn, type Column, type ColumnLayout, infoOf } from '../../viewer/columns';
import { fieldLabel, isField } from '../../viewer/fieldColumn';
import type { Row } from '../../viewer/protocol';
import type { StringKey } from '../../viewer/strings';
import { formatTime } from '../lib/times';
import { number, words } from '../lib/words';

export const MIN_WIDTH = 40;
export const MAX_WIDTH = 2000;

export function columnWidth({ widths }: ColumnLayout, column: AnyColumn): number {
  const width = widths[column] ?? infoOf(column).width;
  return Math.min(Math.max(width, MIN_WIDTH), MAX_WIDTH);
}

/** The width that a column keeps in a narrow table, until it has a width of its own. */
function minWidth(layout: ColumnLayout, column: AnyColumn): number {
  const { width, min = width } = infoOf(column);
  return layout.widths[column] === undefined ? min : columnWidth(layout, column);
}

/** A hundredth of the width, in pixels, from which on no column has to shrink. */
const ROOMY = 10.5;

/**
 * Returns the CSS value of `grid-template-columns`. The value, or else the last column, takes the
 * rest of the width.
 */
export function columnTracks(layout: ColumnLayout, shown: readonly AnyColumn[]): string {
  const growing = shown.includes('value') ? 'value' : shown.at(-1);
  return shown
    .map((column) => {
      const min = minWidth(layout, column);
      const max = columnWidth(layout, column);
      if (column === growing) return `minmax(${min}px, 1fr)`;
      return min === max ? `${max}px` : `minmax(${min}px, min(${max}px, ${max / ROOMY}%))`;
    })
    .join(' ');
}

/** Returns the minimum width of all shown columns together, in pixels. */
export function tableWidth(layout: ColumnLayout, shown: readonly AnyColumn[]): number {
  return shown.reduce((sum, column) => sum + minWidth(layout, column), 0);
}

/** Returns what stands above a column. */
export function headOf(column: AnyColumn): string {
  return isField(column) ? visible(fieldLabel(column)) : words(column);
}

/** The words for null in columns in which it has a meaning of its own. */
const MISSING: Readonly<Partial<Record<Column, StringKey>>> = {
  timestamp: 'noTimestamp',
  value: 'tombstone',
  headers: 'noHeaders',
};

/** Returns the text of a cell. `dim` marks a word that stands for a missing text. */
export function cellText(
  row: Row,
  column: AnyColumn,
  timeZone: string,
): { readonly text: string; readonly dim: boolean } {
  if (isField(column)) {
    const text = row.fields[column];
    return { text: text === undefined ? '' : visible(text), dim: text === 'null' };
  }
  const text = row[column];
  if (text === null) return { text: words(MISSING[column] ?? 'null'), dim: true };
  if (text === '') return { text: words('empty'), dim: true };
  if (typeof text === 'string') return { text: visible(text), dim: false };
  if (column === 'timestamp') return { text: formatTime(text, timeZone), dim: false };
  return { text: column === 'size' ? number(text) : String(text), dim: false };
}
