import {
  type AnyColumn,
  type ColumnLayout,
  defaultColumns,
  infoOf,
  isSortable,
  type Sort,
} from '../../viewer/columns';
import { type FieldColumn, isField } from '../../viewer/fieldColumn';
import { commandKey, element, setAttribute } from '../lib/dom';
import { columnWidth, headOf, MAX_WIDTH, MIN_WIDTH } from './tableColumns';
import { words } from '../lib/words';

interface GridHeadEvents {
  sort(sort: Sort | null): void;
  /** The width of a column changes. `done`: the change is finished. */
  resize(column: AnyColumn, width: number, done: boolean): void;
  /** A column is to stand before another one, or at the end. */
  move(column: AnyColumn, before: AnyColumn | undefined): void;
  /** The column of a field is not wanted any more. */
  remove(column: FieldColumn): void;
  /** Moves the keyboard down into the table. */
  leave(): void;
}

/** The number of pixels by which a key changes a width. */
const STEP = 16;
/** The number of pixels from which on a press is a drag. */
const DRAG = 6;

/**
 * The head of the table. Click, Enter and Space sort; dragging an edge, Alt+Left and Alt+Right
 * resize; dragging a head, Ctrl+Shift+Left and Ctrl+Shift+Right move; Delete removes a field.
 */
export class GridHead {
  readonly element = element('div', { class: 'head', role: 'rowgroup' });
  readonly #row = element('div', { class: 'row', role: 'row', aria: { rowindex: '1' } });
  #cells = new Map<AnyColumn, HTMLElement>();
  #layout: ColumnLayout = defaultColumns;
  #shown: readonly AnyColumn[] = [];
  #sort: Sort | null = null;

  constructor(private readonly events: GridHeadEvents) {
    this.element.append(this.#row);
    this.element.addEventListener('keydown', (event) => {
      this.#key(event);
    });
  }

  update(
    layout: ColumnLayout,
    offered: readonly AnyColumn[],
    shown: readonly AnyColumn[],
    sort: Sort | null,
  ): void {
    this.#layCells(offered);
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

  /** Makes a cell for each column, in their order. A cell that stays keeps the focus. */
  #layCells(offered: readonly AnyColumn[]): void {
    if ([...this.#cells.keys()].join() === offered.join()) return;
    const focused = document.activeElement;
    this.#cells = new Map(
      offered.map((column) => [column, this.#cells.get(column) ?? this.#cell(column)]),
    );
    [...this.#cells.values()].forEach((cell, index) => {
      setAttribute(cell, 'aria-colindex', String(index + 1));
    });
    this.#row.replaceChildren(...this.#cells.values());
    if (focused instanceof HTMLElement && this.#row.contains(focused)) focused.focus();
  }

  focus(column: AnyColumn): void {
    for (const [name, cell] of this.#cells) cell.tabIndex = name === column ? 0 : -1;
    this.#cells.get(column)?.focus();
  }

  #cell(column: AnyColumn): HTMLElement {
    const { numeric } = infoOf(column);
    const sortable = isSortable(column);
    const cell = element('div', {
      class: `cell${numeric ? ' numeric' : ''}${sortable ? ' sortable' : ''}`,
      role: 'columnheader',
      tabIndex: -1,
      title: words(sortable ? 'headTip' : 'headTipUnsorted', headOf(column)),
      aria: {
        description: words(
          isField(column) ? 'headKeysField' : sortable ? 'headKeys' : 'headKeysUnsorted',
        ),
      },
    });
    cell.append(element('span', { class: 'label', text: headOf(column) }));
    const edge = element('div', { class: 'edge', aria: { hidden: 'true' } });
    cell.append(edge);
    cell.addEventListener('click', (event) => {
      if (event.target !== edge && !this.#hasMoved) this.#sortBy(column);
      this.#hasMoved = false;
    });
    cell.addEventListener('pointerdown', (event) => {
      if (event.target !== edge && event.button === 0) this.#carry(event, cell, column);
    });
    edge.addEventListener('pointerdown', (event) => {
      this.#drag(event, edge, column);
    });
    edge.addEventListener('dblclick', () => {
      this.events.resize(column, infoOf(column).width, true);
    });
    return cell;
  }

  /**
   * Goes from ascending to descending to the order of reading. Does nothing if messages cannot be
   * sorted by the column.
   */
  #sortBy(column: AnyColumn): void {
    if (!isSortable(column)) return;
    const sort = this.#sort?.column === column ? this.#sort : undefined;
    if (sort?.descending === true) this.events.sort(null);
    else this.events.sort({ column, descending: sort !== undefined });
  }

  /** Whether the pointer has just moved a column, so that the click that follows does not sort. */
  #hasMoved = false;

  /** Moves a column to where the pointer drops it. */
  #carry(down: PointerEvent, cell: HTMLElement, column: AnyColumn): void {
    this.#hasMoved = false;
    const ended = new AbortController();
    const { signal } = ended;
    const under = (event: PointerEvent) =>
      [...this.#cells].find(([, other]) => {
        const { left, right } = other.getBoundingClientRect();
        return !other.hidden && event.clientX >= left && event.clientX < right;
      });
    const mark = (target?: HTMLElement) => {
      for (const other of this.#cells.values()) other.classList.toggle('target', other === target);
    };
    window.addEventListener(
      'pointermove',
      (event) => {
        if (Math.abs(event.clientX - down.clientX) > DRAG) this.#hasMoved = true;
        const target = under(event)?.[1];
        if (this.#hasMoved) mark(target === cell ? undefined : target);
      },
      { signal },
    );
    const end = (event: PointerEvent) => {
      ended.abort();
      mark();
      const [target] = under(event) ?? [];
      if (this.#hasMoved && event.type === 'pointerup') this.#moveTo(column, target);
    };
    window.addEventListener('pointerup', end, { signal });
    window.addEventListener('pointercancel', end, { signal });
  }

  /** Lets a column take the place of another one, which makes room for it. */
  #moveTo(column: AnyColumn, target: AnyColumn | undefined): void {
    const shown = this.#shown;
    const [from, to] = [shown.indexOf(column), target === undefined ? -1 : shown.indexOf(target)];
    if (to < 0 || to === from) return;
    this.events.move(column, to < from ? target : shown[to + 1]);
  }

  #drag(down: PointerEvent, edge: HTMLElement, column: AnyColumn): void {
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
    } else if (side !== 0 && event.shiftKey && commandKey(event)) {
      this.#moveTo(column, shown[index + side]);
    } else if (side !== 0) this.focus(shown[index + side] ?? column);
    else if (event.key === 'Delete' && isField(column)) {
      this.events.remove(column);
      this.focus(shown[index + 1] ?? shown[index - 1] ?? column);
    } else if (event.key === 'Home') this.focus(shown[0] ?? column);
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
