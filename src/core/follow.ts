import { setTimeout as delay } from 'node:timers/promises';
import type { KafkaRecord, ReadingProxy } from './kafka';
import { openReader, type Reader, type ReadRequest } from './reader';

const SHORTEST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 5_000;

/**
 * Hands out what `first` reads of the topic and partitions of `request`, and then what comes, without
 * an end. The proxy has no way to wait for records, so it is asked again and again, less often while
 * nothing comes: after 0.25 to 5 s. `opened` is told each further reader, for its position.
 *
 * Throws what `openReader` and `Reader` throw; aborting throws the signal's reason or an `AbortError`.
 */
export async function* follow(
  proxy: ReadingProxy,
  { topic, partitions }: ReadRequest,
  first: Reader,
  { signal, opened }: { readonly signal: AbortSignal; readonly opened?: (reader: Reader) => void },
): AsyncGenerator<readonly KafkaRecord[], never, undefined> {
  let reader = first;
  let pause = SHORTEST_PAUSE_MS;
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
  }
}
