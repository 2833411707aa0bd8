import { KafkaError } from '../errors';
import type { Capabilities, NewRecord } from '../kafka';
import { memberNames, members, type ProduceFeature } from '../message/members';
import { recordBytes } from '../message/size';
import { encodedSize, type ProduceCapabilities } from './batchLimit';

/** A record that the dialect can carry, so that it may be sent as it is. */
export interface Sendable {
  readonly record: NewRecord;
  /** The bytes that it takes in the body of a call; see `encodedSize`. */
  readonly size: number;
}

/** Records that were checked and are to be sent together. `sizes` holds the size of each. */
export interface CheckedRecords {
  readonly records: readonly NewRecord[];
  readonly sizes: readonly number[];
}

/** Why a record cannot be sent. */
export type Obstacle =
  /** It needs a feature that the proxy cannot carry. */
  | { readonly kind: 'unsupported'; readonly feature: ProduceFeature }
  /** It names a partition that the topic does not have. */
  | { readonly kind: 'no-partition'; readonly partition: number };

/** A record that cannot be sent, by its index. */
export interface Uncarried {
  readonly index: number;
  readonly obstacle: Obstacle;
}

/** All records, or else those that cannot be sent, at least one, and the others. */
export type Check =
  | { readonly checked: CheckedRecords; readonly uncarried?: never; readonly others?: never }
  | {
      readonly checked?: never;
      readonly uncarried: readonly [Uncarried, ...Uncarried[]];
      readonly others: CheckedRecords;
    };

/**
 * Checks and measures records that are to be sent together. If the dialect cannot carry one of
 * them, only the person may decide to send the others. `partitions` are the ids of the topic's
 * partitions; without them, every partition passes. Throws a `KafkaError` of kind `unsupported` if
 * the proxy cannot produce at all.
 */
export function checkAll(
  records: readonly NewRecord[],
  { produce: can }: Pick<Capabilities, 'produce'>,
  partitions?: ReadonlySet<number>,
): Check {
  if (!can) throw new KafkaError('unsupported');
  const carried: NewRecord[] = [];
  const sizes: number[] = [];
  const uncarried: Uncarried[] = [];
  for (const [index, record] of records.entries()) {
    const obstacle = obstacleOf(record, can, partitions);
    if (obstacle) {
      uncarried.push({ index, obstacle });
    } else {
      carried.push(record);
      sizes.push(encodedSize(record, can));
    }
  }
  const [first, ...more] = uncarried;
  if (!first) return { checked: { records, sizes } };
  return { uncarried: [first, ...more], others: { records: carried, sizes } };
}

/** Returns why a record cannot be sent, if so. `partitions` as in `checkAll`. */
export function obstacleOf(
  record: NewRecord,
  can: ProduceCapabilities,
  partitions?: ReadonlySet<number>,
): Obstacle | undefined {
  const feature = unsupportedFeature(record, can);
  if (feature) return { kind: 'unsupported', feature };
  const { partition } = record;
  if (partition === undefined || !partitions || partitions.has(partition)) return undefined;
  return { kind: 'no-partition', partition };
}

/** Returns the first feature that a record needs and the dialect does not support, if any. */
export function unsupportedFeature(
  record: NewRecord,
  can: ProduceCapabilities,
): ProduceFeature | undefined {
  for (const name of memberNames) {
    const feature = members[name].needs(record);
    if (feature && !can[feature]) return feature;
  }
  return undefined;
}

/** A record that a cluster with Kafka's own limits refuses, by its index, and its size in bytes. */
export interface LargeRecord {
  readonly index: number;
  readonly bytes: number;
}

/**
 * Returns the records that are larger than one call should be. They are sent alone, and Kafka
 * refuses them unless its limits were raised.
 */
export function largeRecords(
  { records, sizes }: CheckedRecords,
  { maxBatchBytes }: Pick<ProduceCapabilities, 'maxBatchBytes'>,
): readonly LargeRecord[] {
  const large: LargeRecord[] = [];
  for (const [index, record] of records.entries()) {
    // The size in a call is never less than the size in Kafka, and it is known already.
    if ((sizes[index] ?? 0) <= maxBatchBytes) continue;
    const bytes = recordBytes({ ...record, key: record.key ?? null });
    if (bytes > maxBatchBytes) large.push({ index, bytes });
  }
  return large;
}
