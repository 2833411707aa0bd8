import type { KafkaError } from '../../core/errors';
import type { NewRecord } from '../../core/kafka';
import type { ProduceFeature } from '../../core/produce/produceAll';
import { Rate } from '../../core/async/rate';
import type { Waiting } from './retryBudget';

/** What a source gives: a record, or what it could make no record of. */
export type BulkItem =
  { readonly kind: 'record'; readonly record: NewRecord } | { readonly kind: 'bad' };

/** Why an item was not written, or may not have been. */
export type Reason =
  /** The source could not read it. */
  | { readonly kind: 'bad' }
  /** It needs what the proxy cannot carry. */
  | { readonly kind: 'unsupported'; readonly feature: ProduceFeature }
  /** It names a partition that the topic does not have. */
  | { readonly kind: 'no-partition'; readonly partition: number }
  /** The proxy does not take it. */
  | { readonly kind: 'refused'; readonly detail: string }
  /** Its call was cut off after sending; it may have been written. */
  | { readonly kind: 'unclear'; readonly detail: string };

/** How many items met which fate. Each item that was read has exactly one. */
export interface BulkCounts {
  readonly accepted: number;
  /** Certainly not written, for their own sake. */
  readonly failed: number;
  /** Perhaps written. */
  readonly unclear: number;
  /** Left out, as was asked for; certainly not written. */
  readonly setAside: number;
  /** Certainly not written, because the run ended before. */
  readonly notTried: number;
}

/** An item with the reason of its fate. */
export interface Example<T> {
  readonly item: T;
  readonly reason: Reason;
}

/** Why a run ended. */
export type BulkEnd =
  /** All was read and sent, but for what failed or was set aside. */
  | { readonly kind: 'done' }
  | { readonly kind: 'cancelled' }
  /** At an item that is bad or was refused, as was asked for, or at too many of them in a row. */
  | { readonly kind: 'item'; readonly reason: Reason }
  /** The outcome of a call is not known. */
  | { readonly kind: 'unclear'; readonly detail: string }
  /** The proxy takes no calls, also after waiting. */
  | { readonly kind: 'proxy'; readonly error: KafkaError }
  /** The source cannot be read on. */
  | { readonly kind: 'source'; readonly error: unknown }
  /** What is not written cannot be kept, see `keepError`. */
  | { readonly kind: 'keep' };

/** The outcome of a run. */
export interface BulkReport<T> extends BulkCounts {
  readonly end: BulkEnd;
  /** Bytes of what was accepted, as in the bodies of calls. */
  readonly bytes: number;
  /** How long it took, in milliseconds, pauses included. */
  readonly ms: number;
  /** The first few that failed, are unclear, or were set aside. */
  readonly examples: Readonly<Record<'failed' | 'unclear' | 'setAside', readonly Example<T>[]>>;
  /** The first one that was not tried. */
  readonly firstNotTried: T | undefined;
  /** Where to look for unclear records; for records with a key, if the partitioner is Kafka's own. */
  readonly unclearPartitions: readonly number[];
  /** Whether there may be items that were never read. They count nowhere and were not kept. */
  readonly unread: boolean;
  /** Why not all that is to be kept was. */
  readonly keepError: unknown;
}

export interface BulkProgress extends BulkCounts {
  readonly state: 'sending' | 'paused' | 'waiting' | 'stopping' | 'keeping';
  /** While `state` is `waiting`. */
  readonly waiting: Waiting | undefined;
  /** How many items were read. */
  readonly read: number;
  /** Bytes of what was accepted, as in the bodies of calls. */
  readonly bytes: number;
  /** Accepted records a second, over the last few seconds. */
  readonly rate: number;
  /** Missing where the total or the rate is not known. */
  readonly secondsLeft: number | undefined;
}

/** How many examples a report gives of each fate. */
export const MAX_EXAMPLES = 20;

/** Counts as a run goes on. */
export class Tally<T> {
  read = 0;
  readonly unclearPartitions = new Set<number>();
  readonly #counts = { accepted: 0, failed: 0, unclear: 0, setAside: 0, notTried: 0 };
  readonly #examples = {
    failed: [] as Example<T>[],
    unclear: [] as Example<T>[],
    setAside: [] as Example<T>[],
  };
  readonly #rate = new Rate();
  #bytes = 0;
  #firstNotTried: T | undefined;

  /** Whether a record was written, or perhaps was. */
  get mayHaveWritten(): boolean {
    return this.#counts.accepted + this.#counts.unclear > 0;
  }

  accept(records: number, bytes: number): void {
    this.#counts.accepted += records;
    this.#bytes += bytes;
    this.#rate.add(records);
  }

  add(fate: 'failed' | 'unclear' | 'setAside', item: T, reason: Reason): void {
    this.#counts[fate] += 1;
    if (this.#examples[fate].length < MAX_EXAMPLES) this.#examples[fate].push({ item, reason });
  }

  addNotTried(items: readonly T[]): void {
    this.#counts.notTried += items.length;
    this.#firstNotTried ??= items[0];
  }

  /** `total`: how many items there are, where that is known. */
  progress(total: number | undefined): Omit<BulkProgress, 'state' | 'waiting'> {
    const settled = Object.values(this.#counts).reduce((sum, count) => sum + count, 0);
    const rate = this.#rate.perSecond;
    const secondsLeft = total !== undefined && rate > 0 ? (total - settled) / rate : undefined;
    return { ...this.#counts, read: this.read, bytes: this.#bytes, rate, secondsLeft };
  }

  get report(): Omit<BulkReport<T>, 'end' | 'ms' | 'unread' | 'keepError'> {
    return {
      ...this.#counts,
      bytes: this.#bytes,
      examples: this.#examples,
      firstNotTried: this.#firstNotTried,
      unclearPartitions: [...this.unclearPartitions].sort((a, b) => a - b),
    };
  }
}
