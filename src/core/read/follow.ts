import { setTimeout as delay } from 'node:timers/promises';
import { KafkaError } from '../errors';
import type { KafkaRecord, ReadingProxy } from '../kafka';
import { openReader, type Reader, type ReadRequest } from './reader';

const SHORTEST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 5_000;

export interface FollowOptions {
  readonly signal: AbortSignal;
  /** Called with each further reader, whose position can then be read. */
  readonly opened?: (reader: Reader) => void;
  /**
   * How long the proxy may report that a partition ends before the position of the reader, in
   * milliseconds. Default: a minute, twice as long as the proxy's nodes may disagree.
   */
  readonly behindMs?: number;
}

/**
 * Yields the records that `first` reads of the topic and partitions of `request`, and then new
 * records as they arrive, without an end. The proxy cannot wait for records, so it is polled; while
 * no records come, the pause between two requests grows from 0.25 s to 5 s.
 *
 * Throws what `openReader` and `Reader` throw, and `not-found` if the log now ends before the
 * position of the reader, as when the topic was deleted and created again. Aborting throws the
 * signal's reason or an `AbortError`.
 */
export async function* follow(
  proxy: ReadingProxy,
  { topic, partitions }: ReadRequest,
  first: Reader,
  { signal, opened, behindMs = 60_000 }: FollowOptions,
): AsyncGenerator<readonly KafkaRecord[], never, undefined> {
  let reader = first;
  let pause = SHORTEST_PAUSE_MS;
  let behindSince: number | undefined;
  for (;;) {
    const before = reader.records;
    yield* reader;
    pause = reader.records > before ? SHORTEST_PAUSE_MS : Math.min(pause * 2, LONGEST_PAUSE_MS);
    await delay(pause, undefined, { signal });
    const from = { offsets: new Map(reader.position) };
    reader = await openReader(
      proxy,
      { topic, ...(partitions && { partitions }), from },
      { signal },
    );
    opened?.(reader);
    const detail = endBefore(reader);
    behindSince = detail === undefined ? undefined : (behindSince ?? performance.now());
    if (behindSince !== undefined && performance.now() - behindSince > behindMs) {
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
