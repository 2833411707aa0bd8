import { setTimeout as delay } from 'node:timers/promises';
import { formats } from '../../../src/core/message/format';
import { undecoded } from '../../../src/core/message/decoded';
import { FirstMessages } from '../../../src/core/message/text';
import type { KafkaRecord } from '../../../src/core/kafka';
import { openReader, type ReadFrom, type ReadRequest } from '../../../src/core/read/reader';
import { readOn } from '../../../src/core/read/request';
import { must } from '../must';
import { between, pick } from '../../support/faults/random';
import { ReadCheck } from './readCheck';
import { topics } from './topics';
import { expectFailure, type Turn } from './world';

/** Refreshes the tree: brokers, topics, and the partitions of some. */
export async function browse(turn: Turn): Promise<void> {
  const { cluster, signal } = turn;
  const brokers = await cluster.proxy.brokers({ signal });
  must(brokers.length === 3, `there are ${brokers.length} brokers instead of 3`);
  const names = (await cluster.proxy.topics({ signal })).map(({ name }) => name);
  for (const { name } of topics) must(names.includes(name), `the topic ${name} is not listed`);
  for (let count = between(turn, 1, 3); count > 0; count--) {
    const topic = pick(turn, topics);
    const partitions = await cluster.proxy.partitions(topic.name, { signal });
    const ids = partitions.map(({ id }) => id).join();
    must(ids === [...Array(topic.partitions).keys()].join(), `${topic.name} has ${ids}`);
  }
}

/** What a person may ask for. */
export function someRange(turn: Turn): ReadRequest {
  const { name: topic, partitions, filled } = pick(turn, topics);
  const offset = BigInt(between(turn, 0, filled ?? 0));
  const from = pick<ReadFrom>(turn, [
    { at: 'earliest' },
    { latestMinus: BigInt(between(turn, 1, 2_000)) },
    { offset },
    { time: 1_750_000_000_000 + between(turn, 0, 150_000) },
  ]);
  return {
    topic,
    // Times leave records out at random, for the margin is wider than the topic is long.
    from: 'time' in from ? { offset } : from,
    ...(turn.random() < 0.3 && { partitions: [between(turn, 0, partitions - 1)] }),
    maxRecords: between(turn, 1, 6_000),
  };
}

/** Reads into a document. */
export async function consume(turn: Turn): Promise<void> {
  const text = new FirstMessages(pick(turn, Object.values(formats)), 4_000_000);
  for await (const batch of readChecked(turn, someRange(turn))) {
    if (!text.add(undecoded(batch))) break;
  }
}

/**
 * Reads, and checks each batch before it is handed out; after a failure goes on where it stopped,
 * with the same reader or another one.
 */
export async function* readChecked(
  turn: Turn,
  request: ReadRequest,
): AsyncGenerator<readonly KafkaRecord[], void, undefined> {
  const { cluster, signal, tally } = turn;
  const { topic, maxRecords = Infinity } = request;
  const options = { signal, pageBytes: between(turn, 8, 512) * 1024 };
  let reader = await openReader(cluster.proxy, request, options);
  const ends = reader.ranges;
  const check = new ReadCheck(turn, topic, ends);
  let isSound = true;
  try {
    for (let tries = 1; ; tries++) {
      try {
        for await (const batch of reader) {
          isSound = false;
          check.take(batch);
          isSound = true;
          tally.in += batch.length;
          yield batch;
        }
        break;
      } catch (error) {
        if (signal.aborted || tries === 3) throw error;
        expectFailure(turn, error);
      }
      await delay(between(turn, 10, 300), undefined, { signal });
      tally.resumed++;
      if (turn.random() < 0.5) continue;
      const rest = readOn(request, reader.position);
      reader = await openReader(
        cluster.proxy,
        { ...rest, maxRecords: maxRecords - check.records },
        options,
      );
    }
  } finally {
    if (isSound) await check.settle(reader.position);
  }
  if (check.records >= maxRecords) return;
  for (const { partition, until } of ends) {
    const position = reader.position.get(partition) ?? 0n;
    must(position >= until, `${topic}/${partition}: ended at ${position}, not at ${until}`);
  }
}
