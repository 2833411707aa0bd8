import { amount, number } from '../amount';
import { describeLimit, type Limits } from './limits';
import { ratio, type Row } from '../rows';

const HEADINGS = ['name', 'what', 'ours', 'yardstick', 'ratio', 'limit', 'spread'];
/** Of the columns above, those with numbers. */
const RIGHT = new Set(['ours', 'ratio', 'spread']);

/** The rows as a table of aligned columns, a line each, headings first. */
export function table(rows: readonly Row[], limits: Limits, quick: boolean): string[] {
  const lines = rows.map((row) => [
    row.name,
    row.what,
    amount(row.ours, row.unit),
    `${amount(row.yardstick.value, row.unit)}, ${row.yardstick.what}`,
    number(ratio(row)),
    describeLimit(row, limits[row.name], quick),
    row.spread === undefined ? '' : `±${(100 * row.spread).toFixed(0)} %`,
  ]);
  const all = [HEADINGS, ...lines];
  const widths = HEADINGS.map((_, column) =>
    Math.max(...all.map((cells) => cells[column]?.length ?? 0)),
  );
  return all.map((cells) =>
    cells
      .map((cell, column) => {
        const width = widths[column] ?? 0;
        return RIGHT.has(HEADINGS[column] ?? '') ? cell.padStart(width) : cell.padEnd(width);
      })
      .join('  ')
      .trimEnd(),
  );
}
