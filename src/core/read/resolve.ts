import { KafkaError } from '../errors';
import type { BoundedPartition, Offset, Partition, ReadingProxy } from '../kafka';
import type { ClampNotice, ReadFrom, ReadNotice, ReadRange, ReadRequest } from './request';
import { sinceOf, TIME_MARGIN } from './request';
import { type Bounds, findsTimes, findTimes, type Limits } from './timeBounds';
import { TimeFilter } from './timeFilter';

/** The ranges that a request stands for. */
export interface Resolved {
  readonly ranges: readonly ReadRange[];
  readonly notices: readonly ReadNotice[];
  /** Selects the records by time, if the request asks for times and records have timestamps. */
  readonly filter?: TimeFilter;
}

/**
 * Returns the range to read of each partition, within its log. Makes one call to the proxy and, if
 * the request asks for times, finds their offsets in all partitions concurrently. Rejects with kind
 * `not-found` for a partition that the topic does not have, with `offsets-unknown` if the proxy does
 * not tell which offsets there are, with `unsupported` for times if the proxy neither gives
 * timestamps nor looks up offsets, and with the failures of `ReadingProxy.partitions`, `read` and
 * `offsetAtTime`.
 */
export async function resolveRanges(
  proxy: ReadingProxy,
  request: ReadRequest,
  limits: Limits,
): Promise<Resolved> {
  const { signal } = limits;
  const near = (id: number) => offsetIn(request.from, id);
  const known = await proxy.partitions(request.topic, { near, ...(signal && { signal }) });
  const wanted = bounded(
    request.partitions
      ? [...new Set(request.partitions)].sort((a, b) => a - b).map((id) => find(known, id))
      : known,
  );
  const byTime = sinceOf(request.from) !== undefined || request.untilTime !== undefined;
  const filter = byTime ? timeFilter(proxy, request) : undefined;
  const found = byTime ? await findTimes(proxy, request, wanted, { ...limits, filter }) : undefined;
  const clamped = wanted.map((partition) =>
    clampedRange(partition, request, found?.get(partition)),
  );
  const ranges = clamped.map(({ range }) => range);
  const clamps = clamped.flatMap((each) => each.clamps);
  if (!filter) return { ranges, notices: clamps };
  const margin = request.timeMargin ?? TIME_MARGIN;
  return { ranges, notices: [...clamps, { kind: 'timed', margin, ranges }], filter };
}

/**
 * Returns the filter for a request by time. Returns none if records have no timestamps; the offsets
 * that the proxy looks up must then suffice. Throws kind `unsupported` if the proxy offers neither.
 */
function timeFilter(proxy: ReadingProxy, { from, untilTime }: ReadRequest): TimeFilter | undefined {
  const { read } = proxy.capabilities;
  if (!findsTimes(proxy.capabilities))
    throw new KafkaError('unsupported', { detail: 'timestamps' });
  if (read === false || !read.timestamp) return undefined;
  return new TimeFilter(sinceOf(from) ?? -Infinity, untilTime ?? Infinity);
}

function find(partitions: readonly Partition[], id: number): Partition {
  const partition = partitions.find((candidate) => candidate.id === id);
  if (!partition) throw new KafkaError('not-found', { detail: `partition ${id}` });
  return partition;
}

/** Returns the same partitions. Throws kind `offsets-unknown` unless the offsets of all are known. */
function bounded(partitions: readonly Partition[]): readonly BoundedPartition[] {
  const unknown = partitions.filter(({ latest }) => latest === undefined).map(({ id }) => id);
  if (unknown.length > 0) {
    throw new KafkaError('offsets-unknown', { detail: unknown.join(', ') });
  }
  return partitions.filter((partition) => partition.latest !== undefined);
}

/**
 * Returns the range to read of a partition, within its log, and a notice for each bound that was
 * moved.
 */
function clampedRange(
  partition: BoundedPartition,
  request: ReadRequest,
  found: Bounds | undefined,
): { range: ReadRange; clamps: ClampNotice[] } {
  const { id, earliest, latest } = partition;
  const clamps: ClampNotice[] = [];
  const clamped = (bound: 'from' | 'until', asked: Offset): Offset => {
    const end = asked < earliest ? 'earliest' : asked > latest ? 'latest' : undefined;
    if (!end) return asked;
    clamps.push({ kind: 'clamped', partition: id, bound, asked, end, used: partition[end] });
    return partition[end];
  };
  const asked = startOffset(request.from, partition);
  const start = clamped('from', asked);
  // A read that continues never goes back, because some of the proxy's nodes may not know yet how
  // far the partition extends.
  if ('offsets' in request.from && start < asked) {
    return { range: { partition: id, from: asked, until: asked }, clamps };
  }
  const stop = clamped('until', request.until ?? latest);
  const from = found && found.from > start ? found.from : start;
  const until = found && found.until < stop ? found.until : stop;
  return { range: { partition: id, from, until: until < from ? from : until }, clamps };
}

function startOffset(from: ReadFrom, { id, earliest, latest }: BoundedPartition): Offset {
  if ('latestMinus' in from) {
    const start = latest - from.latestMinus;
    return start < earliest ? earliest : start;
  }
  return offsetIn(from, id) ?? earliest;
}

/** Returns the offset that is asked for in a partition, if there is one. */
function offsetIn(from: ReadFrom, partition: number): Offset | undefined {
  if ('offset' in from) return from.offset;
  return 'offsets' in from ? from.offsets.get(partition) : undefined;
}
