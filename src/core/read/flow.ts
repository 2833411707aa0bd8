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
/**
 * The default for `bufferBytes`: `bytes`, or `perPartition` times the partitions if that is more, but
 * never more than `most`, because a topic may have thousands of partitions.
 */
const BUFFER = { bytes: 4 * 1024 * 1024, perPartition: 512 * 1024, most: 64 * 1024 * 1024 };
/**
 * If a page is larger than a partition's share of this, no page is requested ahead, because one
 * page of each partition is in memory anyway.
 */
const MAX_AHEAD_BYTES = 16 * 1024 * 1024;
/** The factor by which pages may be larger on a slow line, where time matters more than memory. */
const SLOW_LINE = 4;

/**
 * Returns how pages flow when `partitions` partitions are read at once. Each partition has one page
 * in memory; the further requests that may be under way are divided evenly among the partitions.
 */
export function flowOf(
  { pageBytes = PAGE_BYTES, requests = MAX_REQUESTS, bufferBytes }: FlowOptions,
  partitions: number,
): Omit<ReadFlow, 'signal' | 'wanted'> {
  const ahead = Math.max(1, Math.floor(requests / partitions));
  const many = Math.min(BUFFER.perPartition * partitions, BUFFER.most);
  const buffer = bufferBytes ?? Math.max(BUFFER.bytes, many);
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
