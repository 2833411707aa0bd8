import { isDeepStrictEqual } from 'node:util';
import type { Clock } from '../core/times';
import { parseFilter } from './filterParser';
import type { IndexView } from './indexTask';
import type { MessageStore } from './messageStore';
import type { Histogram, Sequence, Sort, TimeSpan } from './protocol';
import { SequenceList } from './sequenceList';
import { aborted, isAbort, type StartWorker, TaskRunner } from './taskRunner';

export type { StartWorker } from './taskRunner';

export interface IndexOptions {
  /** How many milliseconds one step, such as a regular expression on one message, may take. */
  readonly stepMs?: number;
}

/** What is to be shown. The empty filter lets everything through; the clock is for its times. */
export interface ViewRequest {
  readonly filter: string;
  readonly clock: Clock;
  readonly span: TimeSpan | null;
  readonly sort: Sort | null;
}

const DEFAULTS = { stepMs: 2000 };

/**
 * Which messages of a store are shown, and in which order: the rows of a table. A worker filters and
 * sorts; rows change in `show` and `update` only, shortly before these resolve. A message that the
 * store has dropped keeps its row until then.
 */
export class MessageIndex {
  readonly #runner: TaskRunner;
  #turns: Promise<unknown> = Promise.resolve();
  #disposed = false;
  #shows = 0;
  #updating: Promise<void> | undefined;
  /** An update failed; no further one is tried before something else is shown. */
  #stuck = false;

  #view: IndexView = { filter: null, span: null, sort: null };
  /** The messages that the rows are chosen from: `first` inclusive, `end` exclusive. */
  #first: Sequence = 0;
  #end: Sequence = 0;
  #matched: SequenceList | null = null;
  #inSpan: SequenceList | null = null;
  #sorted: Float64Array | null = null;
  #histogram: Histogram | null = null;
  #version = 0;

  constructor(
    private readonly store: MessageStore,
    startWorker: StartWorker,
    options: IndexOptions = {},
  ) {
    this.#runner = new TaskRunner(startWorker, { ...DEFAULTS, ...options }.stepMs);
  }

  /** Changes whenever a row may stand for another message than before; new rows at the end are no change. */
  get version(): number {
    return this.#version;
  }

  /** How many rows there are. */
  get length(): number {
    return (this.#sorted ?? this.#ascending)?.length ?? this.#end - this.#first;
  }

  /** All messages of the store by time, and those that the filter lets through, whatever the span. */
  get histogram(): Histogram | null {
    return this.#histogram;
  }

  /** The number of the message in a row. */
  sequenceAt(row: number): Sequence | undefined {
    if (this.#sorted) return this.#sorted[row];
    if (this.#ascending) return this.#ascending.at(row);
    return row >= 0 && row < this.length ? this.#first + row : undefined;
  }

  /** The row of a message; `undefined` where it is not shown. */
  rowOf(sequence: Sequence): number | undefined {
    const row = (this.#sorted ?? this.#ascending)?.indexOf(sequence) ?? sequence - this.#first;
    return row >= 0 && row < this.length ? row : undefined;
  }

  /** The numbers of the messages in all rows, as they are now. */
  sequences(): Float64Array {
    const shown = this.#sorted ?? this.#ascending?.view();
    return (
      shown?.slice() ?? Float64Array.from({ length: this.length }, (_, row) => this.#first + row)
    );
  }

  /**
   * Shows other messages, or another order. Resolves when the rows reflect it. What was shown stays
   * where this rejects: with `FilterError`, with `IndexError`, or with an `AbortError` where a later
   * call takes its place, or `dispose`.
   */
  async show({ filter, clock, span, sort }: ViewRequest): Promise<void> {
    const view = { filter: parseFilter(filter, clock), span, sort };
    const show = (this.#shows += 1);
    this.#runner.cancel();
    await this.#inTurn(async () => {
      if (show !== this.#shows) throw aborted();
      await this.#refresh(view);
      this.#stuck = false;
    });
  }

  /**
   * To be called after messages were added to the store: takes them in, and leaves out what the store
   * has dropped. Resolves when the rows reflect it, after a `show` that is under way. Rejects with
   * `IndexError`, and then takes nothing in until something else is shown; with an `AbortError` after
   * `dispose`.
   */
  update(): Promise<void> {
    this.#dropFirst();
    return (this.#updating ??= this.#catchUp());
  }

  /** Ends the worker; what is under way rejects with an `AbortError`. */
  dispose(): void {
    this.#disposed = true;
    this.#runner.dispose();
  }

  /** The rows before they are sorted; `null`: all messages. */
  get #ascending(): SequenceList | null {
    return this.#inSpan ?? this.#matched;
  }

  /** Does it after what was asked for before. */
  async #inTurn(action: () => Promise<void>): Promise<void> {
    const turn = this.#turns.then(() => {
      if (this.#disposed) throw aborted();
      return action();
    });
    this.#turns = turn.catch(() => undefined);
    await turn;
  }

  async #catchUp(): Promise<void> {
    try {
      await this.#inTurn(async () => {
        this.#updating = undefined;
        if (!this.#stuck) await this.#refresh(this.#view);
      });
    } catch (error) {
      // A call of `show` took its turn.
      if (isAbort(error) && !this.#disposed) return this.update();
      this.#stuck = true;
      throw error;
    }
  }

  /** Has the worker find out what the view shows, starting from what is known. */
  async #refresh(view: IndexView): Promise<void> {
    const { store } = this;
    const { first, end } = store;
    const sameFilter = isDeepStrictEqual(view.filter, this.#view.filter);
    const sameSpan = sameFilter && isDeepStrictEqual(view.span, this.#view.span);
    const sameSort = sameSpan && isDeepStrictEqual(view.sort, this.#view.sort);
    const known = {
      to: sameFilter ? this.#end : first,
      matched: (sameFilter && this.#matched?.view()) || null,
      inSpan: (sameSpan && this.#inSpan?.view()) || null,
      sorted: sameSort ? this.#sorted : null,
    };
    const result = await this.#runner.run(store.chunks, { view, first, end, known });

    if (!sameFilter) this.#matched = view.filter && new SequenceList();
    if (!sameSpan) this.#inSpan = view.span && new SequenceList();
    if (result.matched) this.#matched?.append(result.matched);
    if (result.inSpan) this.#inSpan?.append(result.inSpan);
    if (result.sorted || !view.sort) this.#sorted = result.sorted;
    if (result.sorted || !sameSort) this.#version += 1;
    this.#histogram = result.histogram;
    this.#view = view;
    this.#end = end;
    this.#dropFirst();
  }

  /** Leaves out what the store has dropped; from sorted rows the worker does. */
  #dropFirst(): void {
    const { first } = this.store;
    const all = Math.min(first, this.#end) - this.#first;
    const matched = this.#matched?.dropBefore(first) ?? all;
    const dropped = this.#inSpan?.dropBefore(first) ?? matched;
    if (dropped > 0 && !this.#sorted) this.#version += 1;
    this.#first = first;
    this.#end = Math.max(this.#end, first);
  }
}
