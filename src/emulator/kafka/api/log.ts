import type { Offset } from '../../../core/kafka';
import { check, type Api } from './api';

/** A partition that a request is about. */
export interface PartitionName {
  readonly topic: string;
  readonly partition: number;
}

/** The times that `listOffsets` takes for the ends of a partition. */
export const LATEST = -1n;
export const EARLIEST = -2n;

const READ_UNCOMMITTED = 0;
const READ_COMMITTED = 1;

/** What a response says about one of the partitions that were asked for. */
export interface ListedOffset {
  readonly partition: number;
  readonly code: number;
  /** -1: there is none. */
  readonly offset: Offset;
}

/** Asks for the offsets at a time in partitions of a topic. */
export const listOffsets: Api<
  { readonly topic: string; readonly partitions: readonly number[]; readonly time: bigint },
  readonly ListedOffset[]
> = {
  name: 'ListOffsets',
  key: 2,
  version: 5,
  write: (writer, { topic, partitions, time }) =>
    writer
      // We are not a replica.
      .int32(-1)
      .int8(READ_UNCOMMITTED)
      .array([topic], () => {
        writer.string(topic).array(partitions, (partition) => {
          // The epoch of the leader is not compared.
          writer.int32(partition).int32(-1).int64(time);
        });
      }),
  read: (reader) => {
    reader.int32();
    const topics = reader.array(() => {
      reader.string();
      return reader.array(() => {
        const partition = reader.int32();
        const code = reader.int16();
        // The timestamp of the record.
        reader.int64();
        const offset = reader.int64();
        // The epoch of the leader.
        reader.int32();
        return { partition, code, offset };
      });
    });
    return topics.flat();
  },
};

export interface FetchRequest extends PartitionName {
  readonly offset: Offset;
  /** The broker returns the first batch at any size. */
  readonly maxBytes: number;
  readonly waitMs: number;
  readonly isCommitted: boolean;
}

export interface FetchResponse {
  /** The end of what can be read: of all records, or of all those of ended transactions. */
  readonly end: Offset;
  /** The aborted transactions in these records. */
  readonly aborted: readonly { readonly producerId: bigint; readonly firstOffset: Offset }[];
  /** Batches, of which the last one may be cut off. */
  readonly records: Buffer;
}

/** Reads batches of one partition. */
export const fetch: Api<FetchRequest, FetchResponse> = {
  name: 'Fetch',
  key: 1,
  version: 11,
  write: (writer, { topic, partition, offset, maxBytes, waitMs, isCommitted }) =>
    writer
      // We are not a replica.
      .int32(-1)
      .int32(waitMs)
      // One byte ends the wait.
      .int32(1)
      .int32(maxBytes)
      .int8(isCommitted ? READ_COMMITTED : READ_UNCOMMITTED)
      // No session, which would remember partitions.
      .int32(0)
      .int32(-1)
      .array([topic], () => {
        writer.string(topic).array([partition], () => {
          writer.int32(partition).int32(-1).int64(offset).int64(-1n).int32(maxBytes);
        });
      })
      // No partitions to forget, and no rack.
      .array([], () => undefined)
      .string(''),
  read: (reader) => {
    reader.int32();
    check(reader.int16());
    // The session.
    reader.int32();
    const [response] = reader
      .array(() => {
        reader.string();
        return reader.array(() => {
          // The partition.
          reader.int32();
          const code = reader.int16();
          const highWatermark = reader.int64();
          const lastStable = reader.int64();
          // The first offset of the log.
          reader.int64();
          const aborted = reader.array(() => ({
            producerId: reader.int64(),
            firstOffset: reader.int64(),
          }));
          // The replica that we should read from.
          reader.int32();
          const records = reader.dataBytes();
          check(code);
          const end = lastStable >= 0n && lastStable < highWatermark ? lastStable : highWatermark;
          return { end, aborted, records };
        });
      })
      .flat();
    // A broker that omits the partition has nothing to say about it.
    return response ?? { end: 0n, aborted: [], records: Buffer.alloc(0) };
  },
};

export interface ProduceResponse {
  readonly code: number;
  readonly message: string | null;
  readonly baseOffset: Offset;
  /** The timestamp of all records; -1 if each keeps its own. */
  readonly appendTime: number;
  /** What is wrong with single records, by their index in the batch. */
  readonly problems: ReadonlyMap<number, string | null>;
}

/** Appends a batch to a partition and waits for all in-sync replicas. */
export const produce: Api<
  PartitionName & { readonly batch: Buffer; readonly timeoutMs: number },
  ProduceResponse
> = {
  name: 'Produce',
  key: 0,
  version: 8,
  write: (writer, { topic, partition, batch, timeoutMs }) =>
    writer
      // No transaction.
      .string(null)
      // All in-sync replicas.
      .int16(-1)
      .int32(timeoutMs)
      .array([topic], () => {
        writer.string(topic).array([partition], () => {
          writer.int32(partition).byteArray(batch);
        });
      }),
  read: (reader) => {
    const [response] = reader
      .array(() => {
        reader.string();
        return reader.array(() => {
          // The partition.
          reader.int32();
          const code = reader.int16();
          const baseOffset = reader.int64();
          const appendTime = Number(reader.int64());
          // The first offset of the log.
          reader.int64();
          const problems = reader.array(() => [reader.int32(), reader.nullableString()] as const);
          const message = reader.nullableString();
          return { code, message, baseOffset, appendTime, problems: new Map(problems) };
        });
      })
      .flat();
    reader.int32();
    return (
      response ?? { code: -1, message: null, baseOffset: -1n, appendTime: -1, problems: new Map() }
    );
  },
};
