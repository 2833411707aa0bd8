import type { KafkaRecord, Offset } from '../../core/kafka';
import { type BackendOffsets, type Fetched, type FetchLimits, KafkaFailure } from '../backend';
import { recordBytes } from '../recordBytes';
import { check } from './api/api';
import {
  EARLIEST,
  fetch,
  type FetchRequest,
  type FetchResponse,
  LATEST,
  listOffsets,
} from './api/log';
import type { Brokers } from './brokers';
import type { Leaders } from './leaders';
import { MalformedBytes } from './wire/reader';
import { batchesOf, isAbort, type RecordBatch, recordsOf } from './wire/records';

/** The sizes of one fetch. The broker returns whole batches, so a few records need some bytes. */
const MIN_FETCH_BYTES = 64 * 1024;
const MAX_FETCH_BYTES = 8 * 1024 * 1024;
/** A guess at the size of a record, until some were read. */
const RECORD_BYTES = 1024;

/** Reads the logs of a cluster. */
export class LogReader {
  constructor(
    private readonly brokers: Brokers,
    private readonly leaders: Leaders,
  ) {}

  /** Returns the offsets of some partitions. */
  offsets(topic: string, partitions: readonly number[]): Promise<readonly BackendOffsets[]> {
    return Promise.all(
      partitions.map(async (partition) => {
        const [earliest, latest] = await Promise.all([
          this.offsetAt(topic, partition, EARLIEST),
          this.offsetAt(topic, partition, LATEST),
        ]);
        return { earliest, latest };
      }),
    );
  }

  /** Returns the offset at a time; -1 if there is none. */
  offsetAt(topic: string, partition: number, time: bigint): Promise<Offset> {
    return this.leaders.on(topic, partition, 'read', async (leader) => {
      const request = { topic, partitions: [partition], time };
      const [listed] = await this.brokers.call(leader, listOffsets, request);
      check(listed?.code ?? 0);
      return listed?.offset ?? -1n;
    });
  }

  /**
   * Reads records from an offset on, with as many fetches as it takes to have all that the limits
   * allow. Waits only while there is none. Whole batches are those of one fetch.
   */
  async read(
    topic: string,
    partition: number,
    offset: Offset,
    limits: FetchLimits,
  ): Promise<Fetched> {
    const { maxRecords, maxBytes, waitMs = 0, isolation, wholeBatches = false } = limits;
    const isCommitted = isolation === 'read_committed';
    if (wholeBatches) {
      const size = Math.min(Math.max(1, maxBytes), MAX_FETCH_BYTES);
      const request = { topic, partition, isCommitted, offset, maxBytes: size, waitMs };
      return decoded(await this.#fetch(request), request, 0n);
    }
    const records: KafkaRecord[] = [];
    let bytes = 0;
    let next = offset;
    for (;;) {
      const missing = maxRecords - records.length;
      const meanBytes = records.length > 0 ? bytes / records.length : RECORD_BYTES;
      const wanted = Math.min(missing * meanBytes, maxBytes - bytes, MAX_FETCH_BYTES);
      const request = {
        ...{ topic, partition, isCommitted, offset: next },
        maxBytes: Math.ceil(Math.max(wanted, MIN_FETCH_BYTES)),
        waitMs: records.length > 0 ? 0 : waitMs,
      };
      const response = await this.#fetch(request);
      const fetched = decoded(response, request, next);
      for (const record of fetched.records) {
        bytes += recordBytes(record);
        const isFull = records.length >= maxRecords || (records.length > 0 && bytes > maxBytes);
        if (isFull) return { records, next };
        records.push(record);
        next = record.offset + 1n;
      }
      // What comes after the last record is left for the next read, wherever the response ends.
      if (records.length >= maxRecords || bytes >= maxBytes) return { records, next };
      const isEnd = fetched.next <= request.offset || fetched.next >= response.end;
      next = fetched.next;
      if (isEnd) return { records, next };
    }
  }

  #fetch(request: FetchRequest): Promise<FetchResponse> {
    return this.leaders.on(request.topic, request.partition, 'read', (leader) =>
      this.brokers.call(leader, fetch, request, request.waitMs),
    );
  }
}

/**
 * Returns the records of a response from an offset on, without those of aborted transactions that
 * it names, and the offset that follows.
 *
 * @param from may be before the offset of the request, for the first records of its batch
 */
function decoded(
  { aborted, records: bytes }: FetchResponse,
  { partition, offset }: FetchRequest,
  from: Offset,
): { readonly records: readonly KafkaRecord[]; readonly next: Offset } {
  try {
    const batches = batchesOf(bytes).filter(({ lastOffset }) => lastOffset >= offset);
    const records = withoutAborted(batches, aborted).flatMap((batch) =>
      recordsOf(batch, partition, from),
    );
    return { records, next: (batches.at(-1)?.lastOffset ?? offset - 1n) + 1n };
  } catch (error) {
    if (!(error instanceof MalformedBytes)) throw error;
    const place = `Partition ${partition} cannot be read at offset ${offset.toString()}`;
    throw new KafkaFailure('CORRUPT_MESSAGE', `${place}. ${error.message}`);
  }
}

/**
 * Leaves out the marks of the ends of transactions, and the batches of the aborted ones. Such a
 * transaction begins at its first offset and ends with its producer's next mark.
 */
function withoutAborted(
  batches: readonly RecordBatch[],
  aborted: FetchResponse['aborted'],
): readonly RecordBatch[] {
  const begins = [...aborted].sort((a, b) => (a.firstOffset < b.firstOffset ? -1 : 1));
  const producers = new Set<bigint>();
  return batches.filter((batch) => {
    while (begins[0] && begins[0].firstOffset <= batch.lastOffset) {
      producers.add(begins[0].producerId);
      begins.shift();
    }
    if (batch.isControl) {
      if (isAbort(batch)) producers.delete(batch.producerId);
      return false;
    }
    return !batch.isTransactional || !producers.has(batch.producerId);
  });
}
