import { BatchLimit, encodedSize, type ProduceCapabilities } from '../../core/produce/batchLimit';
import type { KafkaProxy, NewRecord, ProduceResult } from '../../core/kafka';
import type { FullOptions } from './bulkOptions';
import type { BulkEnd, Reason, Tally } from './bulkReport';
import { type Entry, type Lane, Lanes } from './lanes';
import { type SendOutcome, sendWithinBudget, type Waiting } from './retryBudget';

/** So many failures with no success between them have another cause than the records. */
const MAX_FAILED_IN_A_ROW = 100;

/**
 * Sends records, several calls side by side, and settles the fate of each. Once it is stopped, it
 * lets what is under way come to its end and sends nothing more.
 */
export class Sender<T> {
  readonly #limit: BatchLimit;
  readonly #lanes: Lanes<T>;
  readonly #waiting = new Map<Lane<T>, Waiting>();
  /** Ends the pauses before another attempt; a call under way goes on until `#aborting`. */
  readonly #stopping = new AbortController();
  readonly #aborting = new AbortController();
  #end: BulkEnd | undefined;
  #inFlight = 0;
  #failedInARow = 0;
  #paused = false;
  /** Resolves when it is not paused, or stopped. */
  #resumed = Promise.resolve();
  #release: () => void = () => undefined;
  #bug: Error | undefined;

  /**
   * `partial` tells whether to send calls that are not full; `onSettled` is told when a call has
   * ended.
   */
  constructor(
    private readonly proxy: KafkaProxy,
    private readonly can: ProduceCapabilities,
    private readonly options: FullOptions<T>,
    private readonly tally: Tally<T>,
    private readonly partial: () => boolean,
    private readonly onSettled: () => void,
  ) {
    this.#limit = new BatchLimit(can);
    this.#lanes = new Lanes(options.partitions, this.#limit);
  }

  /** Why it was stopped. */
  get end(): BulkEnd | undefined {
    return this.#end;
  }

  get stopped(): AbortSignal {
    return this.#stopping.signal;
  }

  /** Whether no call is under way. */
  get isIdle(): boolean {
    return this.#inFlight === 0;
  }

  get paused(): boolean {
    return this.#paused;
  }

  /** The call that waits for the proxy since longest. */
  get waiting(): Waiting | undefined {
    return [...this.#waiting.values()].sort((a, b) => b.attempt - a.attempt)[0];
  }

  /** Puts a record into line. */
  add(item: T, record: NewRecord): Entry<T> {
    return this.#lanes.add(item, record, encodedSize(record, this.can));
  }

  /** Sends as much as may be sent now. */
  send(): void {
    while (!this.#paused && !this.#end && this.#inFlight < this.options.requests) {
      const lane = this.#lanes.next(this.partial());
      if (!lane) return;
      void this.#call(lane);
    }
  }

  pause(): void {
    if (this.#paused) return;
    this.#paused = true;
    this.#resumed = new Promise((resolve) => (this.#release = resolve));
  }

  resume(): void {
    this.#paused = false;
    this.#release();
    this.send();
  }

  /** Stops; the first reason counts. */
  stop(end: BulkEnd): void {
    this.#end ??= end;
    this.#stopping.abort();
    this.#release();
  }

  /** Breaks off what is under way, so that its outcome is unclear. */
  abort(): void {
    this.#aborting.abort();
  }

  /** Throws what turned out to be a mistake of ours. */
  throwBug(): void {
    if (this.#bug) throw this.#bug;
  }

  async #call(lane: Lane<T>): Promise<void> {
    lane.busy = true;
    this.#inFlight++;
    const batch = lane.take();
    const records = batch.map(({ record }) => record);
    const { signal } = this.#aborting;
    try {
      const answer = await sendWithinBudget(
        () => this.proxy.produce(this.options.topic, records, { signal }),
        signal,
        {
          ...this.options,
          stopped: this.stopped,
          ready: async () => {
            await this.#resumed;
            return !this.stopped.aborted;
          },
          onWait: (waiting) => {
            if (waiting) this.#waiting.set(lane, waiting);
            else this.#waiting.delete(lane);
          },
        },
      );
      this.#settle(lane, batch, answer);
    } catch (error) {
      this.#bug ??= error instanceof Error ? error : new Error(String(error));
      for (const entry of batch) this.#settleOne(lane, entry, { status: 'unclear', detail: '' });
    } finally {
      lane.busy = false;
      this.#inFlight--;
      this.send();
      this.onSettled();
    }
  }

  #settle(lane: Lane<T>, batch: readonly Entry<T>[], { results, error }: SendOutcome): void {
    if (results) {
      for (const [index, entry] of batch.entries()) this.#settleOne(lane, entry, results[index]);
      const accepted = batch.filter(({ fate }) => fate === 'accepted');
      this.tally.accept(accepted.length, totalSize(accepted));
      lane.clear(batch.length);
      return;
    }
    const forItsSake = error?.kind === 'too-large' || error?.kind === 'rejected';
    const [first] = batch;
    if (forItsSake && first && batch.length === 1) {
      lane.found();
      this.#fail(first, error.detail);
    } else if (error?.kind === 'rejected') lane.suspect(batch);
    else {
      lane.putBack(batch);
      if (error?.kind === 'too-large') this.#limit.shrink(batch.map(({ size }) => size));
      else if (error) this.stop({ kind: 'proxy', error });
    }
  }

  #settleOne(lane: Lane<T>, entry: Entry<T>, result: ProduceResult | undefined): void {
    switch (result?.status) {
      case 'accepted':
        entry.fate = 'accepted';
        this.#failedInARow = 0;
        break;
      case 'refused':
        this.#fail(entry, result.detail);
        break;
      case 'unclear':
      case undefined: {
        entry.fate = 'unclear';
        const detail = result?.detail ?? '';
        this.tally.add('unclear', entry.item, { kind: 'unclear', detail });
        this.tally.unclearPartitions.add(lane.partition);
        this.stop({ kind: 'unclear', detail });
      }
    }
  }

  #fail(entry: Entry<T>, detail: string): void {
    const reason: Reason = { kind: 'refused', detail };
    entry.fate = 'failed';
    this.tally.add('failed', entry.item, reason);
    this.#failedInARow++;
    if (this.options.onBad === 'stop' || this.#failedInARow >= MAX_FAILED_IN_A_ROW) {
      this.stop({ kind: 'item', reason });
    }
  }
}

function totalSize(entries: readonly { readonly size: number }[]): number {
  return entries.reduce((sum, { size }) => sum + size, 0);
}
