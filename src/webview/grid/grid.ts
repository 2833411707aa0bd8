import type { ColumnLayout } from '../../viewer/columns';
import {
  type Action,
  choice,
  type Sequence,
  type ToHost,
  type ToWebview,
  type ViewerState,
} from '../../viewer/protocol';
import { listenToInput } from './gridInput';
import { GridSelection } from './gridSelection';
import { GridTable } from './gridTable';
import { type Anchor, type RowMove, RowSource, type RowView } from './rowSource';
import { isSameMessage, type SavedTable } from '../lib/savedView';
import { isSameSort, Tail } from './tail';

interface GridEvents {
  readonly tell: (message: ToHost) => void;
  readonly layout: (layout: ColumnLayout) => void;
  /** Called when the selection is to be opened, copied or filtered for. */
  readonly act: (action: Action) => void;
  /** The person clicks on a message to see it. */
  readonly picked: () => void;
  /** The selection or the current row changed. `limited`: not everything could be selected. */
  readonly selected: (limited: boolean) => void;
  /** So many new messages have arrived out of sight. */
  readonly fresh: (count: number) => void;
  /** Something changed that has to be saved for the next webview. */
  readonly changed: () => void;
}

/** The table of messages: an ARIA grid over any number of rows. */
export class Grid implements RowView {
  readonly selection: GridSelection;
  readonly #table: GridTable;
  readonly #source: RowSource;
  readonly #tail: Tail;
  #state: ViewerState | undefined;
  /** What the previous webview showed. Used until there are rows again. */
  #restored: SavedTable | undefined;
  /** The rows to which the current row belongs. */
  #shown = { version: -1, count: 0 };
  /** The version of the rows before they were sorted anew, until the table shows its top. */
  #sortedAfter: number | undefined;

  constructor(
    private readonly events: GridEvents,
    saved: SavedTable | undefined,
  ) {
    this.#restored = saved;
    this.#tail = new Tail(saved?.atEnd);
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
        this.#look();
        events.changed();
      },
      onScroll: (pixels) => {
        this.#tail.scrolled(pixels, (edge) => this.#table.isAt(edge));
        this.#look();
      },
      onResize: (start, end) => {
        const { row } = this.selection;
        if (this.#tail.edge === 'end') this.#table.rows.scrollTo(Infinity);
        else if (row !== undefined && row >= start && row < end) this.#table.rows.reveal(row);
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
      atEnd: this.#tail.edge === 'end' || (rows.overflows && rows.atEnd),
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
    const leaps = this.#tail.update(state);
    const { edge } = this.#tail;
    if (before && !isSameSort(before.sort, state.sort)) {
      this.#sortedAfter = edge === 'end' ? undefined : before.version;
    }
    // Hidden messages must not be produced again by mistake.
    if (before && choice(before) !== choice(state)) this.selection.reduce();
    if (before && before.counts.held > 0 && state.counts.held === 0) this.selection.clear();
    this.#source.update(state.version, state.counts.matched);
    if (leaps && edge && !this.#restored) this.#table.rows.scrollTo(edge === 'end' ? Infinity : 0);
    if (this.selection.sequence === undefined) this.#enter();
    this.#look();
  }

  /** Goes to the newest messages, and stays there. */
  showNewest(): void {
    if (!this.#state) return;
    this.#tail.stick();
    const { edge } = this.#tail;
    if (edge) this.#table.rows.scrollTo(edge === 'end' ? Infinity : 0);
    else this.events.tell({ type: 'sort', sort: null });
    this.selection.clear();
    this.focus();
    this.#look();
  }

  /** Selects the current row or else the first one in sight, so that there is one to look at. */
  selectCurrent(): void {
    const { row = this.#table.rows.sight[0] } = this.selection;
    if (row < this.#source.count) this.#choose('select', row);
  }

  take(message: Extract<ToWebview, { type: 'rows' | 'located' }>): void {
    this.#source.take(message);
    if (message.type === 'located' && message.sequence === this.selection.sequence) {
      this.selection.move(message.row ?? undefined);
      this.#table.showActive();
    }
  }

  /** Selects a message, and brings its row into sight. */
  goTo(sequence: Sequence, row: number): void {
    this.selection.restore([sequence], sequence);
    this.selection.move(row);
    this.#tail.went(row, this.#source.count);
    this.#table.rows.reveal(row);
  }

  /** Adapts the rows to the size of the font, in pixels. */
  measure(fontSize: number): void {
    this.#table.measure(fontSize);
  }

  get page(): number {
    return this.#table.rows.page;
  }

  get staysAtEnd(): boolean {
    if (this.#restored) return this.#restored.atEnd && this.#state?.sort === null;
    return this.#tail.edge === 'end';
  }

  get anchor(): Anchor | undefined {
    if (this.#restored) return { sequence: this.#restored.top.sequence, row: 0 };
    if (this.#sortedAfter !== undefined || this.#tail.edge === 'start') return undefined;
    const { anchor } = this.selection;
    const { rows } = this.#table;
    if (anchor && rows.inSight(anchor.row)) return anchor;
    const [start] = rows.sight;
    const top = this.#source.get(start);
    // At the top, the table stays at the top, unless the current row is in sight.
    return top && rows.top > 0 ? { row: start, sequence: top.sequence } : undefined;
  }

  show(move: RowMove): void {
    const { count } = this.#source;
    const { rows, rowHeight } = this.#table;
    const restored = this.#restored;
    const isSorted = this.#sortedAfter !== undefined && this.#source.version > this.#sortedAfter;
    if (isSorted) this.#sortedAfter = undefined;
    const place = () => {
      if (isSorted) rows.resize(count, 0);
      else if (move.to === 'end') rows.resize(count, Infinity);
      else if (move.to === 'same') rows.resize(count);
      else if (restored) rows.resize(count, this.#placeOf(restored, move.row));
      else if (move.row === null) rows.resize(count, 0);
      else rows.resize(count, rows.top + (move.row - move.anchor.row) * rowHeight);
    };
    place();
    if (restored && count > 0) {
      this.#restored = undefined;
      this.#reselect(restored);
      // The pane that opens for the selection has taken room from the rows.
      place();
    }
    this.#follow(move);
    if (this.selection.sequence === undefined) this.#enter();
    this.selection.arrived();
    this.#table.markActive();
  }

  /**
   * Returns the scroll position of the previous webview, if its first row still holds the same
   * message.
   */
  #placeOf({ top, pixels }: SavedTable, row: number | null): number {
    const there = row === null ? undefined : this.#source.get(row);
    if (row === null || !isSameMessage(there, top)) return 0;
    return row * this.#table.rowHeight + pixels;
  }

  /** Restores the selection if the previous first row is in sight and holds the same message. */
  #reselect({ top, selected, active, column }: SavedTable): void {
    const [start, end] = this.#table.rows.sight;
    const inSight = Array.from({ length: end - start }, (_, at) => this.#source.get(start + at));
    if (!inSight.some((row) => isSameMessage(row, top))) return;
    this.#table.column = column;
    this.selection.restore(selected, active ?? undefined);
  }

  /** Finds the current row again after the rows have changed. */
  #follow(move: RowMove): void {
    const { sequence } = this.selection;
    const { version, count } = this.#source;
    const before = this.#shown;
    this.#shown = { version, count };
    if (version === before.version) return;
    if (this.selection.keepEnd(before.count)) this.#table.rows.reveal(count - 1);
    if (sequence === undefined) return;
    const known = move.to === 'row' && move.anchor.sequence === sequence;
    this.selection.move(known ? (move.row ?? undefined) : undefined);
    this.#table.showActive();
    if (!known) this.events.tell({ type: 'locate', sequence });
  }

  /** Gives the table a current row if the keyboard is there, except while rows pass by. */
  #enter(): void {
    const { selection } = this;
    const isPassing = this.#tail.edge !== undefined && this.#tail.isLive;
    const hasFocus = document.activeElement === this.element;
    if (!hasFocus || selection.row !== undefined || this.#source.count === 0 || isPassing) return;
    selection.go(this.#start);
  }

  /** The row at which the keyboard begins. */
  get #start(): number {
    return this.#tail.edge === 'end' ? this.#source.count - 1 : this.#table.rows.sight[0];
  }

  /** Takes note of the newest messages if they are in sight, and tells how many are not. */
  #look(): void {
    if (this.#tail.sees((edge) => this.#table.isAt(edge))) this.#tail.saw();
    this.events.fresh(this.#tail.fresh);
  }

  #choose(how: 'select' | 'extend' | 'toggle', row: number): void {
    this.#tail.went(row, this.#source.count);
    this.selection[how](row);
    this.#look();
  }

  #listen(): void {
    this.element.addEventListener('focus', () => {
      this.#enter();
    });
    listenToInput({
      table: this.#table,
      source: this.#source,
      selection: this.selection,
      start: () => this.#start,
      choose: this.#choose.bind(this),
      act: this.events.act,
      picked: this.events.picked,
    });
  }
}
