import type { KafkaError } from '../../core/errors';
import type { NewRecord, Offset, ProduceResult } from '../../core/kafka';
import { type Fate, type FateCounts, mayHaveWritten } from '../../core/produce/fates';
import type { Entry } from '../../core/produce/lanes';
import type { Waiting } from '../../core/produce/retryBudget';
import type { Obstacle } from '../../core/produce/sendable';
import { Rate } from '../../core/async/rate';

/** An item of a source: a record, or `bad` if the source could not make a record of it. */
export type BulkItem =
  { readonly kind: 'record'; readonly record: NewRecord } | { readonly kind: 'bad' };

/** Why an item was not written, or may not have been. */
export type Reason =
  /** The source could not read it. */
  | { readonly kind: 'bad' }
  | Obstacle
  /** The proxy does not accept it. */
  | { readonly kind: 'refused'; readonly detail: string }
  /** The proxy does not accept a call with it alone, of this many bytes. */
  | { readonly kind: 'too-large'; readonly bytes: number }
  /** Its call was cut off after sending; it may have been written. */
  | { readonly kind: 'unclear'; readonly detail: string };

/** The fates that a report explains with a reason for each item. */
export type ExplainedFate = Extract<Fate, 'refused' | 'unclear' | 'setAside'>;

/** An item with the reason of its fate. */
export interface Example<T> {
  readonly item: T;
  readonly reason: Reason;
}

/** Why a run ended. */
export type BulkEnd =
  /** Everything was read and sent, except items that were refused or set aside. */
  | { readonly kind: 'done' }
  | { readonly kind: 'cancelled' }
  /** An item was bad or refused and `onBad` is `stop`, or too many in a row were refused. */
  | { readonly kind: 'item'; readonly reason: Reason }
  /** The outcome of a call is not known. */
  | { readonly kind: 'unclear'; readonly detail: string }
  /** The proxy accepts no calls, even after waiting. */
  | { readonly kind: 'proxy'; readonly error: KafkaError }
  /** Encoding what was read failed, for example because a schema cannot be fetched. */
  | { readonly kind: 'encoding'; readonly error: unknown }
  /** Reading the source failed. */
  | { readonly kind: 'source'; readonly error: unknown }
  /** Items that were not written cannot be kept, see `keepError`. */
  | { readonly kind: 'keep' };

/** A partition to which records were written, and the offsets between which they are. */
export interface WrittenRange {
  readonly partition: number;
  readonly first?: Offset;
  readonly last?: Offset;
}

/** The outcome of a run. The counts are of items: each one that was read has exactly one fate. */
export interface BulkReport<T> extends FateCounts {
  readonly end: BulkEnd;
  /** The size of the accepted records in the bodies of calls, in bytes. */
  readonly bytes: number;
  /** How long it took, in milliseconds, pauses included. */
  readonly ms: number;
  /** The first few items that were refused, are unclear, or were set aside. */
  readonly examples: Readonly<Record<ExplainedFate, readonly Example<T>[]>>;
  /** Where the accepted records are, by partition. Empty if that is not known of all of them. */
  readonly written: readonly WrittenRange[];
  /** The first item that was not sent. */
  readonly firstUnsent: T | undefined;
  /**
   * The partitions in which to look for unclear records. For records with a key, they are right
   * only if the proxy uses Kafka's own partitioner.
   */
  readonly unclearPartitions: readonly number[];
  /** Whether there may be items that were never read. They count nowhere and were not kept. */
  readonly unread: boolean;
  /** The error because of which some items could not be kept. */
  readonly keepError: unknown;
}

export interface BulkProgress extends FateCounts {
  readonly state: 'sending' | 'paused' | 'waiting' | 'stopping' | 'keeping';
  /** Set while `state` is `waiting`. */
  readonly waiting: Waiting | undefined;
  /** The number of items that were read. */
  readonly read: number;
  /** The size of the accepted records in the bodies of calls, in bytes. */
  readonly bytes: number;
  /** Accepted records a second, over the last few seconds. */
  readonly rate: number;
  /** `undefined` while the total or the rate is not known. */
  readonly secondsLeft: number | undefined;
}

/** How many examples a report gives of each fate. */
export const MAX_EXAMPLES = 20;

/** Counts as a run goes on. */
export class Tally<T> {
  read = 0;
  readonly #counts = { accepted: 0, refused: 0, unclear: 0, setAside: 0, unsent: 0 };
  readonly #examples: Record<ExplainedFate, Example<T>[]> = {
    refused: [],
    unclear: [],
    setAside: [],
  };
  readonly #unclearPartitions = new Set<number>();
  readonly #written = new Map<number, { -readonly [M in keyof WrittenRange]: WrittenRange[M] }>();
  readonly #rate = new Rate();
  #isWrittenKnown = true;
  #bytes = 0;
  #firstUnsent: T | undefined;

  /** `onlyPartition` is the partition of a topic that has a single one. */
  constructor(private readonly onlyPartition?: number) {}

  get mayHaveWritten(): boolean {
    return mayHaveWritten(this.#counts);
  }

  /** Counts the records of a call that has ended; `partition` is the one that they went to. */
  settle(entries: readonly Entry<T>[], partition: number | undefined): void {
    let accepted = 0;
    for (const { item, record, size, result } of entries) {
      if (!result) continue;
      if (result.status === 'accepted') {
        accepted += 1;
        this.#bytes += size;
        this.#addWritten(result.partition ?? record.partition, result.offset);
        continue;
      }
      this.add(result.status, item, reasonOf(result, size));
      const isUnclear = result.status === 'unclear' && partition !== undefined;
      if (isUnclear) this.#unclearPartitions.add(partition);
    }
    this.#counts.accepted += accepted;
    if (accepted > 0) this.#rate.add(accepted);
  }

  add(fate: ExplainedFate, item: T, reason: Reason): void {
    this.#counts[fate] += 1;
    if (this.#examples[fate].length < MAX_EXAMPLES) this.#examples[fate].push({ item, reason });
  }

  #addWritten(partition = this.onlyPartition, offset?: Offset): void {
    if (partition === undefined) {
      this.#isWrittenKnown = false;
      return;
    }
    let written = this.#written.get(partition);
    if (!written) this.#written.set(partition, (written = { partition }));
    if (offset === undefined) return;
    if (written.first === undefined || offset < written.first) written.first = offset;
    if (written.last === undefined || offset > written.last) written.last = offset;
  }

  addUnsent(items: readonly T[]): void {
    this.#counts.unsent += items.length;
    this.#firstUnsent ??= items[0];
  }

  /** Returns the progress so far. `total` is the number of items, if it is known. */
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
      written: this.#isWrittenKnown
        ? [...this.#written.values()].sort((a, b) => a.partition - b.partition)
        : [],
      firstUnsent: this.#firstUnsent,
      unclearPartitions: [...this.#unclearPartitions].sort((a, b) => a - b),
    };
  }
}

/** Returns why a record was not accepted; `size` is its size in the body of a call. */
function reasonOf(result: Exclude<ProduceResult, { status: 'accepted' }>, size: number): Reason {
  if (result.status === 'refused' && result.isTooLarge) return { kind: 'too-large', bytes: size };
  return { kind: result.status, detail: result.detail };
}
