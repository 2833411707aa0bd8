import type { Payload } from '../../core/kafka';
import { KafkaFailure } from '../backend';
import type { ClusterTopic, Destined } from './cluster';
import type { LogRecord, PartitionLog } from './log';

/** How far in the future a timestamp may be: Kafka's default of `message.timestamp.after.max.ms`. */
const MAX_AFTER_MS = 3_600_000;
/** Kafka's default of `message.timestamp.before.max.ms`. */
const MAX_BEFORE_MS = 2n ** 63n - 1n;

export function noLeader(topic: string, partition: number): KafkaFailure {
  return new KafkaFailure(
    'LEADER_NOT_AVAILABLE',
    `There is no leader for partition ${topic}-${partition}.`,
  );
}

export function outOfRange({ earliest, latest }: PartitionLog): KafkaFailure {
  return new KafkaFailure(
    'OFFSET_OUT_OF_RANGE',
    `The offset is out of range: the partition has ${earliest.toString()} to ${latest.toString()}.`,
  );
}

/**
 * Returns why the broker would refuse each of the records, if it would. It refuses all records of
 * one call for a partition if one of them has a timestamp that is not allowed, or lacks a key that
 * compaction needs; with `wholeBatches` also if they are too large together. `now` is in epoch
 * milliseconds, `maxBytes` the cluster's limit for topics that set none.
 */
export function produceFailures(
  { name, properties }: ClusterTopic,
  destined: readonly Destined[],
  {
    now,
    maxBytes,
    wholeBatches,
  }: { readonly now: number; readonly maxBytes: number; readonly wholeBatches: boolean },
): readonly (KafkaFailure | undefined)[] {
  const maxMessageBytes = Number(properties.get('max.message.bytes') ?? maxBytes);
  const isCompacted = properties.get('cleanup.policy')?.includes('compact') ?? false;
  const badPartitions = new Map<number, KafkaFailure>();
  const keyless = isCompacted ? keylessRecords(name, destined) : [];
  const counts = new Map<number, number>();
  const sizes = new Map<number, number>();
  for (const { partition, record } of destined) {
    const index = counts.get(partition.id) ?? 0;
    counts.set(partition.id, index + 1);
    sizes.set(partition.id, (sizes.get(partition.id) ?? 0) + sizeInBatch(record));
    if (record.timestamp <= now + MAX_AFTER_MS || badPartitions.has(partition.id)) continue;
    badPartitions.set(partition.id, badTimestamp(record.timestamp, index, now));
  }
  return destined.map(({ partition, record }, index) => {
    if (partition.isLeaderless) return noLeader(name, partition.id);
    const size = wholeBatches ? sizes.get(partition.id) : undefined;
    if (BATCH_HEAD_BYTES + (size ?? sizeInBatch(record)) > maxMessageBytes) {
      return new KafkaFailure(
        'MESSAGE_TOO_LARGE',
        'The request included a message larger than the max message size the server will accept.',
      );
    }
    return keyless[index] ?? badPartitions.get(partition.id);
  });
}

/**
 * Returns the failures of the records for partitions that get a record without a key. The others
 * are told which ones the broker does not accept.
 */
function keylessRecords(
  topic: string,
  destined: readonly Destined[],
): readonly (KafkaFailure | undefined)[] {
  return destined.map(({ partition, record }) => {
    const batch = destined.filter((each) => each.partition === partition);
    const bad = [...batch.keys()].filter((index) => batch[index]?.record.key === null);
    if (bad.length === 0) return undefined;
    const reason = `Compacted topic cannot accept message without key in topic partition ${topic}-${partition.id}`;
    if (record.key === null) return new KafkaFailure('INVALID_RECORD', reason);
    const first = bad
      .slice(0, 3)
      .map((index) => `RecordError(batchIndex=${index}, message='${reason}')`);
    return new KafkaFailure(
      'INVALID_RECORD',
      `One or more records have been rejected due to ${bad.length} record errors in total, ` +
        `and only showing the first three errors at most: [${first.join(', ')}]`,
    );
  });
}

function badTimestamp(timestamp: number, index: number, now: number): KafkaFailure {
  const range = `[${BigInt(now) - MAX_BEFORE_MS}, ${now + MAX_AFTER_MS}]`;
  return new KafkaFailure(
    'INVALID_TIMESTAMP',
    `Timestamp ${timestamp} of message with offset ${index} is out of range. The timestamp should be within ${range}`,
  );
}

/** The size of a batch before its records, in version 2 of the message format. */
const BATCH_HEAD_BYTES = 61;

/** Returns the size of a record in a batch, whose size `max.message.bytes` limits. */
function sizeInBatch({ key, value, headers = [] }: LogRecord): number {
  // Attributes, and the differences of timestamp and offset, take a byte each.
  let size = 3 + lengthBytes(headers.length) + fieldBytes(key) + fieldBytes(value);
  for (const header of headers) size += fieldBytes(header.name) + fieldBytes(header.value);
  return lengthBytes(size) + size;
}

function fieldBytes(field: Payload | null): number {
  const size = field === null ? 0 : Buffer.byteLength(field);
  return lengthBytes(size) + size;
}

/** Returns the size of a length, which is written with seven bits a byte and a bit for the sign. */
function lengthBytes(length: number): number {
  return Math.max(1, Math.ceil((Math.floor(Math.log2(Math.max(1, length))) + 2) / 7));
}
