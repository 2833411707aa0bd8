import { KafkaFailure } from '../backend';
import type { ClusterTopic, Destined } from './cluster';
import { recordBytes } from '../recordBytes';
import type { PartitionLog } from './log';

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
 * one call for a partition if the timestamp of one of them is not allowed. `now` is in epoch
 * milliseconds.
 */
export function produceFailures(
  { name, properties }: ClusterTopic,
  destined: readonly Destined[],
  now: number,
): readonly (KafkaFailure | undefined)[] {
  const maxMessageBytes = Number(properties.get('max.message.bytes') ?? Infinity);
  const badTimes = new Map<number, KafkaFailure>();
  const counts = new Map<number, number>();
  for (const { partition, record } of destined) {
    const index = counts.get(partition.id) ?? 0;
    counts.set(partition.id, index + 1);
    if (record.timestamp <= now + MAX_AFTER_MS || badTimes.has(partition.id)) continue;
    const range = `[${BigInt(now) - MAX_BEFORE_MS}, ${now + MAX_AFTER_MS}]`;
    badTimes.set(
      partition.id,
      new KafkaFailure(
        'INVALID_TIMESTAMP',
        `Timestamp ${record.timestamp} of message with offset ${index} is out of range. The timestamp should be within ${range}`,
      ),
    );
  }
  return destined.map(({ partition, record }) => {
    if (partition.isLeaderless) return noLeader(name, partition.id);
    if (recordBytes(record) > maxMessageBytes) {
      return new KafkaFailure(
        'MESSAGE_TOO_LARGE',
        'The request included a message larger than the max message size the server will accept.',
      );
    }
    return badTimes.get(partition.id);
  });
}
