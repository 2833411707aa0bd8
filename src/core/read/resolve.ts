import { KafkaError } from '../errors';
import type { Offset, Partition, ReadingProxy } from '../kafka';
import { openLimiter } from '../async/limiter';
import { MAX_REQUESTS } from './flow';
import type { ClampNotice, ReadFrom, ReadNotice, ReadRange, ReadRequest } from './request';
import { sinceOf, TIME_MARGIN } from './request';
import { TimeFilter } from './timeFilter';
import { TimeSearch } from './timeSearch';

/** Where a request leads. */
export interface Resolved {
  readonly ranges: readonly ReadRange[];
  readonly notices: readonly ReadNotice[];
  /** Lets the records through that have the times asked for, if times were. */
  readonly filter?: TimeFilter;
}

interface Limits {
  readonly signal?: AbortSignal;
  /** How many requests may be under way at once. Default: `MAX_REQUESTS`. */
  readonly requests?: number;
}

/**
 * The range to read of each partition, within its log: one call to the proxy, and where times were
 * asked for, a search in each partition, side by side. Rejects with kind `not-found` for a partition
 * that the topic does not have, with `unsupported` for times that the proxy cannot tell, and with the
 * failures of `ReadingProxy.partitions` and `read`.
 */
export async function resolveRanges(
  proxy: ReadingProxy,
  request: ReadRequest,
  limits: Limits,
): Promise<Resolved> {
  const { signal } = limits;
  const known = await proxy.partitions(request.topic, signal && { signal });
  const wanted = request.partitions
    ? [...new Set(request.partitions)].sort((a, b) => a - b).map((id) => find(known, id))
    : known;
  const filter = timeFilter(request);
  const found = filter && (await findTimes(proxy, request, wanted, filter, limits));
  const clamped = wanted.map((partition) =>
    clampedRange(partition, request, found?.get(partition)),
  );
  const ranges = clamped.map(({ range }) => range);
  const clamps = clamped.flatMap((each) => each.clamps);
  if (!filter) return { ranges, notices: clamps };
  const margin = request.timeMargin ?? TIME_MARGIN;
  return { ranges, notices: [...clamps, { kind: 'timed', margin, ranges }], filter };
}

function find(partitions: readonly Partition[], id: number): Partition {
  const partition = partitions.find((candidate) => candidate.id === id);
  if (!partition) throw new KafkaError('not-found', { detail: `partition ${id}` });
  return partition;
}

/** Both are within the log. */
interface Bounds {
  readonly from: Offset;
  readonly until: Offset;
}

function timeFilter({ from, untilTime }: ReadRequest): TimeFilter | undefined {
  const since = sinceOf(from);
  if (since === undefined && untilTime === undefined) return undefined;
  return new TimeFilter(since ?? -Infinity, untilTime ?? Infinity);
}

/**
 * Bounds that no record lies outside of that has a time asked for: a record at which timestamps pass
 * the end by more than the margin is followed by none before the end, and likewise at the beginning.
 * A dialect that looks offsets up by time (`capabilities.read.byTimestamp`) is to be asked here.
 */
async function findTimes(
  proxy: ReadingProxy,
  { topic, from, untilTime, timeMargin = TIME_MARGIN }: ReadRequest,
  partitions: readonly Partition[],
  filter: TimeFilter,
  { signal: outer, requests = MAX_REQUESTS }: Limits,
): Promise<ReadonlyMap<Partition, Bounds>> {
  if (!(proxy.capabilities.read && proxy.capabilities.read.timestamp)) {
    throw new KafkaError('unsupported', { detail: 'timestamps' });
  }
  const limiter = openLimiter(requests);
  const stop = new AbortController();
  const signal = outer ? AbortSignal.any([outer, stop.signal]) : stop.signal;
  const findBounds = async (partition: Partition): Promise<[Partition, Bounds]> => {
    const search = new TimeSearch(proxy, { topic, partition, limiter, signal });
    const [first, end] = await Promise.all([
      'time' in from ? search.offsetAt(from.time - timeMargin, 'before') : partition.earliest,
      untilTime === undefined ? partition.latest : search.offsetAt(untilTime + timeMargin, 'after'),
    ]);
    for (const timestamp of search.timestamps) filter.see(timestamp);
    return [partition, { from: first, until: end }];
  };
  try {
    return new Map(await Promise.all(partitions.map(findBounds)));
  } finally {
    stop.abort();
  }
}

/** The range to read of a partition, within its log, and what was moved to get there. */
function clampedRange(
  partition: Partition,
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
  // Where a former read has ended is not gone back from: of the proxy's nodes, some may not know yet
  // how far the partition goes.
  if ('offsets' in request.from && start < asked) {
    return { range: { partition: id, from: asked, until: asked }, clamps };
  }
  const stop = clamped('until', request.until ?? latest);
  const from = found && found.from > start ? found.from : start;
  const until = found && found.until < stop ? found.until : stop;
  return { range: { partition: id, from, until: until < from ? from : until }, clamps };
}

function startOffset(from: ReadFrom, { id, earliest, latest }: Partition): Offset {
  if ('latestMinus' in from) {
    const start = latest - from.latestMinus;
    return start < earliest ? earliest : start;
  }
  if ('offset' in from) return from.offset;
  return ('offsets' in from ? from.offsets.get(id) : undefined) ?? earliest;
}
