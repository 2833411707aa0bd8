import type { ColumnLayout } from '../../viewer/columns';
import type { Row, Sequence, ToHost, ToWebview, ViewerState } from '../../viewer/protocol';
import { commandKey } from '../lib/dom';
import { gridKey } from './gridKeys';
import { GridSelection } from './gridSelection';
import { GridTable } from './gridTable';
import { type Anchor, type RowMove, RowSource, type RowView } from './rowSource';
import type { SavedTable } from '../lib/savedView';

interface GridEvents {
  readonly tell: (message: ToHost) => void;
  readonly layout: (layout: ColumnLayout) => void;
  /** Called when the selection is to be opened or copied. */
  readonly act: (action: 'openMessage' | 'copyMessage') => void;
  /** The selection or the current row changed. `limited`: not everything could be selected. */
  readonly selected: (limited: boolean) => void;
  /** Something changed that has to be saved for the next webview. */
  readonly changed: () => void;
}

/** The table of messages: an ARIA grid over any number of rows. */
export class Grid implements RowView {
  readonly selection: GridSelection;
  readonly #table: GridTable;
  readonly #source: RowSource;
  #state: ViewerState | undefined;
  /** What the previous webview showed. Used until there are rows again. */
  #restored: SavedTable | undefined;
  /** The version of the rows to which the selected row belongs. */
  #version = -1;

  constructor(
    private readonly events: GridEvents,
    saved: SavedTable | undefined,
  ) {
    this.#restored = saved;
    this.#source = new RowSource(events.tell, this);
    this.selection = new GridSelection(this.#source, (limited) => {
      this.#table.showActive();
      events.selected(limited);
      events.changed();
    });
    this.#table = new GridTable({
      look: (index) => {
        const row = this.#source.get(index);
        return { row, selected: row !== undefined && this.selection.selected.has(row.sequence) };
      },
      active: () => this.selection.row,
      sort: (sort) => {
        events.tell({ type: 'sort', sort });
      },
      layout: events.layout,
      onSight: (start, end) => {
        this.#source.want(start, end);
        this.#table.markActive();
        events.changed();
      },
    });
    this.#listen();
  }

  get element(): HTMLElement {
    return this.#table.element;
  }

  get rowHeight(): number {
    return this.#table.rowHeight;
  }

  /** The selected message, if exactly one is selected. */
  get single(): Sequence | undefined {
    const [sequence, another] = this.selection.selected;
    return another === undefined ? sequence : undefined;
  }

  get saved(): SavedTable | undefined {
    const { rows, rowHeight, column } = this.#table;
    const [start] = rows.sight;
    const row = this.#source.get(start);
    if (!row) return this.#restored;
    const { sequence, partition, offset } = row;
    return {
      top: { sequence, partition, offset },
      pixels: rows.top - start * rowHeight,
      atEnd: rows.overflows && rows.atEnd,
      selected: [...this.selection.selected],
      active: this.selection.sequence ?? null,
      column,
    };
  }

  focus(): void {
    this.#table.focus();
  }

  update(state: ViewerState, layout: ColumnLayout): void {
    const before = this.#state;
    this.#state = state;
    this.#table.update(state, layout);
    // Hidden messages must not be produced again by mistake.
    if (before && choice(before) !== choice(state)) this.selection.reduce();
    this.#source.update(state.version, state.counts.matched);
  }

  take(message: Extract<ToWebview, { type: 'rows' | 'located' }>): void {
    this.#source.take(message);
    if (message.type === 'located' && message.sequence === this.selection.sequence) {
      this.selection.move(message.row ?? undefined);
      this.#table.showActive();
    }
  }

  /** Adapts the rows to the size of the font, in pixels. */
  measure(fontSize: number): void {
    this.#table.measure(fontSize);
  }

  // RowView

  get page(): number {
    return this.#table.rows.page;
  }

  get staysAtEnd(): boolean {
    if (!this.#state || this.#state.sort) return false;
    if (this.#restored) return this.#restored.atEnd;
    const { status } = this.#state;
    const { overflows, atEnd } = this.#table.rows;
    if (!overflows) return status === 'following';
    return atEnd && ['reading', 'following', 'paused'].includes(status);
  }

  get anchor(): Anchor | undefined {
    if (this.#restored) return { sequence: this.#restored.top.sequence, row: 0 };
    const { row, sequence } = this.selection;
    const { rows } = this.#table;
    if (row !== undefined && sequence !== undefined && rows.inSight(row)) return { row, sequence };
    const [start] = rows.sight;
    const top = this.#source.get(start);
    // At the top, the table stays at the top, unless the current row is in sight.
    return top && rows.top > 0 ? { row: start, sequence: top.sequence } : undefined;
  }

  show(move: RowMove): void {
    const { count } = this.#source;
    const { rows, rowHeight } = this.#table;
    const restored = this.#restored;
    if (move.to === 'end') rows.resize(count, Infinity);
    else if (move.to === 'same') rows.resize(count);
    else if (restored) rows.resize(count, this.#placeOf(restored, move.row));
    else if (move.row === null) rows.resize(count, 0);
    else rows.resize(count, rows.top + (move.row - move.anchor.row) * rowHeight);
    if (restored && count > 0) {
      this.#restored = undefined;
      this.#reselect(restored);
    }
    this.#follow(move);
    this.selection.arrived();
    this.#table.markActive();
  }

  /**
   * Returns the scroll position of the previous webview, if its first row still holds the same
   * message.
   */
  #placeOf({ top, pixels }: SavedTable, row: number | null): number {
    const there = row === null ? undefined : this.#source.get(row);
    if (row === null || !isSame(there, top)) return 0;
    return row * this.#table.rowHeight + pixels;
  }

  /** Restores the selection if the previous first row is in sight and holds the same message. */
  #reselect({ top, selected, active, column }: SavedTable): void {
    const [start, end] = this.#table.rows.sight;
    const inSight = Array.from({ length: end - start }, (_, at) => this.#source.get(start + at));
    if (!inSight.some((row) => isSame(row, top))) return;
    this.#table.column = column;
    this.selection.restore(selected, active ?? undefined);
  }

  /** Finds the current row again after the rows have changed. */
  #follow(move: RowMove): void {
    const { sequence } = this.selection;
    const { version } = this.#source;
    const moved = version !== this.#version;
    this.#version = version;
    if (sequence === undefined || !moved) return;
    const known = move.to === 'row' && move.anchor.sequence === sequence;
    this.selection.move(known ? (move.row ?? undefined) : undefined);
    this.#table.showActive();
    if (!known) this.events.tell({ type: 'locate', sequence });
  }

  #listen(): void {
    const { element: grid, body, rows } = this.#table;
    const { selection } = this;
    grid.addEventListener('keydown', (event) => {
      if (event.target === grid && this.#key(event)) event.preventDefault();
    });
    grid.addEventListener('focus', () => {
      if (selection.row === undefined && this.#source.count > 0) selection.go(rows.sight[0]);
    });
    body.addEventListener('click', (event) => {
      const row = this.#table.rowAt(event);
      if (row === undefined) return;
      if (event.shiftKey) selection.extend(row);
      else if (commandKey(event)) selection.toggle(row);
      else selection.select(row);
    });
    body.addEventListener('dblclick', (event) => {
      if (this.#table.rowAt(event) !== undefined) this.events.act('openMessage');
    });
    // This runs before VS Code handles the event and opens its menu.
    body.addEventListener('contextmenu', (event) => {
      const row = this.#table.rowAt(event);
      const sequence = row === undefined ? undefined : this.#source.get(row)?.sequence;
      if (row === undefined || sequence === undefined) return;
      if (!selection.selected.has(sequence)) selection.select(row);
    });
  }

  /** Handles a key. @returns whether the key has a meaning here */
  #key(event: KeyboardEvent): boolean {
    const { rows } = this.#table;
    const { row } = this.selection;
    const { count } = this.#source;
    const command = gridKey(event, row, count, rows.page);
    if (!command) return false;
    if (count === 0 && command.kind !== 'head') return true;
    switch (command.kind) {
      case 'row':
        if (command.extend) this.selection.extend(command.row);
        else this.selection.select(command.row);
        rows.reveal(command.row);
        break;
      case 'column':
        this.#table.moveColumn(command.by);
        break;
      case 'head':
        this.#table.focusHead();
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
}

/** The parts of a view that decide which messages are in the table. */
function choice({ filter, span }: ViewerState): string {
  return JSON.stringify([filter.text, span?.from, span?.to]);
}

/**
 * Returns whether a row holds the message that was saved. After the messages are read again,
 * another one may have its number.
 */
function isSame(row: Row | undefined, { sequence, partition, offset }: SavedTable['top']): boolean {
  return row?.sequence === sequence && row.partition === partition && row.offset === offset;
}
