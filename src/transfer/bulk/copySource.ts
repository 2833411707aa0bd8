import type { KafkaRecord, Offset, ReadingProxy } from '../../core/kafka';
import { openReader, type ReadNotice } from '../../core/read/reader';
import { type ReadRequest, readOn } from '../../core/read/request';

type Batches = AsyncIterable<readonly KafkaRecord[]>;

/** Messages to copy, ready to be read. */
export interface CopySource {
  /** The highest possible number of messages. */
  readonly total: number;
  readonly batches: Batches;
  /** Opens the unread rest after a run stopped. Missing if the read must not be split. */
  readonly onward?: OpenSource;
  /** How far each partition was read. */
  readonly positions: () => readonly PartitionPosition[];
  /** Notices about the read that a person should see. */
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

/** Returns a source of the messages of a topic, up to the latest one when it is opened. */
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
    // The newest records come all at once at the end, so a rest could not be read separately.
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

/** Returns a source that gives these records first, and then those of another source. */
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

/** Leaves out messages that arrived after the copy began, because they are not part of it. */
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
