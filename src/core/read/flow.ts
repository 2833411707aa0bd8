import { openLimiter } from '../async/limiter';
import type { ReadFlow } from '../kafka';

export interface FlowOptions {
  /** How large a page should be, in bytes of the response. Default: 2 MiB. */
  readonly pageBytes?: number;
  /** About how many bytes of pages may wait for the consumer, over all partitions; see `BUFFER`. */
  readonly bufferBytes?: number;
  /** How many requests may be under way at once. Default: `MAX_REQUESTS`. */
  readonly requests?: number;
}

export const MAX_REQUESTS = 8;
const PAGE_BYTES = 2 * 1024 * 1024;
/** How many bytes of pages wait by default, unless this much for each partition is more. */
const BUFFER = { bytes: 4 * 1024 * 1024, perPartition: 512 * 1024 };
/**
 * Where records are so large that a page takes more than a partition's share of this, none is requested
 * ahead: memory holds a page of each partition anyway.
 */
const MAX_AHEAD_BYTES = 16 * 1024 * 1024;
/** By how much pages may be larger on a slow line, where time counts for more than memory. */
const SLOW_LINE = 4;

/**
 * How the pages of `partitions` partitions flow when all are read at once. One page of each is at hand;
 * the requests that may be under way beside it are shared out evenly.
 */
export function flowOf(
  { pageBytes = PAGE_BYTES, requests = MAX_REQUESTS, bufferBytes }: FlowOptions,
  partitions: number,
): Omit<ReadFlow, 'signal' | 'wanted'> {
  const ahead = Math.max(1, Math.floor(requests / partitions));
  const buffer = bufferBytes ?? Math.max(BUFFER.bytes, BUFFER.perPartition * partitions);
  const share = Math.max(1, Math.floor(buffer / ((1 + ahead) * partitions)));
  const growth = bufferBytes === undefined ? SLOW_LINE : 1;
  const maxPageBytes = Math.min(pageBytes, growth * share);
  return {
    pageBytes: Math.min(pageBytes, share),
    maxPageBytes,
    ahead,
    maxAheadBytes: Math.max(2 * maxPageBytes, MAX_AHEAD_BYTES / partitions),
    limiter: openLimiter(requests),
  };
}
