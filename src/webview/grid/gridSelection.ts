import type { Sequence } from '../../viewer/protocol';
import type { RowSource } from './rowSource';

/** The most messages that can be selected. */
export const MAX_SELECTED = 1000;

/** Which messages of the table are selected, and which row the keyboard is at. */
export class GridSelection {
  /** The row that the keyboard is at, while it is in the table. */
  row: number | undefined;
  /** Its message, once it is here. */
  sequence: Sequence | undefined;
  #selected: ReadonlySet<Sequence> = new Set();
  /** Where ranges begin. */
  #from = 0;
  /** Whether the row is to be selected once its message is here. */
  #pending = false;

  constructor(
    private readonly source: RowSource,
    /** Is told when something changed; `limited`: not everything that was asked for fitted. */
    private readonly changed: (limited: boolean) => void,
  ) {}

  get selected(): ReadonlySet<Sequence> {
    return this.#selected;
  }

  /** Goes to a row and selects it alone. */
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

  /** Selects from where the range begins to a row, as many as may be. */
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

  /** Takes a selection from before; its rows are to be told by `move`. */
  restore(selected: readonly Sequence[], sequence: Sequence | undefined): void {
    this.#selected = new Set(selected.slice(0, MAX_SELECTED));
    this.sequence = sequence;
    this.changed(false);
  }

  /** Leaves nothing but the message that the keyboard is at selected. */
  reduce(): void {
    const { sequence } = this;
    const keeps = sequence !== undefined && this.#selected.has(sequence);
    this.#selected = new Set(keeps ? [sequence] : []);
    this.changed(false);
  }

  /** Takes the row that the message is in now. */
  move(row: number | undefined): void {
    this.row = row;
    this.#from = row ?? 0;
  }

  /** Takes what was missing, where it has come. */
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
