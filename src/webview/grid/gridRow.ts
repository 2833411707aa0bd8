import { type AnyColumn, infoOf } from '../../viewer/columns';
import { isField } from '../../viewer/fieldColumn';
import { visible } from '../../core/text/visible';
import type { CellNote, Row } from '../../viewer/protocol';
import { element, setAttribute, setText } from '../lib/dom';
import { MESSAGE_CONTEXT } from '../lib/menuContext';
import { cellText } from './tableColumns';

/** The id of the current cell, for `aria-activedescendant`. */
export const ACTIVE_CELL = 'active-cell';

interface RowLook {
  /** `undefined` until the row has arrived. */
  readonly row: Row | undefined;
  readonly selected: boolean;
  /** The column of the current cell, if it is in this row. */
  readonly active: AnyColumn | undefined;
  /** All columns, and those that are not hidden, in their order. */
  readonly offered: readonly AnyColumn[];
  readonly shown: readonly AnyColumn[];
  readonly timeZone: string;
}

/** Returns an element that can show any row of the table. */
export function createRow(): HTMLElement {
  const row = element('div', { class: 'row', role: 'row' });
  row.dataset['vscodeContext'] = MESSAGE_CONTEXT;
  return row;
}

/** Gives a row a cell for each column, in their order. */
function layCells(row: HTMLElement, offered: readonly AnyColumn[]): void {
  const layout = JSON.stringify(offered);
  if (row.dataset['layout'] === layout) return;
  row.dataset['layout'] = layout;
  const cells = offered.map((column, index) => {
    const numeric = infoOf(column).numeric ? ' numeric' : '';
    const cell = element('div', {
      class: `cell ${isField(column) ? 'of-field' : column}${numeric}`,
      role: 'gridcell',
      aria: { colindex: String(index + 1) },
    });
    cell.dataset['column'] = column;
    return cell;
  });
  row.replaceChildren(...cells);
}

/** Makes an element of `createRow` show a row. */
export function fillRow(target: HTMLElement, index: number, look: RowLook): void {
  const { row, selected, active, offered, shown, timeZone } = look;
  layCells(target, offered);
  setAttribute(target, 'aria-rowindex', String(index + 2));
  setAttribute(target, 'aria-selected', String(selected));
  setAttribute(target, 'aria-busy', row ? null : 'true');
  target.classList.toggle('odd', index % 2 === 1);
  offered.forEach((column, at) => {
    const cell = target.children[at];
    if (!(cell instanceof HTMLElement)) return;
    cell.hidden = !shown.includes(column);
    setAttribute(cell, 'id', column === active ? ACTIVE_CELL : null);
    const { text, dim } = row ? cellText(row, column, timeZone) : LOADING;
    const note = row && noteIn(row, column);
    if (note) showNoted(cell, note, text);
    else setText(cell, text);
    cell.classList.toggle('dim', dim);
  });
}

function noteIn(row: Row, column: AnyColumn): CellNote | null {
  if (column === 'key') return row.keyNote;
  return column === 'value' ? row.valueNote : null;
}

/** Shows a text after a mark for what there is to note of it. */
function showNoted(cell: HTMLElement, { kind, text: note }: CellNote, text: string): void {
  const mark = element('span', {
    class: `cell-note ${kind}`,
    role: 'img',
    title: visible(note),
    aria: { label: visible(note) },
    text: kind === 'problem' ? '\u26a0' : visible(note),
  });
  cell.replaceChildren(mark, text);
}

const LOADING = { text: '\u2026', dim: true };
