import type { NewRecord } from '../../core/kafka';
import { type Appended, type BackendPartition, KafkaFailure } from '../backend';
import { partitionOfKey } from '../partitioner';
import { recordBytes } from '../recordBytes';
import { failureOf } from './api/api';
import { produce, type ProduceResponse } from './api/log';
import type { Brokers } from './brokers';
import type { Leaders } from './leaders';
import { encodeBatch, type TimedRecord } from './wire/records';

/** What the broker may use of the time for its response, until all replicas have a batch. */
const REPLICATION_MS = 10_000;
/** Brokers refuse batches of more than about a megabyte by default. */
const MAX_BATCH_BYTES = 900_000;
const OVERHEAD_BYTES = 32;

/** A record, and its index among those that are produced together. */
interface Placed {
  readonly index: number;
  readonly record: TimedRecord;
}

/** Appends records to the logs of a cluster. */
export class LogWriter {
  #keyless = 0;

  constructor(
    private readonly brokers: Brokers,
    private readonly leaders: Leaders,
  ) {}

  /**
   * Appends records in order, partition by partition. Returns one result for each. Rejects if
   * nothing was written.
   */
  async append(topic: string, records: readonly NewRecord[]): Promise<readonly Appended[]> {
    const { partitions } = await this.leaders.topic(topic);
    const keyless = this.#partitionWithoutKey(partitions);
    const now = Date.now();
    const placed = new Map<number, Placed[]>();
    records.forEach((record, index) => {
      const { key = null, timestamp = now } = record;
      const chosen = key === null ? keyless : partitionOfKey(key, partitions.length);
      const partition = record.partition ?? chosen;
      const others = placed.get(partition) ?? [];
      others.push({ index, record: { ...record, timestamp } });
      placed.set(partition, others);
    });
    const results: Appended[] = [];
    await Promise.all(
      Array.from(placed, async ([partition, each]) => {
        for (const batch of batchesOf(each)) {
          for (const [index, appended] of await this.#appendBatch(topic, partition, batch)) {
            results[index] = appended;
          }
        }
      }),
    );
    return results;
  }

  /** Takes the partitions in turn, one for each call; those without a leader only if all are so. */
  #partitionWithoutKey(partitions: readonly BackendPartition[]): number {
    const led = partitions.filter(({ leader }) => leader !== null);
    const usable = led.length > 0 ? led : partitions;
    this.#keyless += 1;
    return usable[this.#keyless % usable.length]?.id ?? 0;
  }

  /** Appends a batch, or its halves if it is too large. Never rejects. */
  async #appendBatch(
    topic: string,
    partition: number,
    batch: readonly Placed[],
  ): Promise<readonly (readonly [index: number, Appended])[]> {
    const bytes = encodeBatch(batch.map(({ record }) => record));
    const request = { topic, partition, batch: bytes, timeoutMs: REPLICATION_MS };
    try {
      const response = await this.leaders.on(topic, partition, 'write', async (leader) => {
        const given = await this.brokers.call(leader, produce, request, REPLICATION_MS);
        const failure = failureOf(given.code, given.message);
        if (failure && given.problems.size === 0) throw failure;
        return given;
      });
      return batch.map(({ index, record }, at) => [
        index,
        resultOf(response, partition, record, at),
      ]);
    } catch (error) {
      const failure = toFailure(error);
      if (failure.kind === 'MESSAGE_TOO_LARGE' && batch.length > 1) {
        const middle = Math.ceil(batch.length / 2);
        const first = await this.#appendBatch(topic, partition, batch.slice(0, middle));
        return [...first, ...(await this.#appendBatch(topic, partition, batch.slice(middle)))];
      }
      return batch.map(({ index }) => [index, { failure }]);
    }
  }
}

/** Splits records so that each batch has a size that brokers accept, or is a single record. */
function batchesOf(records: readonly Placed[]): readonly (readonly Placed[])[] {
  const batches: Placed[][] = [];
  let room = 0;
  for (const placed of records) {
    const size = OVERHEAD_BYTES + recordBytes(placed.record);
    const batch = batches.at(-1);
    if (batch && size <= room) {
      batch.push(placed);
      room -= size;
    } else {
      batches.push([placed]);
      room = MAX_BATCH_BYTES - size;
    }
  }
  return batches;
}

/** Returns the result of the record at an index of a batch. */
function resultOf(
  { code, message, baseOffset, appendTime, problems }: ProduceResponse,
  partition: number,
  { timestamp }: TimedRecord,
  at: number,
): Appended {
  // One bad record makes the broker refuse all of its batch.
  const failure = failureOf(code, problems.get(at) ?? message);
  if (failure) return { failure };
  return {
    ...{ partition, offset: baseOffset + BigInt(at) },
    timestamp: appendTime >= 0 ? appendTime : timestamp,
  };
}

function toFailure(error: unknown): KafkaFailure {
  if (error instanceof KafkaFailure) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new KafkaFailure('UNKNOWN_SERVER_ERROR', message);
}
