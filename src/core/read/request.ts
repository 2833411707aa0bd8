import type { KafkaRecord, Offset } from '../kafka';
import type { LargeMessage } from '../message/text';

/** The default of `timeMargin`. */
export const TIME_MARGIN = 60_000;

/** Where to begin, in each partition. Times are epoch milliseconds. */
export type ReadFrom =
  | { readonly at: 'earliest' }
  /** So many offsets before the latest, in each partition. */
  | { readonly latestMinus: bigint }
  | { readonly offset: Offset }
  /**
   * Where a former read ended (its `position`); partitions that it lacks begin at the earliest.
   * Records with timestamps before `since` are left out.
   */
  | { readonly offsets: ReadonlyMap<number, Offset>; readonly since?: number }
  /** Only records with this timestamp or a later one. */
  | { readonly time: number };

export interface ReadRequest {
  readonly topic: string;
  /** Missing: all of the topic. */
  readonly partitions?: readonly number[];
  readonly from: ReadFrom;
  /** Where to end in each partition, exclusive; missing: at the latest offset seen at the start. */
  readonly until?: Offset;
  /** Only records with earlier timestamps, in epoch milliseconds. */
  readonly untilTime?: number;
  /**
   * By how many milliseconds a record may be older than one before it in its partition, for times to
   * find it; missing: `TIME_MARGIN`.
   */
  readonly timeMargin?: number;
  /** At most so many records in all. */
  readonly maxRecords?: number;
  /**
   * At most so many bytes of keys and values in all, but always at least one record: the first ones, or
   * the last ones where `newest` is given.
   */
  readonly maxBytes?: number;
  /**
   * Only so many of the newest records. They are known once all was read: the reader holds that many,
   * and hands out none if the read fails or is aborted.
   */
  readonly newest?: number;
}

/** The request for what comes after a read that has ended at `position`, and has the same times. */
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

/** Where a read stood before it handed out these records, which are its last ones. */
export function positionBefore(
  records: readonly KafkaRecord[],
  position: ReadonlyMap<number, Offset>,
): ReadonlyMap<number, Offset> {
  const before = new Map(position);
  // The first one of each partition tells.
  for (const { partition, offset } of records.toReversed()) before.set(partition, offset);
  return before;
}

/** The time before which records are left out, if any. */
export function sinceOf(from: ReadFrom): number | undefined {
  return 'time' in from ? from.time : 'offsets' in from ? from.since : undefined;
}

/** What is read of one partition: `from` inclusive, `until` exclusive, both within the log. */
export interface ReadRange {
  readonly partition: number;
  readonly from: Offset;
  readonly until: Offset;
}

/**
 * A bound that was asked for lies outside the log: `used`, an end of the log, took its place; but a
 * read that goes on behind the latest offset stays where it is, and reads nothing.
 */
export interface ClampNotice {
  readonly kind: 'clamped';
  readonly partition: number;
  readonly bound: 'from' | 'until';
  readonly asked: Offset;
  readonly end: 'earliest' | 'latest';
  readonly used: Offset;
}

/** What the user should know about a read, apart from its records. */
export type ReadNotice =
  | ClampNotice
  /** Retention deleted `from` to `to` (exclusive) before they were read. */
  | {
      readonly kind: 'moved';
      readonly partition: number;
      readonly from: Offset;
      readonly to: Offset;
    }
  /** The proxy kept on answering with no records from `from` to `to` (exclusive). */
  | {
      readonly kind: 'empty';
      readonly partition: number;
      readonly from: Offset;
      readonly to: Offset;
    }
  /** Timestamps told what to read, and may be out of order by `margin` milliseconds. */
  | { readonly kind: 'timed'; readonly margin: number; readonly ranges: readonly ReadRange[] }
  /** Records without a timestamp were left out, for times were asked for. */
  | { readonly kind: 'untimed' }
  /** No record has a time that was asked for; the nearest ones before and after that were seen. */
  | { readonly kind: 'none'; readonly before?: number; readonly after?: number }
  /** Left out of a document, in order. */
  | { readonly kind: 'tooLarge'; readonly messages: readonly LargeMessage[] }
  /** `maxBytes` was reached before the end. */
  | { readonly kind: 'stopped'; readonly by: 'maxBytes' };
