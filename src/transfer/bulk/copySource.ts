import type { KafkaRecord, Offset, ReadingProxy } from '../../core/kafka';
import { openReader, type ReadNotice } from '../../core/read/reader';
import { type ReadRequest, readOn } from '../../core/read/request';

type Batches = AsyncIterable<readonly KafkaRecord[]>;

/** Messages to copy, opened. */
export interface CopySource {
  /** How many there are at most. */
  readonly total: number;
  readonly batches: Batches;
  /** What was not read when the run stopped; missing: it is to be read nevertheless. */
  readonly onward?: OpenSource;
  /** How far each partition was read. */
  readonly positions: () => readonly PartitionPosition[];
  /** What a person should know of the read. */
  readonly notices: () => readonly ReadNotice[];
}

/** The next offset of a partition, and where the copy ends there. */
export interface PartitionPosition {
  readonly partition: number;
  readonly position: Offset;
  readonly until: Offset;
}

/** Opens messages to copy, which are read until the signal aborts. */
export type OpenSource = (signal: AbortSignal) => Promise<CopySource>;

/** Messages of a topic, up to the latest that there are when it is opened. */
export function fromTopic(proxy: ReadingProxy, request: ReadRequest): OpenSource {
  return async (signal) => {
    const reader = await openReader(proxy, request, { signal });
    const { ranges } = reader;
    const ends = new Map(ranges.map(({ partition, until }) => [partition, until]));
    const { maxRecords = Infinity, newest } = request;
    const total = Math.min(Number(reader.total), maxRecords, newest ?? Infinity);
    const positions = () =>
      ranges.map(({ partition, until }) => ({
        partition,
        position: reader.position.get(partition) ?? until,
        until,
      }));
    const notices = () => reader.notices;
    // The newest records come at the end, all at once: there is nothing to go on with.
    if (newest !== undefined) return { total, batches: reader, positions, notices };
    const onward: OpenSource = async (again) => {
      const until = [...ends.values()].reduce((a, b) => (a > b ? a : b), 0n);
      const left = maxRecords - reader.records;
      const rest = { ...readOn(request, reader.position), until };
      const next = Number.isFinite(left) ? { ...rest, maxRecords: left } : rest;
      return bounded(ends, fromTopic(proxy, next))(again);
    };
    return { total, batches: reader, onward, positions, notices };
  };
}

/** Records first, and then what another source gives. */
export function fromRest(
  records: readonly KafkaRecord[],
  onward: OpenSource | undefined,
): OpenSource {
  return async (signal) => {
    const next = await onward?.(signal);
    const total = records.length + (next?.total ?? 0);
    const batches = concatenated(records, next?.batches);
    return { ...(next ?? { positions: () => [], notices: () => [] }), total, batches };
  };
}

async function* concatenated(first: readonly KafkaRecord[], then: Batches | undefined): Batches {
  if (first.length > 0) yield first;
  if (then) yield* then;
}

/** Leaves out what has come since a copy began, which is no part of it. */
function bounded(ends: ReadonlyMap<number, Offset>, open: OpenSource): OpenSource {
  return async (signal) => {
    const source = await open(signal);
    const { onward } = source;
    return {
      ...source,
      batches: before(ends, source.batches),
      ...(onward && { onward: bounded(ends, onward) }),
    };
  };
}

async function* before(ends: ReadonlyMap<number, Offset>, batches: Batches): Batches {
  for await (const batch of batches) {
    yield batch.filter(({ partition, offset }) => offset < (ends.get(partition) ?? 0n));
  }
}
