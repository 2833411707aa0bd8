import { isDeepStrictEqual } from 'node:util';
import type { BufferPool } from '../store/bufferPool';
import { narrows } from './narrows';
import type { Among, IndexResult, IndexTask, IndexView, Known } from './indexTask';
import type { Sequence } from '../protocol';
import { SequenceList } from './sequenceList';

/**
 * The rows of a view: the numbers of its messages in its order. It also keeps the intermediate
 * results, so that the next rows are found sooner.
 */
export class ViewRows {
  #view: IndexView = { filter: null, span: null, sort: null };
  /** The messages that were looked at: `first` inclusive, `end` exclusive. */
  #first: Sequence = 0;
  #end: Sequence = 0;
  /** How many rows were left out with their messages since filter and span last changed. */
  #left = 0;
  /** Matches in ascending order; `null` without a filter. */
  #matched: SequenceList | null = null;
  /** Matches in the span in ascending order; `null` without a span. */
  #inSpan: SequenceList | null = null;
  /** Matches in the span in the order of the view; `null` without an order. */
  #sorted: SequenceList | null = null;

  constructor(private readonly buffers: BufferPool) {}

  get view(): IndexView {
    return this.#view;
  }

  get length(): number {
    return (this.#sorted ?? this.#ascending)?.length ?? this.#end - this.#first;
  }

  /** How many rows there have been since filter and span last changed, also those left out. */
  get arrived(): number {
    return this.#left + (this.#ascending?.length ?? this.#end - this.#first);
  }

  at(row: number): Sequence | undefined {
    const list = this.#sorted ?? this.#ascending;
    if (list) return list.at(row);
    return row >= 0 && row < this.length ? this.#first + row : undefined;
  }

  rowOf(sequence: Sequence): number | undefined {
    const row = this.#sorted
      ? this.#sorted.view().indexOf(sequence)
      : (this.#ascending?.indexOf(sequence) ?? sequence - this.#first);
    return row >= 0 && row < this.length ? row : undefined;
  }

  /** Returns a copy of all rows. */
  all(): Float64Array {
    const list = this.#sorted ?? this.#ascending;
    if (list) return list.view().slice();
    const numbers = new Float64Array(this.length);
    for (let row = 0; row < numbers.length; row += 1) numbers[row] = this.#first + row;
    return numbers;
  }

  /** Returns earlier results that also hold for another view, for messages from `first` on. */
  knownOf(view: IndexView, first: Sequence): Omit<Known, 'histogram'> {
    const same = this.#same(view);
    return {
      to: same.filter ? this.#end : first,
      matched: (same.filter && this.#matched?.view()) || null,
      among: same.filter ? null : this.#among(view),
      inSpan: (same.span && this.#inSpan?.view()) || null,
      sorted: (same.sort && this.#sorted?.view()) || null,
    };
  }

  /** Applies the result of a task. Returns whether a row may now stand for another message. */
  apply({ view, end }: IndexTask, result: IndexResult): boolean {
    const same = this.#same(view);
    this.#matched = this.#list(this.#matched, view.filter !== null, same.filter);
    this.#inSpan = this.#list(this.#inSpan, view.span !== null, same.span);
    this.#sorted = this.#list(this.#sorted, view.sort !== null, same.sort);
    if (!same.span) this.#left = 0;
    if (result.matched) this.#matched?.append(result.matched);
    if (result.inSpan) this.#inSpan?.append(result.inSpan);
    if (result.sorted) this.#sorted?.replace(result.sorted);
    this.#view = view;
    this.#end = Math.max(this.#first, end);
    return result.sorted !== null || !same.sort;
  }

  /**
   * Leaves out messages that the store has dropped, except in sorted rows, which the next task
   * brings up to date. Returns whether a row may now stand for another message.
   */
  dropBefore(first: Sequence): boolean {
    if (first === this.#first) return false;
    const all = Math.min(first, this.#end) - this.#first;
    const matched = this.#matched?.dropBefore(first) ?? all;
    const inSpan = this.#inSpan?.dropBefore(first) ?? matched;
    this.#left += inSpan;
    this.#first = first;
    this.#end = Math.max(this.#end, first);
    return inSpan > 0 && !this.#sorted;
  }

  /** The rows before they are sorted; `null`: all messages. */
  get #ascending(): SequenceList | null {
    return this.#inSpan ?? this.#matched;
  }

  /** Returns the messages among which those of a filter are that narrows the one that is shown. */
  #among({ filter }: IndexView): Among | null {
    const shown = this.#view.filter;
    if (!this.#matched || !shown || !filter || !narrows(filter, shown)) return null;
    return { to: this.#end, sequences: this.#matched.view() };
  }

  /** Returns which parts of a view are the same as in the view that is shown. */
  #same(view: IndexView) {
    const filter = isDeepStrictEqual(view.filter, this.#view.filter);
    const span = filter && isDeepStrictEqual(view.span, this.#view.span);
    const sort = span && isDeepStrictEqual(view.sort, this.#view.sort);
    return { filter, span, sort };
  }

  /** Returns the list if it is still right, else an empty one if one is needed, else `null`. */
  #list(list: SequenceList | null, needed: boolean, same: boolean): SequenceList | null {
    if (same) return list;
    list?.clear();
    return needed ? new SequenceList(this.buffers) : null;
  }
}
