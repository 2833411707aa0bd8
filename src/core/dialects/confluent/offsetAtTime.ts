import { KafkaError } from '../../errors';
import type { Offset } from '../../kafka';
import type { Instances } from '../v2/instances';
import { parsePoll } from '../v2/records';
import { flavourFor } from './reading';

/** How long the polls for the first record after a seek wait, in milliseconds. */
const POLL_WAITS_MS = [1_000, 3_000, 3_000];
const ONE_RECORD = { from: 0n, until: 1n };

/**
 * Returns the first offset of a partition whose record has this timestamp (epoch milliseconds) or a
 * later one. Consumer instances do not tell their position, so the first record has to be read.
 */
export async function offsetAtTime(
  instances: Instances,
  place: { readonly topic: string; readonly partition: number },
  time: number,
  signal: AbortSignal,
): Promise<Offset | undefined> {
  const { create, marginMs } = flavourFor(ONE_RECORD);
  const instance = await instances.open(place.topic, place.partition, create, signal);
  try {
    await instances.seekToTime(instance, time, signal);
    for (const waitMs of POLL_WAITS_MS) {
      const { body } = await instances.poll(instance, { waitMs, marginMs }, signal);
      const [first] = parsePoll(body, place).take() ?? [];
      if (first) return first.offset;
    }
    throw new KafkaError('timeout', { detail: 'no record after a seek' });
  } catch (error) {
    if (hasNoLaterRecord(error)) return undefined;
    throw error;
  } finally {
    instances.close(instance);
  }
}

/**
 * Whether a seek failed because no record has the timestamp or a later one. The proxy is not
 * prepared for that, and calls it an internal error.
 */
function hasNoLaterRecord(error: unknown): boolean {
  return error instanceof KafkaError && error.status === 500;
}
