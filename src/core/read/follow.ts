import { setTimeout as delay } from 'node:timers/promises';
import { KafkaError } from '../errors';
import type { KafkaRecord, ReadingProxy } from '../kafka';
import { openReader, type Reader, type ReadRequest } from './reader';

const SHORTEST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 5_000;

export interface FollowOptions {
  readonly signal: AbortSignal;
  /** Told each further reader, for its position. */
  readonly opened?: (reader: Reader) => void;
  /**
   * For how many milliseconds the proxy may say that a partition ends before what was read of it.
   * Default: a minute, twice as long as its nodes may disagree.
   */
  readonly behindMs?: number;
}

/**
 * Hands out what `first` reads of the topic and partitions of `request`, and then what comes, without
 * an end. The proxy has no way to wait for records, so it is asked again and again, less often while
 * nothing comes: after 0.25 to 5 s.
 *
 * Throws what `openReader` and `Reader` throw, and `not-found` if the log has come to end before what
 * was read, as when the topic was made anew; aborting throws the signal's reason or an `AbortError`.
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

/** Which partition ends before the position of a reader, if one does. */
function endBefore({ notices }: Reader): string | undefined {
  for (const notice of notices) {
    if (notice.kind !== 'clamped' || notice.end !== 'latest') continue;
    const { partition, used, asked } = notice;
    return `partition ${partition} ends at ${String(used)}, before ${String(asked)}`;
  }
  return undefined;
}
