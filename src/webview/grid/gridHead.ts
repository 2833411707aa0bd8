import {
  type Column,
  columnInfo,
  type ColumnLayout,
  columns,
  defaultColumns,
  isSortable,
  type Sort,
} from '../../viewer/columns';
import { element, setAttribute } from '../lib/dom';
import { columnWidth, MAX_WIDTH, MIN_WIDTH } from './tableColumns';
import { words } from '../lib/words';

interface GridHeadEvents {
  sort(sort: Sort | null): void;
  /** The width of a column changes. `done`: the change is finished. */
  resize(column: Column, width: number, done: boolean): void;
  /** Moves the keyboard down into the table. */
  leave(): void;
}

/** The number of pixels by which a key changes a width. */
const STEP = 16;

/** The head of the table. Click, Enter and Space sort; dragging, Alt+Left and Alt+Right resize. */
export class GridHead {
  readonly element = element('div', { class: 'head', role: 'rowgroup' });
  readonly #cells = new Map<Column, HTMLElement>();
  #layout: ColumnLayout = defaultColumns;
  #shown: readonly Column[] = columns;
  #sort: Sort | null = null;

  constructor(private readonly events: GridHeadEvents) {
    const row = element('div', { class: 'row', role: 'row', aria: { rowindex: '1' } });
    columns.forEach((column, index) => {
      const cell = this.#cell(column, index);
      this.#cells.set(column, cell);
      row.append(cell);
    });
    this.element.append(row);
    this.element.addEventListener('keydown', (event) => {
      this.#key(event);
    });
  }

  update(layout: ColumnLayout, shown: readonly Column[], sort: Sort | null): void {
    this.#layout = layout;
    this.#shown = shown;
    this.#sort = sort;
    const focused = [...this.#cells].find(([, cell]) => cell.tabIndex === 0)?.[0];
    const stop = focused && shown.includes(focused) ? focused : shown[0];
    for (const [column, cell] of this.#cells) {
      cell.hidden = !shown.includes(column);
      cell.tabIndex = column === stop ? 0 : -1;
      if (!isSortable(column)) continue;
      const direction = sort?.descending === true ? 'descending' : 'ascending';
      setAttribute(cell, 'aria-sort', sort?.column === column ? direction : 'none');
    }
  }

  focus(column: Column): void {
    for (const [name, cell] of this.#cells) cell.tabIndex = name === column ? 0 : -1;
    this.#cells.get(column)?.focus();
  }

  #cell(column: Column, index: number): HTMLElement {
    const { numeric, sortable } = columnInfo[column];
    const cell = element('div', {
      class: `cell${numeric ? ' numeric' : ''}${sortable ? ' sortable' : ''}`,
      role: 'columnheader',
      tabIndex: -1,
      title: words(sortable ? 'headTip' : 'headTipUnsorted', words(column)),
      aria: {
        colindex: String(index + 1),
        description: words(sortable ? 'headKeys' : 'headKeysUnsorted'),
      },
    });
    cell.append(element('span', { class: 'label', text: words(column) }));
    const edge = element('div', { class: 'edge', aria: { hidden: 'true' } });
    cell.append(edge);
    cell.addEventListener('click', (event) => {
      if (event.target !== edge) this.#sortBy(column);
    });
    edge.addEventListener('pointerdown', (event) => {
      this.#drag(event, edge, column);
    });
    edge.addEventListener('dblclick', () => {
      this.events.resize(column, columnInfo[column].width, true);
    });
    return cell;
  }

  /**
   * Goes from ascending to descending to the order of reading. Does nothing if messages cannot be
   * sorted by the column.
   */
  #sortBy(column: Column): void {
    if (!isSortable(column)) return;
    const sort = this.#sort?.column === column ? this.#sort : undefined;
    if (sort?.descending === true) this.events.sort(null);
    else this.events.sort({ column, descending: sort !== undefined });
  }

  #drag(down: PointerEvent, edge: HTMLElement, column: Column): void {
    const width = this.#cells.get(column)?.offsetWidth ?? columnWidth(this.#layout, column);
    const widthAt = (event: PointerEvent) => clamp(width + event.clientX - down.clientX);
    const move = (event: PointerEvent) => {
      this.events.resize(column, widthAt(event), false);
    };
    const end = (event: PointerEvent) => {
      edge.removeEventListener('pointermove', move);
      edge.removeEventListener('pointerup', end);
      edge.removeEventListener('pointercancel', end);
      if (event.clientX !== down.clientX) this.events.resize(column, widthAt(event), true);
    };
    down.preventDefault();
    edge.setPointerCapture(down.pointerId);
    edge.addEventListener('pointermove', move);
    edge.addEventListener('pointerup', end);
    edge.addEventListener('pointercancel', end);
  }

  #key(event: KeyboardEvent): void {
    const column = [...this.#cells].find(([, cell]) => cell === event.target)?.[0];
    if (!column) return;
    const shown = this.#shown;
    const index = shown.indexOf(column);
    const side = event.key === 'ArrowLeft' ? -1 : event.key === 'ArrowRight' ? 1 : 0;
    if (side !== 0 && event.altKey) {
      const width = this.#cells.get(column)?.offsetWidth ?? 0;
      this.events.resize(column, clamp(width + side * STEP), true);
    } else if (side !== 0) this.focus(shown[index + side] ?? column);
    else if (event.key === 'Home') this.focus(shown[0] ?? column);
    else if (event.key === 'End') this.focus(shown.at(-1) ?? column);
    else if (event.key === 'Enter' || event.key === ' ') this.#sortBy(column);
    else if (event.key === 'ArrowDown') this.events.leave();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
}

function clamp(width: number): number {
  return Math.round(Math.min(Math.max(width, MIN_WIDTH), MAX_WIDTH));
}
