import { setImmediate } from 'node:timers/promises';
import { onAbort } from '../../core/async/onAbort';
import { encodedSize, type ProduceCapabilities } from '../../core/produce/batchLimit';
import { KafkaError } from '../../core/errors';
import type { KafkaProxy } from '../../core/kafka';
import type { Entry } from '../../core/produce/lanes';
import { type SendEnd, Sender } from '../../core/produce/sender';
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
import { InFlightWindow } from './inFlightWindow';
import { SinkWriter } from './sink';
import { type Read, SourceReader } from './sourceReader';
import { validate } from './validate';

/**
 * How many calls' worth of records may be read ahead: `perPartition` for each partition, but no
 * more than `perRequest` for each request.
 */
const AHEAD = { perPartition: 2, perRequest: 8 };

/** The stages of a run, in their order. A run never goes back to an earlier one. */
type State =
  /** Items are read and sent. */
  | { readonly kind: 'sending' }
  /** Nothing more is read. Items that were read before are still sent. */
  | { readonly kind: 'draining'; readonly end: BulkEnd }
  /** Nothing more is sent. Calls under way are completed. */
  | { readonly kind: 'stopping'; readonly end: BulkEnd }
  /** Items that were not sent are kept. */
  | { readonly kind: 'keeping'; readonly end: BulkEnd };

/**
 * Produces any number of records in constant memory. Several calls are under way at once, but only
 * one for each partition (see `Sender`), so that each partition keeps the order of the source.
 *
 * Calls that fail temporarily are repeated. A call with an unclear outcome ends the run. A call
 * that is refused as a whole is split into smaller ones until the refused record is found.
 */
export class BulkProducer<T extends BulkItem> {
  readonly #options: FullOptions<T>;
  readonly #can: ProduceCapabilities;
  readonly #partitions: ReadonlySet<number>;
  readonly #sender: Sender<T>;
  readonly #window: InFlightWindow<T>;
  readonly #kept: SinkWriter<T>;
  readonly #tally: Tally<T>;
  readonly #changed = new AutoResetEvent();
  #state: State = { kind: 'sending' };
  #keepUnread: boolean;
  /** Items that were set aside and not kept yet. */
  #aside: T[] = [];
  /** Items not to be sent: the bad item that ended the run, if any, and the items after it. */
  #leftover: { readonly culprit?: T; readonly items: readonly T[] } = { items: [] };

  /** Throws a `KafkaError` of kind `unsupported` if the proxy cannot produce at all. */
  constructor(proxy: KafkaProxy, options: BulkOptions<T>) {
    const can = proxy.capabilities.produce;
    if (!can) throw new KafkaError('unsupported');
    this.#can = can;
    this.#partitions = new Set(options.partitions);
    this.#options = withDefaults(options);
    this.#kept = new SinkWriter(options.keep);
    const { partitions, requests, onBad, keepUnread } = this.#options;
    this.#keepUnread = keepUnread;
    this.#tally = new Tally(partitions.length === 1 ? partitions[0] : undefined);
    const ahead = Math.min(AHEAD.perPartition * partitions.length, AHEAD.perRequest * requests);
    this.#window = new InFlightWindow(ahead * can.maxBatchRecords, ahead * can.maxBatchBytes);
    this.#sender = new Sender<T>({
      ...this.#options,
      proxy,
      can,
      onRefused: onBad === 'stop' ? 'stop' : 'goOn',
      onRefusedCall: 'search',
      partial: () => this.#state.kind !== 'sending' || this.#window.isFull,
      onSettled: (entries, partition) => {
        this.#tally.settle(entries, partition);
        this.#changed.set();
      },
      onStop: (end) => {
        this.#stop(toBulkEnd(end));
      },
    });
  }

  /** Sends nothing more until `resume`. Calls under way go on to their end. */
  pause(): void {
    this.#sender.pause();
  }

  resume(): void {
    this.#sender.resume();
  }

  /** Makes a run that stops leave unread items in the source instead of keeping them. */
  leaveRest(): void {
    this.#keepUnread = false;
  }

  get progress(): BulkProgress {
    const { waiting } = this.#sender;
    const state = this.#shownState;
    return { ...this.#tally.progress(this.#options.total), state, waiting };
  }

  get #shownState(): BulkProgress['state'] {
    const { kind } = this.#state;
    if (kind === 'keeping' || kind === 'stopping') return kind;
    if (this.#sender.isPaused) return 'paused';
    return this.#sender.waiting ? 'waiting' : 'sending';
  }

  /**
   * Produces the items of a source. The signal given to `open` aborts when the run stops early.
   * Rejects only if this code has a bug. Must be called only once.
   */
  async run(open: (stopped: AbortSignal) => AsyncIterable<readonly T[]>): Promise<BulkReport<T>> {
    const started = performance.now();
    const cancel = (): void => {
      this.#stop({ kind: 'cancelled' });
    };
    return onAbort(this.#options.signal, cancel, async () => {
      const { encode } = this.#options;
      const { stopped } = this.#sender;
      const source = new SourceReader<T>(
        open(stopped)[Symbol.asyncIterator](),
        encode && ((items) => encode(items, stopped)),
      );
      const end = await this.#produce(source);
      this.#state = { kind: 'keeping', end };
      await this.#keepRest(source);
      await this.#sender.idle();
      return {
        ...this.#tally.report,
        end,
        ms: performance.now() - started,
        unread: source.mayHaveMore,
        keepError: this.#kept.error,
      };
    });
  }

  /** Reads nothing more. Items that were read before are still sent. */
  #drain(end: BulkEnd): void {
    if (this.#state.kind === 'sending') this.#state = { kind: 'draining', end };
  }

  /** Sends nothing more. The first reason counts. */
  #stop(end: BulkEnd): void {
    const { kind } = this.#state;
    if (kind === 'sending' || kind === 'draining') this.#state = { kind: 'stopping', end };
    this.#sender.stop();
    this.#changed.set();
  }

  /**
   * Reads and sends until everything is sent, or until the run stops and no call is under way.
   * Returns why the run ended.
   */
  async #produce(source: SourceReader<T>): Promise<BulkEnd> {
    for (;;) {
      await this.#keepSettled(this.#window.takeSettled());
      if (this.#kept.error !== undefined) this.#stop({ kind: 'keep' });
      this.#sender.send();
      // With no call to wait for, it reads at once: a source may fail as soon as it is opened.
      if (!this.#sender.isIdle) await afterCalls();
      const state = this.#state;
      if (state.kind === 'sending') this.#readAhead(source);
      else if (this.#sender.isIdle && (state.kind !== 'draining' || this.#window.isEmpty)) {
        return state.end;
      }
      // One at a time, so that no response waits for more than one.
      if (!this.#sender.prepare()) await this.#changed.wait();
    }
  }

  #readAhead(source: SourceReader<T>): void {
    if (source.isReading || this.#window.isFull) return;
    source.readAhead((read) => {
      this.#take(read);
      this.#changed.set();
    });
  }

  #take(read: Read<T>): void {
    switch (read.kind) {
      case 'items':
        this.#admit(read.items);
        break;
      case 'unencoded':
        this.#tally.read += read.items.length;
        this.#leftover = { items: read.items };
        this.#drain({ kind: 'encoding', error: read.error });
        break;
      case 'ended':
        this.#drain({ kind: 'done' });
        break;
      case 'failed':
        this.#drain({ kind: 'source', error: read.error });
    }
  }

  #admit(items: readonly T[]): void {
    this.#tally.read += items.length;
    if (this.#state.kind !== 'sending') {
      this.#leftover = { items };
      return;
    }
    for (const [index, item] of items.entries()) {
      const { record, reason } = validate(item, this.#can, this.#partitions);
      if (record) {
        const size = encodedSize(record, this.#can);
        this.#window.add(this.#sender.add(item, { record, size }));
      } else if (this.#options.onBad === 'setAside') this.#setAside(item, reason);
      else {
        this.#tally.add('refused', item, reason);
        this.#leftover = { culprit: item, items: items.slice(index + 1) };
        this.#drain({ kind: 'item', reason });
        return;
      }
    }
  }

  async #keepSettled(settled: readonly Entry<T>[]): Promise<void> {
    await this.#kept.putByFate(settled);
    await this.#kept.put('setAside', this.#aside.splice(0));
  }

  /**
   * Keeps everything that was not sent, up to the end of the source. If nothing may have been
   * written, it does not read on, because the source can be sent again as it is.
   */
  async #keepRest(source: SourceReader<T>): Promise<void> {
    await source.settled();
    const open = this.#window.takeAll();
    this.#tally.addUnsent(open.filter(({ result }) => !result).map(({ item }) => item));
    await this.#keepSettled(open);
    const { culprit, items } = this.#leftover;
    if (culprit) await this.#kept.put('rest', [culprit]);
    await this.#keepUnsent(items);
    const isWanted = (): boolean => this.#keepUnread && this.#kept.error === undefined;
    while (source.isOpen && this.#tally.mayHaveWritten && isWanted()) {
      const read = await source.next();
      if (read.kind === 'failed') this.#kept.error = read.error;
      if (read.kind !== 'items') break;
      this.#tally.read += read.items.length;
      await this.#keepUnsent(read.items);
    }
    await source.close();
  }

  async #keepUnsent(items: readonly T[]): Promise<void> {
    const rest: T[] = [];
    for (const item of items) {
      const { reason } = validate(item, this.#can, this.#partitions);
      if (reason && this.#options.onBad === 'setAside') this.#setAside(item, reason);
      else rest.push(item);
    }
    this.#tally.addUnsent(rest);
    await this.#kept.put('rest', rest);
    await this.#keepSettled([]);
  }

  #setAside(item: T, reason: Reason): void {
    this.#tally.add('setAside', item, reason);
    this.#aside.push(item);
  }
}

/**
 * Lets calls that have begun leave before anything else takes the processor: one turn for the file
 * of certificates, and one for the connection.
 */
async function afterCalls(): Promise<void> {
  for (let turns = 0; turns < 2; turns += 1) await setImmediate();
}

function toBulkEnd(end: SendEnd): BulkEnd {
  return end.kind === 'refused' ? { kind: 'item', reason: end } : end;
}
