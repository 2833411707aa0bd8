import { withGrace } from '../async/grace';
import type { KafkaError } from '../errors';
import type { KafkaProxy, NewRecord, ProduceResult } from '../kafka';
import { BatchLimit, type ProduceCapabilities } from './batchLimit';
import { type Entry, type Lane, Lanes } from './lanes';
import { type SendOutcome, sendWithinBudget, type Waiting } from './retryBudget';
import type { Sendable } from './sendable';

/** After this many refusals without a success in between, the cause is not the records. */
const MAX_REFUSED_IN_A_ROW = 100;

/** Why a sender stopped by itself. */
export type SendEnd =
  /** A record was refused, or too many were refused in a row. */
  | { readonly kind: 'refused'; readonly detail: string }
  /** The outcome of a call is unclear. */
  | { readonly kind: 'unclear'; readonly detail: string }
  /** The proxy accepts no calls, even after waiting. */
  | { readonly kind: 'proxy'; readonly error: KafkaError };

export interface SenderOptions<T> {
  readonly proxy: Pick<KafkaProxy, 'prepare' | 'produce'>;
  readonly can: ProduceCapabilities;
  readonly topic: string;
  /** The ids of the topic's partitions, in order. Each gets a lane. Missing: one lane for all. */
  readonly partitions?: readonly number[];
  /** How many calls may be under way at once. */
  readonly requests: number;
  /** How long to wait for a proxy that accepts no calls, in milliseconds; 0: not at all. */
  readonly retryBudgetMs: number;
  /** The first pause before a call is tried again, in milliseconds. */
  readonly pauseMs: number;
  /**
   * When the signal aborts, calls under way have `graceMs` milliseconds to end before they are cut
   * off. The owner of the sender must then call `stop`.
   */
  readonly signal?: AbortSignal | undefined;
  readonly graceMs: number;
  /** Whether to continue after a record that the proxy refused. */
  readonly onRefused: 'stop' | 'goOn';
  /**
   * How to treat a call that is refused as a whole. `refuseAll`: all its records are refused.
   * `search`: smaller calls are sent to find the record that the proxy refuses.
   */
  readonly onRefusedCall: 'refuseAll' | 'search';
  /** Returns whether calls that are not full may be sent. */
  readonly partial: () => boolean;
  /** Called when a call has ended, with those of its records that have a result. */
  readonly onSettled: (entries: readonly Entry<T>[], partition: number | undefined) => void;
  /** Called with whatever stops the sender, even if it was stopped before. */
  readonly onStop: (end: SendEnd) => void;
}

/**
 * Sends records in lanes with several concurrent calls, each within the limits of the dialect. A
 * selection is one lane; a file has one for each partition. A call that fails temporarily is
 * repeated within a budget. A call whose outcome is unclear is never repeated and stops the sender:
 * continuing its lane could change the order, and the next call may fail in the same way.
 *
 * A stopped sender sends nothing more, but lets the calls under way finish.
 */
export class Sender<T> {
  readonly #limit: BatchLimit;
  readonly #lanes: Lanes<T>;
  readonly #calls = new Set<Promise<void>>();
  readonly #waiting = new Map<Lane<T>, Waiting>();
  readonly #stopping = new AbortController();
  #refusedInARow = 0;
  /** While the sender is paused, the functions that let the waiting attempts continue. */
  #paused: (() => void)[] | undefined;
  #bug: Error | undefined;

  constructor(private readonly options: SenderOptions<T>) {
    const { can, partitions } = options;
    this.#limit = new BatchLimit(can);
    this.#lanes = partitions
      ? Lanes.perPartition(partitions, this.#limit)
      : Lanes.single(this.#limit);
  }

  /** Aborts when the sender stops. */
  get stopped(): AbortSignal {
    return this.#stopping.signal;
  }

  /** Whether no call is under way. */
  get isIdle(): boolean {
    return this.#calls.size === 0;
  }

  get isPaused(): boolean {
    return this.#paused !== undefined;
  }

  /** The waiting call with the most attempts. */
  get waiting(): Waiting | undefined {
    return [...this.#waiting.values()].sort((a, b) => b.attempt - a.attempt)[0];
  }

  /** Adds a record to the end of its lane. Throws as `Lanes.add` does. */
  add(item: T, sendable: Sendable): Entry<T> {
    return this.#lanes.add(item, sendable);
  }

  /** Sends as many calls as may be sent now. */
  send(): void {
    const { requests, partial } = this.options;
    while (!this.#paused && !this.stopped.aborted && this.#calls.size < requests) {
      const lane = this.#lanes.next(partial());
      if (!lane) return;
      const call = this.#call(lane).then((entries) => {
        this.#calls.delete(call);
        this.options.onSettled(entries, lane.partition);
        this.send();
      });
      this.#calls.add(call);
    }
  }

  /**
   * Prepares a call that has to wait for one under way; at most as many as may be under way at once.
   * Returns whether there was one to prepare.
   */
  prepare(): boolean {
    const { proxy, requests } = this.options;
    if (!proxy.prepare || this.stopped.aborted) return false;
    const records = this.#lanes.prepare(requests);
    if (records) proxy.prepare(records);
    return records !== undefined;
  }

  /** Resolves when no call is under way. Rejects with an unexpected error, which is a bug. */
  async idle(): Promise<void> {
    while (this.#calls.size > 0) await Promise.race(this.#calls);
    if (this.#bug) throw this.#bug;
  }

  pause(): void {
    this.#paused ??= [];
  }

  resume(): void {
    this.#release();
    this.send();
  }

  stop(): void {
    this.#stopping.abort();
    this.#release();
  }

  #release(): void {
    const waiting = this.#paused ?? [];
    this.#paused = undefined;
    for (const goOn of waiting) goOn();
  }

  #stopFor(end: SendEnd): void {
    this.stop();
    this.options.onStop(end);
  }

  /** Sends the next call of a lane. Returns those of its records that have a result. */
  async #call(lane: Lane<T>): Promise<readonly Entry<T>[]> {
    const { entries: batch, records } = lane.take();
    lane.busy = true;
    try {
      this.#settle(lane, batch, await this.#sendRecords(lane, records));
    } catch (error) {
      this.#bug ??= error instanceof Error ? error : new Error(String(error));
      for (const entry of batch) this.#settleOne(entry, undefined);
    } finally {
      lane.busy = false;
    }
    return batch.filter(({ result }) => result);
  }

  #sendRecords(lane: Lane<T>, records: readonly NewRecord[]): Promise<SendOutcome> {
    const { proxy, topic, signal, graceMs, retryBudgetMs, pauseMs } = this.options;
    const send = () =>
      withGrace(signal, graceMs, (late) => proxy.produce(topic, records, { signal: late }));
    return sendWithinBudget(send, {
      retryBudgetMs,
      pauseMs,
      signal,
      stopped: this.stopped,
      ready: async () => {
        const paused = this.#paused;
        if (paused) await new Promise<void>((goOn) => paused.push(goOn));
        return !this.stopped.aborted;
      },
      onWait: (waiting) => {
        if (waiting) this.#waiting.set(lane, waiting);
        else this.#waiting.delete(lane);
      },
    });
  }

  #settle(lane: Lane<T>, batch: readonly Entry<T>[], { results, error }: SendOutcome): void {
    if (results) {
      for (const [index, entry] of batch.entries()) this.#settleOne(entry, results[index]);
      lane.clear(batch.length);
    } else if (error) this.#settleRefused(lane, batch, error);
    else lane.putBack(batch);
  }

  /** Handles a call that was refused as a whole, so that nothing was written. */
  #settleRefused(lane: Lane<T>, batch: readonly Entry<T>[], error: KafkaError): void {
    const { kind, detail } = error;
    const [first, second] = batch;
    if (kind === 'too-large' && this.#limit.shrink(batch.map(({ size }) => size))) {
      lane.putBack(batch);
    } else if (this.options.onRefusedCall === 'refuseAll') {
      for (const entry of batch) entry.result = { status: 'refused', detail };
      this.#stopFor({ kind: 'proxy', error });
    } else if (kind === 'rejected' && second) {
      lane.suspect(batch);
    } else if (first && (kind === 'rejected' || kind === 'too-large')) {
      lane.found();
      const isTooLarge = kind === 'too-large';
      this.#settleOne(first, { status: 'refused', detail, ...(isTooLarge && { isTooLarge }) });
    } else {
      lane.putBack(batch);
      this.#stopFor({ kind: 'proxy', error });
    }
  }

  /** Sets the result of a record. Without a result it is unclear whether it was written. */
  #settleOne(entry: Entry<T>, result: ProduceResult = { status: 'unclear', detail: '' }): void {
    entry.result = result;
    switch (result.status) {
      case 'accepted':
        this.#refusedInARow = 0;
        break;
      case 'refused':
        this.#refusedInARow++;
        if (this.options.onRefused === 'stop' || this.#refusedInARow >= MAX_REFUSED_IN_A_ROW) {
          this.#stopFor({ kind: 'refused', detail: result.detail });
        }
        break;
      case 'unclear':
        this.#stopFor({ kind: 'unclear', detail: result.detail });
    }
  }
}
