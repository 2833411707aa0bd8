import type { KafkaRecord, Offset } from '../kafka';
import type { LargeMessage } from '../message/text';

/** The default of `timeMargin`. */
export const TIME_MARGIN = 60_000;

/** Where to begin, in each partition. Times are epoch milliseconds. */
export type ReadFrom =
  | { readonly at: 'earliest' }
  /** This many offsets before the latest, in each partition. */
  | { readonly latestMinus: bigint }
  | { readonly offset: Offset }
  /**
   * The `position` at which an earlier read ended. Partitions that it lacks begin at the earliest
   * offset. Records with timestamps before `since` are left out.
   */
  | { readonly offsets: ReadonlyMap<number, Offset>; readonly since?: number }
  /** Only records with this timestamp or a later one. */
  | { readonly time: number };

export interface ReadRequest {
  readonly topic: string;
  /** Missing: all partitions of the topic. */
  readonly partitions?: readonly number[];
  readonly from: ReadFrom;
  /** Where to end in each partition, exclusive; missing: at the latest offset seen at the start. */
  readonly until?: Offset;
  /** Only records with earlier timestamps, in epoch milliseconds. */
  readonly untilTime?: number;
  /**
   * By how many milliseconds a record may be older than an earlier record of its partition and
   * still be found by its time; missing: `TIME_MARGIN`.
   */
  readonly timeMargin?: number;
  /** The maximum number of records in all. */
  readonly maxRecords?: number;
  /**
   * The maximum number of bytes of keys, values and headers in all, though at least one record is
   * always read: the first records count, or the last ones if `newest` is given.
   */
  readonly maxBytes?: number;
  /**
   * Read only this many of the newest records. They are known only when everything was read, so the
   * reader keeps that many in memory, and yields none if the read fails or is aborted, unless it
   * `keepsPartial`.
   */
  readonly newest?: number;
}

/** Returns the request that continues, with the same times, a read that ended at `position`. */
export function readOn(
  { topic, partitions, from, untilTime, timeMargin }: ReadRequest,
  position: ReadonlyMap<number, Offset>,
): ReadRequest {
  const since = sinceOf(from);
  return {
    topic,
    ...(partitions && { partitions }),
    from: { offsets: new Map(position), ...(since !== undefined && { since }) },
    ...(untilTime !== undefined && { untilTime }),
    ...(timeMargin !== undefined && { timeMargin }),
  };
}

/** Returns the position of a read before it yielded these records, which must be its last ones. */
export function positionBefore(
  records: readonly KafkaRecord[],
  position: ReadonlyMap<number, Offset>,
): ReadonlyMap<number, Offset> {
  const before = new Map(position);
  // In reverse order, so that the first record of each partition sets the offset.
  for (const { partition, offset } of records.toReversed()) before.set(partition, offset);
  return before;
}

/** Returns the time before which records are left out, in epoch milliseconds, if there is one. */
export function sinceOf(from: ReadFrom): number | undefined {
  return 'time' in from ? from.time : 'offsets' in from ? from.since : undefined;
}

/**
 * The range that is read of one partition: `from` inclusive, `until` exclusive, both within the
 * log.
 */
export interface ReadRange {
  readonly partition: number;
  readonly from: Offset;
  readonly until: Offset;
}

/**
 * A requested bound lies outside the log. `used`, an end of the log, replaced it. The exception is
 * a read that continues behind the latest offset: it stays where it is, and reads nothing.
 */
export interface ClampNotice {
  readonly kind: 'clamped';
  readonly partition: number;
  readonly bound: 'from' | 'until';
  readonly asked: Offset;
  readonly end: 'earliest' | 'latest';
  readonly used: Offset;
}

/** A fact about a read that the user should know. */
export type ReadNotice =
  | ClampNotice
  /** Retention deleted `from` to `to` (exclusive) before they were read. */
  | {
      readonly kind: 'moved';
      readonly partition: number;
      readonly from: Offset;
      readonly to: Offset;
    }
  /** The proxy kept responding with no records from `from` to `to` (exclusive). */
  | {
      readonly kind: 'empty';
      readonly partition: number;
      readonly from: Offset;
      readonly to: Offset;
    }
  /** The proxy never responds to a request for `from` to `to` (exclusive). */
  | {
      readonly kind: 'unreadable';
      readonly partition: number;
      readonly from: Offset;
      readonly to: Offset;
    }
  /** Timestamps decided what to read. They may be out of order by `margin` milliseconds. */
  | { readonly kind: 'timed'; readonly margin: number; readonly ranges: readonly ReadRange[] }
  /** Records without a timestamp were left out, because the request selects by time. */
  | { readonly kind: 'untimed' }
  /**
   * No record matches the requested times; `before` and `after` are the nearest times that were
   * seen.
   */
  | { readonly kind: 'none'; readonly before?: number; readonly after?: number }
  /** Messages that were left out of a document because they are too large, in order. */
  | { readonly kind: 'tooLarge'; readonly messages: readonly LargeMessage[] }
  /** `maxBytes` was reached before the end. */
  | { readonly kind: 'stopped'; readonly by: 'maxBytes' };
