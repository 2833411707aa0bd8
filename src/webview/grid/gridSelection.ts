import type { Sequence } from '../../viewer/protocol';
import type { Anchor, RowSource } from './rowSource';

/** The maximum number of selected messages. */
export const MAX_SELECTED = 1000;

/** The selected messages of the table, and the current row: the one that the keyboard is at. */
export class GridSelection {
  /** The current row, while it is in the table. */
  row: number | undefined;
  /** The message of the current row, once it has arrived. */
  sequence: Sequence | undefined;
  #selected: ReadonlySet<Sequence> = new Set();
  /** The row at which ranges begin. */
  #from = 0;
  /** Whether the current row must be selected once its message has arrived. */
  #pending = false;

  constructor(
    private readonly source: RowSource,
    /** Called when something changed. `limited`: not everything could be selected. */
    private readonly changed: (limited: boolean) => void,
  ) {}

  get selected(): ReadonlySet<Sequence> {
    return this.#selected;
  }

  /** The current row and its message, once this has arrived. */
  get anchor(): Anchor | undefined {
    const { row, sequence } = this;
    return row === undefined || sequence === undefined
      ? undefined
      : { row, sequence, isCurrent: true };
  }

  /** Goes to a row and selects only it. */
  select(row: number): void {
    this.#go(row);
    this.#from = row;
    this.#pending = true;
    this.arrived();
    this.changed(false);
  }

  /** Goes to a row without selecting it. */
  go(row: number): void {
    this.#go(row);
    this.changed(false);
  }

  toggle(row: number): void {
    this.#go(row);
    this.#from = row;
    const sequence = this.source.get(row)?.sequence;
    if (sequence === undefined) return;
    const selected = new Set(this.#selected);
    if (!selected.delete(sequence) && selected.size < MAX_SELECTED) selected.add(sequence);
    this.#selected = selected;
    this.changed(false);
  }

  /** Selects the range from its beginning to a row, as far as the maximum allows. */
  extend(row: number): void {
    if (this.row === undefined) this.#from = row;
    this.#go(row);
    const from = Math.max(Math.min(row, this.#from), this.#from - MAX_SELECTED + 1);
    const end = Math.min(Math.max(row, this.#from), this.#from + MAX_SELECTED - 1) + 1;
    this.#selectRange(from, end, row < from || row >= end);
  }

  all(): void {
    const end = Math.min(this.source.count, MAX_SELECTED);
    this.#selectRange(0, end, end < this.source.count);
  }

  /** Forgets the selection and the current row. */
  clear(): void {
    this.row = this.sequence = undefined;
    this.#selected = new Set();
    this.#pending = false;
    this.changed(false);
  }

  /** Restores a selection. `move` must then be called with the current row. */
  restore(selected: readonly Sequence[], sequence: Sequence | undefined): void {
    this.#selected = new Set(selected.slice(0, MAX_SELECTED));
    this.sequence = sequence;
    this.changed(false);
  }

  /**
   * Reduces the selection to the message of the current row, or to nothing if it is not selected.
   */
  reduce(): void {
    const { sequence } = this;
    const keeps = sequence !== undefined && this.#selected.has(sequence);
    this.#selected = new Set(keeps ? [sequence] : []);
    this.changed(false);
  }

  /** Sets the row in which the current message is now. */
  move(row: number | undefined): void {
    this.row = row;
    this.#from = row ?? 0;
  }

  /**
   * Keeps the current row at the end, if it was the last of `countBefore` rows and its message had
   * not arrived when others took their place: a person who goes to the end while other rows are on
   * their way means the end of these. Returns whether it is there now.
   */
  keepEnd(countBefore: number): boolean {
    const { row, sequence } = this;
    const { count } = this.source;
    if (row === undefined || sequence !== undefined) return false;
    if (row !== countBefore - 1 && row < count) return false;
    this.move(count === 0 ? undefined : count - 1);
    return count > 0;
  }

  /** Takes the message of the current row once it has arrived. */
  arrived(): void {
    if (this.row === undefined) return;
    const sequence = this.source.get(this.row)?.sequence;
    if (sequence === undefined || (sequence === this.sequence && !this.#pending)) return;
    this.sequence = sequence;
    if (!this.#pending) return;
    this.#pending = false;
    this.#selected = new Set([sequence]);
    this.changed(false);
  }

  #go(row: number): void {
    this.row = row;
    this.sequence = this.source.get(row)?.sequence;
    this.#pending = false;
  }

  #selectRange(start: number, end: number, limited: boolean): void {
    this.source.collect({ start, end }, (rows) => {
      this.#selected = new Set(rows.map(({ sequence }) => sequence));
      this.changed(limited);
    });
    this.changed(false);
  }
}
