import { wait } from '../async/wait';
import { KafkaError } from '../errors';
import type { KafkaRecord, ReadingProxy } from '../kafka';
import { nextPause } from './followPace';
import { openReader, type Reader, type ReadRequest } from './reader';

/** Tells the time in milliseconds, and waits. A test may move it forward. */
export interface FollowClock {
  now(): number;
  /** Rejects with the signal's reason as soon as it aborts. */
  wait(ms: number, signal: AbortSignal): Promise<void>;
}

const realClock: FollowClock = { now: () => performance.now(), wait };

export interface FollowOptions {
  readonly signal: AbortSignal;
  /** Called with each further reader, whose position can then be read. */
  readonly opened?: (reader: Reader) => void;
  /**
   * How long the proxy may report that a partition ends before the position of the reader, in
   * milliseconds. Default: a minute, twice as long as the proxy's nodes may disagree.
   */
  readonly behindMs?: number;
  /** Default: the real time. */
  readonly clock?: FollowClock;
}

/**
 * Yields the records that `first` reads of the topic and partitions of `request`, and then new
 * records as they arrive, without an end. The proxy cannot wait for records, so it is asked how far
 * the topic extends: one small request after each pause (see `nextPause`), whatever the number of
 * partitions. Only partitions with new records are read.
 *
 * Throws what `openReader` and `Reader` throw, and `not-found` if the log now ends before the
 * position of the reader, as when the topic was deleted and created again. Aborting throws the
 * signal's reason.
 */
export async function* follow(
  proxy: ReadingProxy,
  { topic, partitions }: ReadRequest,
  first: Reader,
  { signal, opened, behindMs = 60_000, clock = realClock }: FollowOptions,
): AsyncGenerator<readonly KafkaRecord[], never, undefined> {
  let reader = first;
  let pause = 0;
  let lastLookMs = 0;
  let tookMs = 0;
  let behindSince: number | undefined;
  for (;;) {
    const before = reader.records;
    yield* reader;
    const found = reader.records > before;
    pause = nextPause(pause, { found, behind: behindSince !== undefined, tookMs });
    await clock.wait(pause, signal);
    const from = { offsets: new Map(reader.position) };
    const asked = clock.now();
    reader = await openReader(
      proxy,
      { topic, ...(partitions && { partitions }), from },
      { signal },
    );
    const lookMs = clock.now() - asked;
    // A single slow response, such as one behind a renewed token, does not count.
    tookMs = Math.min(lookMs, lastLookMs);
    lastLookMs = lookMs;
    opened?.(reader);
    const detail = endBefore(reader);
    behindSince = detail === undefined ? undefined : (behindSince ?? clock.now());
    if (behindSince !== undefined && clock.now() - behindSince > behindMs) {
      throw new KafkaError('not-found', { detail });
    }
  }
}

/** Describes the partition that ends before the position of a reader, if there is one. */
function endBefore({ notices }: Reader): string | undefined {
  for (const notice of notices) {
    if (notice.kind !== 'clamped' || notice.end !== 'latest') continue;
    const { partition, used, asked } = notice;
    return `partition ${partition} ends at ${String(used)}, before ${String(asked)}`;
  }
  return undefined;
}
