import type { ProduceCapabilities } from '../../core/produce/batchLimit';
import { KafkaError } from '../../core/errors';
import type { KafkaProxy } from '../../core/kafka';
import { AutoResetEvent } from './autoResetEvent';
import { type BulkOptions, type FullOptions, withDefaults } from './bulkOptions';
import {
  type BulkEnd,
  type BulkItem,
  type BulkProgress,
  type BulkReport,
  type Reason,
  Tally,
} from './bulkReport';
import { validate } from './validate';
import { KeptRecords } from './keptRecords';
import type { Entry } from './lanes';
import { Sender } from './sender';
import { InFlightWindow } from './inFlightWindow';

/** How many calls' worth of records may be read ahead: for each partition, at most for each request. */
const AHEAD = { perPartition: 2, perRequest: 8 };

/**
 * Produces any number of records in constant memory: several calls side by side, but one a partition
 * (see `Lanes`), so that the order in each partition is that of the source.
 *
 * What fails for a time is tried again. A call of unclear outcome ends the run: to go on in its lane
 * could change the order, and what broke one call may break the next. A call that is refused as a
 * whole is cut into smaller ones until the record is found that the proxy does not take.
 */
export class BulkProducer<T extends BulkItem> {
  readonly #options: FullOptions<T>;
  readonly #can: ProduceCapabilities;
  readonly #partitions: ReadonlySet<number>;
  readonly #sender: Sender<T>;
  readonly #window: InFlightWindow<T>;
  readonly #kept: KeptRecords<T>;
  readonly #tally = new Tally<T>();
  readonly #bell = new AutoResetEvent();
  #reading: Promise<void> | undefined;
  /** Whether the source may have more. */
  #more = true;
  /** Why nothing more is taken in; what was taken in before is still sent. */
  #close: BulkEnd | undefined;
  /** Set aside, and not kept yet. */
  #aside: T[] = [];
  /** Read, and not to be sent: the bad item that closed the run, if one did, and what follows it. */
  #leftover: { readonly culprit?: T; readonly items: readonly T[] } = { items: [] };
  #keeping = false;
  #leaveRest = false;

  /** Throws a `KafkaError` of kind `unsupported` if the proxy cannot produce at all. */
  constructor(proxy: KafkaProxy, options: BulkOptions<T>) {
    const can = proxy.capabilities.produce;
    if (!can) throw new KafkaError('unsupported');
    this.#can = can;
    this.#partitions = new Set(options.partitions);
    this.#options = withDefaults(options);
    this.#kept = new KeptRecords(options.keep);
    const { partitions, requests } = this.#options;
    const ahead = Math.min(AHEAD.perPartition * partitions.length, AHEAD.perRequest * requests);
    this.#window = new InFlightWindow(ahead * can.maxBatchRecords, ahead * can.maxBatchBytes);
    this.#sender = new Sender(
      proxy,
      can,
      this.#options,
      this.#tally,
      () => this.#close !== undefined || this.#window.isFull,
      () => {
        this.#bell.set();
      },
    );
  }

  /** Lets what is under way end, and sends nothing more before `resume`. */
  pause(): void {
    this.#sender.pause();
  }

  resume(): void {
    this.#sender.resume();
  }

  /** Once the run stopped: leaves what is not kept yet to the source. */
  leaveRest(): void {
    this.#leaveRest = true;
  }

  get progress(): BulkProgress {
    const { waiting } = this.#sender;
    return { ...this.#tally.progress(this.#options.total), state: this.#state, waiting };
  }

  get #state(): BulkProgress['state'] {
    if (this.#keeping) return 'keeping';
    if (this.#sender.end) return 'stopping';
    if (this.#sender.paused) return 'paused';
    return this.#sender.waiting ? 'waiting' : 'sending';
  }

  /**
   * Produces what the source gives, in batches of items; its signal aborts when the run stops early.
   * Always resolves, but for a mistake of ours. To be called once.
   */
  async run(open: (stopped: AbortSignal) => AsyncIterable<readonly T[]>): Promise<BulkReport<T>> {
    const { signal, graceMs } = this.#options;
    const started = performance.now();
    let grace: NodeJS.Timeout | undefined;
    const cancel = (): void => {
      this.#sender.stop({ kind: 'cancelled' });
      this.#bell.set();
      grace = setTimeout(() => {
        this.#sender.abort();
      }, graceMs);
    };
    if (signal?.aborted) cancel();
    else signal?.addEventListener('abort', cancel);
    const source = open(this.#sender.stopped)[Symbol.asyncIterator]();
    try {
      await this.#produce(source);
      await this.#keepRest(source);
    } finally {
      clearTimeout(grace);
      signal?.removeEventListener('abort', cancel);
    }
    this.#sender.throwBug();
    const end = this.#sender.end ?? this.#close ?? { kind: 'done' };
    return {
      ...this.#tally.report,
      end,
      ms: performance.now() - started,
      unread: this.#more || end.kind === 'source',
      keepError: this.#kept.error,
    };
  }

  /** Reads and sends until all is sent, or until the run stops and nothing is under way any more. */
  async #produce(source: AsyncIterator<readonly T[]>): Promise<void> {
    for (;;) {
      await this.#keepSettled(this.#window.takeSettled());
      if (this.#kept.error !== undefined) this.#sender.stop({ kind: 'keep' });
      this.#sender.send();
      const closed = this.#sender.end ?? this.#close;
      if (closed && this.#sender.isIdle && (this.#sender.end || this.#window.isEmpty)) return;
      if (!closed && !this.#reading && !this.#window.isFull) this.#read(source);
      await this.#bell.wait();
    }
  }

  #read(source: AsyncIterator<readonly T[]>): void {
    const admit = (next: IteratorResult<readonly T[]>): void => {
      if (!next.done) this.#admit(next.value);
      else this.#ended({ kind: 'done' });
    };
    const fail = (error: unknown): void => {
      // A source that is told that the run stopped breaks off.
      if (!this.#sender.end) this.#ended({ kind: 'source', error });
    };
    this.#reading = source
      .next()
      .then(admit)
      .catch(fail)
      .then(() => {
        this.#reading = undefined;
        this.#bell.set();
      });
  }

  #ended(end: BulkEnd): void {
    this.#more = false;
    this.#close ??= end;
  }

  #admit(items: readonly T[]): void {
    this.#tally.read += items.length;
    if (this.#sender.end) {
      this.#leftover = { items };
      return;
    }
    for (const [index, item] of items.entries()) {
      const { record, reason } = validate(item, this.#can, this.#partitions);
      if (record) this.#window.add(this.#sender.add(item, record));
      else if (this.#options.onBad === 'setAside') this.#setAside(item, reason);
      else {
        this.#tally.add('failed', item, reason);
        this.#leftover = { culprit: item, items: items.slice(index + 1) };
        this.#close = { kind: 'item', reason };
        return;
      }
    }
  }

  async #keepSettled(settled: readonly Entry<T>[]): Promise<void> {
    await this.#kept.putByFate(settled);
    await this.#kept.put('setAside', this.#aside.splice(0));
  }

  /**
   * Keeps all that was not sent, up to the end of the source. But if nothing was sent at all, the
   * source can be sent again as it is.
   */
  async #keepRest(source: AsyncIterator<readonly T[]>): Promise<void> {
    this.#keeping = true;
    await this.#reading;
    const open = this.#window.takeAll();
    this.#tally.addNotTried(open.filter(({ fate }) => !fate).map(({ item }) => item));
    await this.#keepSettled(open);
    const { culprit, items } = this.#leftover;
    if (culprit) await this.#kept.put('rest', [culprit]);
    await this.#keepUntried(items);
    const wanted = this.#options.keepUnread && this.#tally.mayHaveWritten;
    try {
      while (this.#more && wanted && !this.#leaveRest && this.#kept.error === undefined) {
        const next = await source.next();
        if (next.done) this.#more = false;
        else {
          this.#tally.read += next.value.length;
          await this.#keepUntried(next.value);
        }
      }
    } catch (error) {
      this.#kept.error = error;
    }
    if (this.#more) await source.return?.();
  }

  async #keepUntried(items: readonly T[]): Promise<void> {
    const rest: T[] = [];
    for (const item of items) {
      const { reason } = validate(item, this.#can, this.#partitions);
      if (reason && this.#options.onBad === 'setAside') this.#setAside(item, reason);
      else rest.push(item);
    }
    this.#tally.addNotTried(rest);
    await this.#kept.put('rest', rest);
    await this.#keepSettled([]);
  }

  #setAside(item: T, reason: Reason): void {
    this.#tally.add('setAside', item, reason);
    this.#aside.push(item);
  }
}
