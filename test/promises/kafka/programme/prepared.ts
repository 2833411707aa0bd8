import type { Emulator } from '../../../../src/emulator/server';
import type { Kafka } from '../../../support/kafka/broker';
import { moveFirstOffset, SecondLogs } from '../../../support/kafka/brokenLogs';
import { OtherClient } from '../../../support/kafka/otherClient';

/** A topic of one partition whose offsets are too large for a number of JavaScript. */
export const BIG_TOPICS: readonly string[] = Array.from({ length: 40 }, (_, n) => `cmp-big-${n}`);
const FIRST_OFFSET = 2n ** 53n - 2n;

/** A topic whose partition 0 has a leader, and whose partition 1 has none. */
export const LEADERLESS = 'cmp-leaderless';

/**
 * Gives a Kafka that has just started the topics that programmes find. It is restarted.
 *
 * @param atOnce how many programmes run at the same time
 * @returns a client of it
 */
export async function prepareKafka(kafka: Kafka, atOnce: number): Promise<OtherClient> {
  const before = await OtherClient.connect(kafka.bootstrap);
  await Promise.all([...BIG_TOPICS, LEADERLESS].map((topic) => before.createTopic(topic, 1)));
  await before.close();
  await kafka.shutDown();
  for (const topic of BIG_TOPICS) await moveFirstOffset(kafka, topic, 0, FIRST_OFFSET);
  const second = await SecondLogs.add(kafka);
  await kafka.restart();
  await second.used();
  const client = await OtherClient.connect(kafka.bootstrap);
  await client.prepareTransactions(atOnce);
  await client.addPartitions(LEADERLESS, 2);
  await second.break(LEADERLESS, 1);
  return client;
}

/** Gives an emulator the same topics. */
export function prepareEmulator(emulator: Emulator): void {
  for (const name of BIG_TOPICS)
    emulator.createTopic({ name, firstOffset: FIRST_OFFSET, replicas: 1 });
  emulator.createTopic({ name: LEADERLESS, partitions: 2, replicas: 1, leaderless: [1] });
}
