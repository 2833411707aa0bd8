import { visible } from '../../core/text/visible';
import { type Column, columnInfo, type ColumnLayout } from '../../viewer/columns';
import type { Row } from '../../viewer/protocol';
import type { StringKey } from '../../viewer/strings';
import { formatTime } from '../lib/times';
import { number, words } from '../lib/words';

export const MIN_WIDTH = 40;
export const MAX_WIDTH = 2000;

export function columnWidth({ widths }: ColumnLayout, column: Column): number {
  const width = widths[column] ?? columnInfo[column].width;
  return Math.min(Math.max(width, MIN_WIDTH), MAX_WIDTH);
}

/**
 * Returns the CSS value of `grid-template-columns`. The column `value` takes the rest of the width
 * until it has a width of its own.
 */
export function columnTracks(layout: ColumnLayout, shown: readonly Column[]): string {
  return shown
    .map((column) => {
      const width = columnWidth(layout, column);
      const grows = column === 'value' && layout.widths.value === undefined;
      return grows ? `minmax(${width}px, 1fr)` : `${width}px`;
    })
    .join(' ');
}

/** Returns the minimum width of all shown columns together, in pixels. */
export function tableWidth(layout: ColumnLayout, shown: readonly Column[]): number {
  return shown.reduce((sum, column) => sum + columnWidth(layout, column), 0);
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
  column: Column,
  timeZone: string,
): { readonly text: string; readonly dim: boolean } {
  const text = row[column];
  if (text === null) return { text: words(MISSING[column] ?? 'null'), dim: true };
  if (text === '') return { text: words('empty'), dim: true };
  if (typeof text === 'string') return { text: visible(text), dim: false };
  if (column === 'timestamp') return { text: formatTime(text, timeZone), dim: false };
  return { text: column === 'size' ? number(text) : String(text), dim: false };
}
