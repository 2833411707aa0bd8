import { setTimeout as delay } from 'node:timers/promises';
import { follow } from '../../../src/core/read/follow';
import { openReader, type Reader, type ReadRequest } from '../../../src/core/read/reader';
import { readOn } from '../../../src/core/read/request';
import { ReadCheck } from './readCheck';
import { expectFailure, type World } from './world';

/**
 * Follows a topic until the signal aborts, as a tab that nobody closes: after each failure it goes
 * on where it was. Rejects with what must not be.
 */
export async function followLong(world: World, topic: string, signal: AbortSignal): Promise<void> {
  let request: ReadRequest = { topic, from: { latestMinus: 0n } };
  let check: ReadCheck | undefined;
  let reader: Reader | undefined;
  const over = (): boolean => signal.aborted;
  while (!over()) {
    try {
      const first = await openReader(world.cluster.proxy, request, { signal });
      check ??= new ReadCheck(world, topic, first.ranges);
      reader = first;
      const opened = (next: Reader): void => {
        reader = next;
      };
      for await (const batch of follow(world.cluster.proxy, request, first, { signal, opened })) {
        check.take(batch);
        world.tally.in += batch.length;
      }
    } catch (error) {
      if (!over()) expectFailure(world, error);
    }
    if (reader) request = readOn(request, reader.position);
    await delay(250, undefined, { signal }).catch(() => undefined);
  }
  if (reader) await check?.settle(reader.position);
}
