import { type Limiter, openLimiter } from '../async/limiter';
import type { BoundedPartition, Capabilities, Offset, ReadingProxy } from '../kafka';
import { MAX_REQUESTS } from './flow';
import { type ReadRequest, TIME_MARGIN } from './request';
import type { TimeFilter } from './timeFilter';
import { TimeSearch } from './timeSearch';

/** The offsets between which to read; both are within the log. */
export interface Bounds {
  readonly from: Offset;
  readonly until: Offset;
}

export interface Limits {
  readonly signal?: AbortSignal;
  /** How many requests may be under way at once. Default: `MAX_REQUESTS`. */
  readonly requests?: number;
}

/**
 * Whether records can be found by time: by their timestamps, or because the proxy looks up offsets.
 */
export function findsTimes({ read }: Pick<Capabilities, 'read'>): boolean {
  return read !== false && (read.timestamp || read.offsetAtTime === true);
}

interface Finding {
  readonly proxy: ReadingProxy;
  readonly topic: string;
  readonly partition: BoundedPartition;
  /** The requested times in epoch milliseconds, widened by the margin where needed. */
  readonly since: number | undefined;
  readonly until: number | undefined;
  readonly limiter: Limiter;
  readonly signal: AbortSignal;
}

/**
 * Returns bounds for each partition such that every record of the requested times lies within them,
 * provided that no record is older than an earlier one by more than the margin. A proxy that looks
 * up offsets is asked for them; otherwise they are searched for, and the filter is told the
 * timestamps that were seen.
 */
export async function findTimes(
  proxy: ReadingProxy,
  { topic, from, untilTime, timeMargin = TIME_MARGIN }: ReadRequest,
  partitions: readonly BoundedPartition[],
  options: Limits & { readonly filter: TimeFilter | undefined },
): Promise<ReadonlyMap<BoundedPartition, Bounds>> {
  const { filter, signal: outer, requests = MAX_REQUESTS } = options;
  const stop = new AbortController();
  const signal = outer ? AbortSignal.any([outer, stop.signal]) : stop.signal;
  // The beginning is not widened for an offset that the proxy looks up: it is the first one with
  // such a time, so nothing before it matches. The end is widened only if there is a filter, which
  // leaves out the records that are too late.
  const beforeBy = proxy.offsetAtTime ? 0 : timeMargin;
  const afterBy = filter ? timeMargin : 0;
  const since = 'time' in from ? from.time - beforeBy : undefined;
  const until = untilTime === undefined ? undefined : untilTime + afterBy;
  const common = { proxy, topic, since, until, limiter: openLimiter(requests), signal };
  const findOne = async (partition: BoundedPartition): Promise<[BoundedPartition, Bounds]> => {
    const finding = { ...common, partition };
    const bounds = proxy.offsetAtTime ? lookUp(finding) : search(finding, filter);
    return [partition, await bounds];
  };
  try {
    return new Map(await Promise.all(partitions.map(findOne)));
  } finally {
    stop.abort();
  }
}

async function lookUp(finding: Finding): Promise<Bounds> {
  const { proxy, topic, partition, since, until, limiter, signal } = finding;
  const { id, earliest, latest } = partition;
  const offsetAt = async (time: number): Promise<Offset> => {
    const found = await limiter(async () => proxy.offsetAtTime?.(topic, id, time, { signal }));
    return found === undefined || found > latest ? latest : found;
  };
  const [from, end] = await Promise.all([
    since === undefined ? earliest : offsetAt(since),
    until === undefined ? latest : offsetAt(until),
  ]);
  return { from, until: end };
}

async function search(finding: Finding, filter: TimeFilter | undefined): Promise<Bounds> {
  const { proxy, topic, partition, since, until, limiter, signal } = finding;
  const times = new TimeSearch(proxy, { topic, partition, limiter, signal });
  const [from, end] = await Promise.all([
    since === undefined ? partition.earliest : times.offsetAt(since, 'before'),
    until === undefined ? partition.latest : times.offsetAt(until, 'after'),
  ]);
  for (const timestamp of times.timestamps) filter?.see(timestamp);
  return { from, until: end };
}
