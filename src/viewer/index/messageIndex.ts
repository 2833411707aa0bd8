import { isAbortError } from '../../core/async/abortError';
import type { TimeContext } from '../../core/time/parse';
import { parseFilter } from '../filter/filterParser';
import type { IndexView } from './indexTask';
import type { MessageStore } from '../store/messageStore';
import type { Sort } from '../columns';
import type { Histogram, Sequence, TimeSpan } from '../protocol';
import { aborted, type StartWorker, TaskRunner } from './taskRunner';
import { ViewRows } from './viewRows';

export type { StartWorker } from './taskRunner';

export interface IndexOptions {
  /**
   * How long one step may take, such as a regular expression on one message, in milliseconds.
   * Default: 2000.
   */
  readonly stepMs?: number;
}

/**
 * The view to show. An empty filter matches everything. Times in the filter are read with
 * `timeContext`.
 */
export interface ViewRequest {
  readonly filter: string;
  readonly timeContext: TimeContext;
  readonly span: TimeSpan | null;
  readonly sort: Sort | null;
}

const STEP_MS = 2000;

/**
 * The rows of a table: which messages of a store are shown, and in which order. A worker filters
 * and sorts. Rows change only in `show` and `update`, shortly before these resolve. A message that
 * the store has dropped keeps its row until then.
 */
export class MessageIndex {
  readonly #runner: TaskRunner;
  #turns: Promise<unknown> = Promise.resolve();
  #disposed = false;
  #shows = 0;
  #updating: Promise<void> | undefined;
  /** Whether an update has failed. No other one is tried until something else is shown. */
  #stuck = false;

  readonly #rows: ViewRows;
  /** The messages that the store held when the rows were found. */
  #seen: { readonly first: Sequence; readonly end: Sequence } = { first: 0, end: 0 };
  #histogram: Histogram | null = null;
  #version = 0;

  constructor(
    private readonly store: MessageStore,
    startWorker: StartWorker,
    { stepMs = STEP_MS }: IndexOptions = {},
  ) {
    this.#runner = new TaskRunner(startWorker, stepMs);
    this.#rows = new ViewRows(store.buffers);
  }

  /**
   * Changes whenever a row may stand for another message than before. New rows at the end do not
   * change it.
   */
  get version(): number {
    return this.#version;
  }

  /** The number of rows. */
  get length(): number {
    return this.#rows.length;
  }

  /** How many rows there have been since filter and span last changed, also those left out. */
  get arrived(): number {
    return this.#rows.arrived;
  }

  /** All messages of the store by time, and those that match the filter, whatever the span. */
  get histogram(): Histogram | null {
    return this.#histogram;
  }

  /** Returns the number of the message in a row. */
  sequenceAt(row: number): Sequence | undefined {
    return this.#rows.at(row);
  }

  /** Returns the row of a message; `undefined` if it is not shown. */
  rowOf(sequence: Sequence): number | undefined {
    return this.#rows.rowOf(sequence);
  }

  /** Returns the numbers of the messages in all rows, as they are now. */
  sequences(): Float64Array {
    return this.#rows.all();
  }

  /**
   * Shows other messages, or another order. Resolves when the rows reflect it. Rejects with
   * `FilterError`, with `IndexError`, or with an `AbortError` after `dispose` or a later call; the
   * old rows then stay.
   */
  async show({ filter, timeContext, span, sort }: ViewRequest): Promise<void> {
    const view = { filter: parseFilter(filter, timeContext), span, sort };
    const show = (this.#shows += 1);
    this.#runner.cancel();
    await this.#inTurn(async () => {
      if (show !== this.#shows) throw aborted();
      await this.#refresh(view);
      this.#stuck = false;
    });
  }

  /**
   * Takes in messages that were added to the store, and leaves out those that it has dropped. Must
   * be called after messages were added. Resolves when the rows reflect it, after a `show` that is
   * under way. Rejects with `IndexError`, and then takes in nothing until something else is shown,
   * or with an `AbortError` after `dispose`.
   */
  update(): Promise<void> {
    this.#leaveOutDropped();
    return (this.#updating ??= this.#catchUp());
  }

  /** Ends the worker. Calls under way reject with an `AbortError`. */
  dispose(): void {
    this.#disposed = true;
    this.#runner.dispose();
  }

  /** Runs an action after all earlier ones. */
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
        if (this.#hasChanged && !this.#stuck) await this.#refresh(this.#rows.view);
      });
    } catch (error) {
      // A later call of `show` has cancelled it.
      if (isAbortError(error) && !this.#disposed) return this.update();
      this.#stuck = true;
      throw error;
    }
  }

  /** Whether the store holds other messages than when the rows were found. */
  get #hasChanged(): boolean {
    return this.store.first !== this.#seen.first || this.store.end !== this.#seen.end;
  }

  /** Lets the worker find the messages that the view shows. */
  async #refresh(view: IndexView): Promise<void> {
    const { store } = this;
    // No task is running.
    store.reuseDropped();
    this.#leaveOutDropped();
    const { first, end } = store;
    const histogram = this.#hasChanged ? null : this.#histogram;
    const task = { view, first, end, known: { ...this.#rows.knownOf(view, first), histogram } };
    const result = await this.#runner.run(store.chunks, task);
    if (this.#rows.apply(task, result)) this.#version += 1;
    this.#histogram = result.histogram;
    this.#seen = task;
    this.#leaveOutDropped();
  }

  #leaveOutDropped(): void {
    if (this.#rows.dropBefore(this.store.first)) this.#version += 1;
  }
}
