import {
  type AnyColumn,
  anyColumn,
  type ColumnLayout,
  defaultColumns,
  offeredColumns,
  moved,
  shownColumns,
  type Sort,
  without,
} from '../../viewer/columns';
import type { Row, ViewerState } from '../../viewer/protocol';
import { element, setAttribute } from '../lib/dom';
import { GridHead } from './gridHead';
import { ACTIVE_CELL, createRow, fillRow } from './gridRow';
import { MESSAGE_CONTEXT, NO_CONTEXT } from '../lib/menuContext';
import { columnTracks, tableWidth } from './tableColumns';
import { VirtualRows } from '../lib/virtualRows';
import { words } from '../lib/words';

interface GridTableEvents {
  /** Returns the content of a row. */
  readonly look: (index: number) => { readonly row: Row | undefined; readonly selected: boolean };
  /** Returns the current row. */
  readonly active: () => number | undefined;
  readonly sort: (sort: Sort | null) => void;
  /** The person changed the layout of the columns. */
  readonly layout: (layout: ColumnLayout) => void;
  readonly onSight: (start: number, end: number) => void;
  readonly onScroll: (pixels: number) => void;
  readonly onResize: (start: number, end: number) => void;
}

/** The elements of the table: head, rows, and the current cell. */
export class GridTable {
  readonly element = element('div', {
    class: 'grid',
    role: 'grid',
    tabIndex: 0,
    aria: {
      label: words('messages'),
      multiselectable: 'true',
      description: words('gridKeys'),
    },
  });
  readonly body = element('div', { class: 'body', role: 'rowgroup' });
  readonly rows: VirtualRows;
  readonly #head: GridHead;
  #layout: ColumnLayout = defaultColumns;
  #offered: readonly AnyColumn[] = offeredColumns({ headers: false }, defaultColumns);
  #shown = this.#offered;
  #timeZone = 'UTC';
  #column: AnyColumn = 'offset';
  #rowHeight = 22;

  constructor(private readonly events: GridTableEvents) {
    const { element: grid, body } = this;
    this.#head = new GridHead({
      sort: events.sort,
      resize: (column, width, done) => {
        const layout = { ...this.#layout, widths: { ...this.#layout.widths, [column]: width } };
        if (done) events.layout(layout);
        else this.#lay(layout, this.#shown);
      },
      move: (column, before) => {
        events.layout(moved(this.#layout, this.#offered, column, before));
      },
      remove: (column) => {
        events.layout(without(this.#layout, column));
      },
      leave: () => {
        this.focus();
      },
    });
    this.#head.element.dataset['vscodeContext'] = NO_CONTEXT;
    grid.dataset['vscodeContext'] = MESSAGE_CONTEXT;
    grid.append(this.#head.element, body);
    this.rows = new VirtualRows({
      scroller: grid,
      body,
      rowHeight: () => this.#rowHeight,
      headHeight: () => this.#head.element.offsetHeight,
      create: createRow,
      fill: (row, index) => {
        this.#fill(row, index);
      },
      onSight: events.onSight,
      onScroll: events.onScroll,
      onResize: events.onResize,
    });
    // Without tracks, all heads would lie on each other until the first state comes.
    this.#lay(defaultColumns, this.#shown);
    this.#head.update(defaultColumns, this.#offered, this.#shown, null);
  }

  get rowHeight(): number {
    return this.#rowHeight;
  }

  /** The column of the current cell, or the first column while that one is hidden. */
  get column(): AnyColumn {
    const shown = this.#shown;
    return shown.includes(this.#column) ? this.#column : (shown[0] ?? this.#column);
  }

  set column(column: AnyColumn) {
    this.#column = column;
  }

  update(state: ViewerState, layout: ColumnLayout): void {
    const { sort, timeZone, counts } = state;
    const offered = offeredColumns(state, layout);
    const shown = shownColumns(layout, offered);
    const filled = `${this.#offered.join()} ${this.#shown.join()} ${this.#timeZone}`;
    this.#offered = offered;
    this.#timeZone = timeZone;
    this.#lay(layout, shown);
    this.#head.update(layout, offered, shown, sort);
    setAttribute(this.element, 'aria-colcount', String(offered.length));
    setAttribute(this.element, 'aria-rowcount', String(counts.matched + 1));
    if (filled !== `${offered.join()} ${shown.join()} ${timeZone}`) this.rows.refresh();
  }

  /** Adapts the rows to the size of the font, in pixels. */
  measure(fontSize: number): void {
    const row = this.rows.top / this.#rowHeight;
    this.#rowHeight = Math.max(22, Math.ceil(1.6 * fontSize));
    document.documentElement.style.setProperty('--row-height', `${this.#rowHeight}px`);
    this.rows.resize(this.rows.count, row * this.#rowHeight);
  }

  focus(): void {
    this.element.focus({ preventScroll: true });
  }

  focusHead(): void {
    this.#head.focus(this.column);
  }

  /** Shows the current cell and the selection. */
  showActive(): void {
    this.rows.refresh();
    this.markActive();
  }

  /** Tells assistive technology which cell is current, if its element exists. */
  markActive(): void {
    const row = this.events.active();
    const there = row !== undefined && this.rows.elementOf(row) !== undefined;
    setAttribute(this.element, 'aria-activedescendant', there ? ACTIVE_CELL : null);
  }

  moveColumn(by: number): void {
    const shown = this.#shown;
    const index = Math.min(Math.max(shown.indexOf(this.column) + by, 0), shown.length - 1);
    this.#column = shown[index] ?? this.#column;
    this.showActive();
    document.getElementById(ACTIVE_CELL)?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }

  /** Returns the row under the pointer. The column there becomes the current one. */
  rowAt(event: MouseEvent): number | undefined {
    const cell = event.target instanceof Element ? event.target.closest('.cell') : null;
    const column = cell instanceof HTMLElement ? anyColumn(cell.dataset['column']) : undefined;
    if (column) this.#column = column;
    return this.rows.indexOf(event.target);
  }

  /** Whether the first or last row is in sight. */
  isAt(edge: 'start' | 'end'): boolean {
    return edge === 'start' ? this.rows.atStart : this.rows.atEnd;
  }

  #lay(layout: ColumnLayout, shown: readonly AnyColumn[]): void {
    this.#layout = layout;
    this.#shown = shown;
    this.element.style.setProperty('--columns', columnTracks(layout, shown));
    this.element.style.setProperty('--table-width', `${tableWidth(layout, shown)}px`);
  }

  #fill(target: HTMLElement, index: number): void {
    fillRow(target, index, {
      ...this.events.look(index),
      active: index === this.events.active() ? this.column : undefined,
      offered: this.#offered,
      shown: this.#shown,
      timeZone: this.#timeZone,
    });
  }
}
