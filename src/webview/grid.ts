import {
  type Column,
  type ColumnLayout,
  columns,
  type Sequence,
  type ToHost,
  type ToWebview,
  type ViewerState,
} from '../viewer/protocol';
import { commandKey, element, setAttribute } from './dom';
import { GridHead } from './gridHead';
import { gridKey } from './gridKeys';
import { ACTIVE_CELL, createRow, fillRow } from './gridRow';
import { GridSelection } from './gridSelection';
import { messageContext, noContext } from './menuContext';
import type { SavedTable } from './savedView';
import { type Anchor, type RowMove, RowSource, type RowView } from './rowSource';
import { columnTracks, shownColumns, tableWidth } from './tableColumns';
import { VirtualRows } from './virtualRows';
import { words } from './words';

interface GridEvents {
  tell(message: ToHost): void;
  layout(layout: ColumnLayout): void;
  /** What was selected is to be opened or copied. */
  act(action: 'openMessage' | 'copyMessage'): void;
  /** Another selection, or another row that the keyboard is at; `limited`: not all that was meant. */
  selected(limited: boolean): void;
  /** Something changed that the next webview is to know. */
  changed(): void;
}

/** The table of messages: an ARIA grid over any number of rows. */
export class Grid implements RowView {
  readonly element = element('div', {
    class: 'grid',
    role: 'grid',
    tabIndex: 0,
    aria: {
      label: words('messages'),
      multiselectable: 'true',
      colcount: String(columns.length),
      description: words('gridKeys'),
    },
  });
  readonly #head: GridHead;
  readonly #body = element('div', { class: 'body', role: 'rowgroup' });
  readonly #rows: VirtualRows;
  readonly #source: RowSource;
  readonly selection: GridSelection;
  #state: ViewerState | undefined;
  #layout: ColumnLayout = { hidden: [], widths: {} };
  #column: Column = 'offset';
  /** What the webview before this one showed, until there are rows again. */
  #restored: SavedTable | undefined;
  #rowHeight = 22;
  /** Of the rows that the selection's row is one of. */
  #version = -1;

  constructor(
    private readonly events: GridEvents,
    saved: SavedTable | undefined,
  ) {
    this.#restored = saved;
    this.#source = new RowSource((message) => {
      events.tell(message);
    }, this);
    this.selection = new GridSelection(this.#source, (limited) => {
      this.#rows.refresh();
      this.#markActive();
      events.selected(limited);
      events.changed();
    });
    this.#head = new GridHead({
      sort: (sort) => {
        events.tell({ type: 'sort', sort });
      },
      resize: (column, width, done) => {
        const layout = { ...this.#layout, widths: { ...this.#layout.widths, [column]: width } };
        if (done) events.layout(layout);
        else this.#show(layout);
      },
      leave: () => {
        this.focus();
      },
    });
    this.#head.element.dataset['vscodeContext'] = noContext;
    this.element.dataset['vscodeContext'] = messageContext;
    this.element.append(this.#head.element, this.#body);
    this.#rows = new VirtualRows({
      scroller: this.element,
      body: this.#body,
      rowHeight: () => this.#rowHeight,
      headHeight: () => this.#head.element.offsetHeight,
      create: createRow,
      fill: (row, index) => {
        this.#fill(row, index);
      },
      onSight: (start, end) => {
        this.#source.want(start, end);
        events.changed();
      },
    });
    this.#listen();
  }

  get rowHeight(): number {
    return this.#rowHeight;
  }

  /** The message that the keyboard is at, if it alone is selected. */
  get single(): Sequence | undefined {
    const [sequence, another] = this.selection.selected;
    return another === undefined ? sequence : undefined;
  }

  get saved(): SavedTable | undefined {
    const [start] = this.#rows.sight;
    const row = this.#source.get(start);
    if (!row) return this.#restored;
    const { sequence, partition, offset } = row;
    return {
      top: { sequence, partition, offset },
      pixels: this.#rows.top - start * this.#rowHeight,
      atEnd: this.#rows.overflows && this.#rows.atEnd,
      selected: [...this.selection.selected],
      active: this.selection.sequence ?? null,
      column: this.#column,
    };
  }

  focus(): void {
    this.element.focus({ preventScroll: true });
  }

  update(state: ViewerState, layout: ColumnLayout): void {
    const before = this.#state;
    this.#state = state;
    this.#show(layout);
    setAttribute(this.element, 'aria-rowcount', String(state.counts.matched + 1));
    const { text } = state.filter;
    if (before && (before.filter.text !== text || before.span?.from !== state.span?.from)) {
      this.selection.reduce();
    }
    this.#source.update(state.version, state.counts.matched);
    if (before?.timeZone !== state.timeZone) this.#rows.refresh();
  }

  take(message: Extract<ToWebview, { type: 'rows' | 'located' }>): void {
    this.#source.take(message);
    if (message.type === 'located' && message.sequence === this.selection.sequence) {
      this.selection.move(message.row ?? undefined);
      this.#rows.refresh();
      this.#markActive();
    }
  }

  /** Takes the height of the letters. */
  measure(fontSize: number): void {
    const row = this.#rows.top / this.#rowHeight;
    this.#rowHeight = Math.max(22, Math.ceil(1.6 * fontSize));
    document.documentElement.style.setProperty('--row-height', `${this.#rowHeight}px`);
    this.#rows.resize(this.#rows.count, row * this.#rowHeight);
  }

  // RowView

  get page(): number {
    return this.#rows.page;
  }

  get staysAtEnd(): boolean {
    if (!this.#state || this.#state.sort) return false;
    if (this.#restored) return this.#restored.atEnd;
    const { status } = this.#state;
    if (!this.#rows.overflows) return status === 'following';
    return this.#rows.atEnd && ['reading', 'following', 'paused'].includes(status);
  }

  get anchor(): Anchor | undefined {
    if (this.#restored) return { sequence: this.#restored.top.sequence, row: 0 };
    const { row, sequence } = this.selection;
    if (row !== undefined && sequence !== undefined && this.#rows.inSight(row)) {
      return { row, sequence };
    }
    const [start] = this.#rows.sight;
    const top = this.#source.get(start);
    // Whoever sees the beginning goes on seeing it, unless a message in it is what they look at.
    return top && this.#rows.top > 0 ? { row: start, sequence: top.sequence } : undefined;
  }

  show(move: RowMove): void {
    const { count } = this.#source;
    const height = this.#rowHeight;
    if (move.to === 'end') this.#rows.resize(count, Infinity);
    else if (move.to === 'same') this.#rows.resize(count);
    else if (this.#restored) this.#restore(move.row);
    else if (move.row === null) this.#rows.resize(count, 0);
    else this.#rows.resize(count, this.#rows.top + (move.row - move.anchor.row) * height);
    if (count > 0) this.#restored = undefined;
    this.#follow(move);
    this.selection.arrived();
    this.#markActive();
  }

  /** Shows what the webview before this one showed, if the messages are still the same. */
  #restore(row: number | null): void {
    const { top, pixels, selected, active, column } = this.#restored ?? {};
    const { count } = this.#source;
    const same = row === null ? undefined : this.#source.get(row);
    if (row === null || same?.partition !== top?.partition || same?.offset !== top?.offset) {
      this.#rows.resize(count, 0);
      return;
    }
    this.#column = column ?? this.#column;
    this.selection.restore(selected ?? [], active ?? undefined);
    this.#rows.resize(count, row * this.#rowHeight + (pixels ?? 0));
  }

  /** Finds the row that the keyboard is at again. */
  #follow(move: RowMove): void {
    const { sequence, row } = this.selection;
    if (sequence === undefined) return;
    if (move.to === 'row' && move.anchor.sequence === sequence) {
      this.selection.move(move.row ?? undefined);
      this.#rows.refresh();
    } else if (this.#version !== this.#source.version) {
      this.selection.move(undefined);
      this.events.tell({ type: 'locate', sequence });
    } else if (row !== undefined) return;
    this.#version = this.#source.version;
  }

  #show(layout: ColumnLayout): void {
    const shownBefore = shownColumns(this.#layout).join();
    this.#layout = layout;
    this.#head.update(layout, this.#state?.sort ?? null);
    this.element.style.setProperty('--columns', columnTracks(layout));
    this.element.style.setProperty('--table-width', `${tableWidth(layout)}px`);
    if (shownBefore !== shownColumns(layout).join()) this.#rows.refresh();
  }

  #fill(target: HTMLElement, index: number): void {
    const row = this.#source.get(index);
    fillRow(target, index, {
      row,
      selected: row !== undefined && this.selection.selected.has(row.sequence),
      active: index === this.selection.row ? this.#shownColumn() : undefined,
      shown: shownColumns(this.#layout),
      timeZone: this.#state?.timeZone ?? 'UTC',
    });
  }

  /** The column that the keyboard is at, or the first one while that is hidden. */
  #shownColumn(): Column {
    const shown = shownColumns(this.#layout);
    return shown.includes(this.#column) ? this.#column : (shown[0] ?? this.#column);
  }

  #markActive(): void {
    const { row } = this.selection;
    const there = row !== undefined && this.#rows.elementOf(row) !== undefined;
    setAttribute(this.element, 'aria-activedescendant', there ? ACTIVE_CELL : null);
  }

  #listen(): void {
    const { element: grid } = this;
    grid.addEventListener('keydown', (event) => {
      if (event.target === grid && this.#key(event)) event.preventDefault();
    });
    grid.addEventListener('focus', () => {
      if (this.selection.row === undefined && this.#source.count > 0) {
        this.selection.go(this.#rows.sight[0]);
      }
    });
    this.#body.addEventListener('click', (event) => {
      const row = this.#at(event);
      if (row === undefined) return;
      if (event.shiftKey) this.selection.extend(row);
      else if (commandKey(event)) this.selection.toggle(row);
      else this.selection.select(row);
    });
    this.#body.addEventListener('dblclick', (event) => {
      if (this.#at(event) !== undefined) this.events.act('openMessage');
    });
    // Before VS Code hears of it and opens its menu.
    this.#body.addEventListener('contextmenu', (event) => {
      const row = this.#at(event);
      const sequence = row === undefined ? undefined : this.#source.get(row)?.sequence;
      if (row === undefined || sequence === undefined) return;
      if (!this.selection.selected.has(sequence)) this.selection.select(row);
    });
  }

  /** The row under the pointer; the cell's column becomes that of the keyboard. */
  #at(event: MouseEvent): number | undefined {
    const row = this.#rows.indexOf(event.target);
    const cell = event.target instanceof Element ? event.target.closest('.cell') : null;
    const column = columns.find((name) => cell?.classList.contains(name));
    if (column) this.#column = column;
    return row;
  }

  /** Does what a key means. @returns whether it means anything */
  #key(event: KeyboardEvent): boolean {
    const { row } = this.selection;
    const command = gridKey(event, row, this.#source.count, this.#rows.page);
    if (!command) return false;
    if (this.#source.count === 0 && command.kind !== 'head') return true;
    switch (command.kind) {
      case 'row':
        if (command.extend) this.selection.extend(command.row);
        else this.selection.select(command.row);
        this.#rows.reveal(command.row);
        this.#markActive();
        break;
      case 'column':
        this.#moveColumn(command.by);
        break;
      case 'head':
        this.#head.focus(this.#shownColumn());
        break;
      case 'toggle':
        if (row !== undefined) this.selection.toggle(row);
        break;
      case 'all':
        this.selection.all();
        break;
      case 'open':
        this.events.act('openMessage');
        break;
      case 'copy':
        this.events.act('copyMessage');
        break;
    }
    return true;
  }

  #moveColumn(by: number): void {
    const shown = shownColumns(this.#layout);
    const index = shown.indexOf(this.#shownColumn());
    const next = shown[Math.min(Math.max(index + by, 0), shown.length - 1)];
    if (!next) return;
    this.#column = next;
    this.#rows.refresh();
    document.getElementById(ACTIVE_CELL)?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }
}
