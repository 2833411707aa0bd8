import type { Row, Sequence, ToHost, ToWebview } from '../../viewer/protocol';
import { blocksAround, RowBlocks, type RowRange } from './rowBlocks';

/** The row that stays in its place on the screen when rows change their messages. */
export interface Anchor {
  readonly sequence: Sequence;
  readonly row: number;
  /** Whether the person went to it. */
  readonly isCurrent?: true;
}

/** The table that a `RowSource` serves. */
export interface RowView {
  /** Whether the table must stay at its end. */
  readonly staysAtEnd: boolean;
  readonly anchor: Anchor | undefined;
  readonly page: number;
  /** Called when the rows have changed. `move` says which of them must come into sight. */
  show(move: RowMove): void;
}

export type RowMove =
  | { readonly to: 'same' }
  | { readonly to: 'end' }
  /** The message of `anchor` is now in `row`; `null`: it is no longer in the table. */
  | { readonly to: 'row'; readonly anchor: Anchor; readonly row: number | null };

/** A change to a new version that still waits for its rows. */
type Step =
  | { readonly waits: 'located'; readonly anchor: Anchor }
  | { readonly waits: 'rows'; readonly range: RowRange; readonly move: RowMove };

/** The number of milliseconds after which a response counts as lost. */
const RESPONSE_TIMEOUT = 3000;

/**
 * The rows of the table, requested as they are needed, one request at a time. When the version
 * changes, the old rows stay until the new rows in sight have arrived, so that nothing flickers.
 */
export class RowSource {
  #blocks = new RowBlocks(-1, 0);
  #target = { version: -1, count: 0 };
  #step: Step | undefined;
  /** The rows that were requested, except by a step. */
  #asked: RowRange | undefined;
  /** Whether the response had fewer rows than requested. The next state says why. */
  #short = false;
  #askedAt = 0;
  #wanted: RowRange = { start: 0, end: 0 };
  #collecting:
    { readonly range: RowRange; readonly done: (rows: readonly Row[]) => void } | undefined;

  constructor(
    private readonly tell: (message: ToHost) => void,
    private readonly view: RowView,
  ) {}

  get count(): number {
    return this.#blocks.count;
  }

  get version(): number {
    return this.#blocks.version;
  }

  get(index: number): Row | undefined {
    return this.#blocks.get(index);
  }

  /** Sets the version and the number of rows that the host has reported. */
  update(version: number, count: number): void {
    this.#target = { version, count };
    if (this.#short) this.#asked = undefined;
    this.#short = false;
    if (this.#step) {
      if (this.#late()) this.#begin();
    } else if (version !== this.#blocks.version || this.view.staysAtEnd) {
      this.#begin();
    } else {
      if (count !== this.#blocks.count) {
        this.#blocks.count = count;
        this.view.show({ to: 'same' });
      }
      this.#ask();
    }
  }

  /** Requests these rows if they have not arrived. */
  want(start: number, end: number): void {
    this.#wanted = { start, end };
    this.#ask();
  }

  /**
   * Calls `done` with all rows of a range once they have arrived, or never if the version changes
   * first.
   */
  collect(range: RowRange, done: (rows: readonly Row[]) => void): void {
    this.#collecting = { range, done };
    this.#collect();
  }

  /** Takes a response from the host. */
  take(message: Extract<ToWebview, { type: 'rows' | 'located' }>): void {
    if (message.type === 'located') {
      if (this.#step?.waits !== 'located') return;
      const { anchor } = this.#step;
      if (anchor.sequence === message.sequence) this.#located(anchor, message.row);
    } else if (this.#step?.waits === 'rows' && this.#step.range.start === message.start) {
      this.#arrived(message, this.#step);
    } else {
      if (this.#asked?.start === message.start) {
        // Rows that were dropped must not be requested again while the table still counts them.
        this.#short = message.rows.length < this.#asked.end - this.#asked.start;
        if (!this.#short) this.#asked = undefined;
      }

      if (message.version === this.#blocks.version) {
        this.#blocks.put(message.start, message.rows);
        this.view.show({ to: 'same' });
        this.#collect();
      }
      this.#ask();
    }
  }

  /** Begins the change to the target version. */
  #begin(): void {
    const { version, count } = this.#target;
    const { anchor, page, staysAtEnd } = this.view;
    if (version === this.#blocks.version && count === this.#blocks.count) return;
    if (count === 0) {
      this.#commit(version, { waits: 'rows', range: NOTHING, move: { to: 'same' } }, []);
    } else if (staysAtEnd) {
      this.#await(blocksAround(count - 2 * page, count, count), { to: 'end' });
    } else if (anchor) {
      this.#locate(anchor);
    } else {
      this.#await(blocksAround(0, 2 * page, count), { to: 'same' });
    }
  }

  /** The row that the person went to, if the table must keep it in its place. */
  get #current(): Anchor | undefined {
    const { anchor, staysAtEnd } = this.view;
    return anchor?.isCurrent && !staysAtEnd ? anchor : undefined;
  }

  #locate(anchor: Anchor): void {
    this.#step = { waits: 'located', anchor };
    this.#tell({ type: 'locate', sequence: anchor.sequence });
  }

  #located(anchor: Anchor, row: number | null): void {
    const current = this.#current;
    if (current && current.sequence !== anchor.sequence) {
      this.#locate(current);
      return;
    }
    const { count } = this.#target;
    const { page } = this.view;
    const at = row ?? 0;
    const range = blocksAround(at - 2 * page, at + 2 * page, Math.max(count, at + 1));
    this.#await(range, { to: 'row', anchor, row });
  }

  #await(range: RowRange, move: RowMove): void {
    this.#step = { waits: 'rows', range, move };
    this.#tell({ type: 'rows', ...range });
  }

  /**
   * Shows the rows that a step waited for. If the person has gone to another row meanwhile, that one
   * stays in its place instead, and is located first if it is not among them.
   */
  #arrived(
    { version, start, rows }: Extract<ToWebview, { type: 'rows' }>,
    step: Extract<Step, { waits: 'rows' }>,
  ): void {
    const { move } = step;
    const anchor = this.#current ?? (move.to === 'row' ? move.anchor : undefined);
    // The rows may be newer than the response that located the anchor.
    const index = rows.findIndex(({ sequence }) => sequence === anchor?.sequence);
    if (anchor && index >= 0) {
      this.#commit(version, { ...step, move: { to: 'row', anchor, row: start + index } }, rows);
    } else if (anchor && !(move.to === 'row' && move.anchor.sequence === anchor.sequence)) {
      this.#locate(anchor);
    } else {
      this.#commit(version, step, rows);
    }
  }

  /** Shows another version. It may be newer than the target; the host will report that soon. */
  #commit(
    version: number,
    { range, move }: Extract<Step, { waits: 'rows' }>,
    rows: readonly Row[],
  ): void {
    this.#step = undefined;
    this.#asked = undefined;
    if (version !== this.#blocks.version) this.#collecting = undefined;
    const { count } = this.#target;
    const kept = version === this.#blocks.version ? this.#blocks : new RowBlocks(version, count);
    kept.count = Math.max(count, range.start + rows.length);
    kept.put(range.start, rows);
    this.#blocks = kept;
    this.view.show(move);
    this.#collect();
    if (version < this.#target.version) this.#begin();
  }

  #ask(): void {
    if (this.#step || (this.#asked && !this.#late())) return;
    const { start, end } = this.#wanted;
    const range =
      this.#blocks.missing(start, end) ??
      (this.#collecting &&
        this.#blocks.missing(this.#collecting.range.start, this.#collecting.range.end));
    this.#asked = range;
    if (range) this.#tell({ type: 'rows', ...range });
  }

  #collect(): void {
    if (!this.#collecting) return;
    const { range, done } = this.#collecting;
    const length = Math.max(0, Math.min(range.end, this.count) - range.start);
    const rows = Array.from({ length }, (_, index) => this.get(range.start + index));
    const here = rows.filter((row) => row !== undefined);
    if (here.length < rows.length) {
      this.#ask();
    } else {
      this.#collecting = undefined;
      done(here);
    }
  }

  #tell(message: ToHost): void {
    this.#askedAt = performance.now();
    this.tell(message);
  }

  #late(): boolean {
    return performance.now() - this.#askedAt > RESPONSE_TIMEOUT;
  }
}

const NOTHING: RowRange = { start: 0, end: 0 };
