import { setTimeout as delay } from 'node:timers/promises';
import type { NewRecord } from '../../../src/core/kafka';
import { produceAll, type RecordGroup } from '../../../src/core/produce/produceAll';
import { checkedFor } from '../../support/checked';
import { must } from '../must';
import { between, pick } from '../../support/faults/random';
import { expectFailure, newRecords, type Turn } from './world';

/** Produces a selection of a few records. */
export async function produce(turn: Turn): Promise<void> {
  await produceChecked(
    turn,
    pick(turn, ['orders', 'events']),
    newRecords(turn, between(turn, 1, 60)),
  );
}

/** Produces records, and reports what became of each. Their ids become unique by a number. */
export async function produceChecked(
  turn: Turn,
  topic: string,
  given: readonly { readonly id: string; readonly record: NewRecord }[],
): Promise<void> {
  const { cluster, witness, tally, signal, step } = turn;
  const batch = ++tally.batches;
  const sent = given.map(({ id, record }) => {
    const unique = `${id}-${batch}`;
    return { id: unique, record: { ...record, value: String(record.value).replace(id, unique) } };
  });
  const records = sent.map(({ record }) => record);
  const { accepted, unclear, refused, unsent, error } = await produceAll(
    cluster.proxy,
    topic,
    checkedFor(cluster.proxy, records),
    { signal },
  );
  const total = accepted.count + unclear.count + refused.count + unsent.count;
  must(total === records.length, `of ${records.length} records ${total} have a fate`);
  const ids = ({ ranges }: RecordGroup): string[] =>
    ranges.flatMap(({ start, end }) => sent.slice(start, end).map(({ id }) => id));
  await witness.ask('report', {
    step,
    topic,
    accepted: ids(accepted),
    unclear: ids(unclear),
    failed: [...ids(refused), ...ids(unsent)],
  });
  tally.out += accepted.count;
  tally.unclear += unclear.count;
  if (unclear.count > 0) tally.count('failures', 'unclear');
  if (error) expectFailure(turn, error);
}

/** Creates a topic; nobody deletes any, so that is seldom. */
export async function createTopic(turn: Turn): Promise<void> {
  const { cluster, signal, step } = turn;
  const name = `new-${step}`;
  await cluster.proxy.createTopic({ name, partitionCount: 2, replicationFactor: 3 }, { signal });
  for (let tries = 0; tries < 3; tries++) {
    const topics = await cluster.proxy.topics({ signal });
    if (topics.some((topic) => topic.name === name)) return;
    await delay(100, undefined, { signal });
  }
  must(false, `${name} was created, and is not there`);
}

/** Settings change: what is under way on the old connection ends, the next one opens another. */
export async function reopen({ cluster }: Turn): Promise<void> {
  await cluster.drop();
}
