import { between, pick } from '../../../support/faults/random';
import { newRecords, type Scene } from './scene';

/** What others do to the cluster meanwhile, until `untilMs`. */
export async function others(
  scene: Scene,
  topics: { readonly written: readonly string[]; readonly trimmed: readonly string[] },
  untilMs: number,
): Promise<void> {
  const { cluster, random, time, trace } = scene;
  const pause = (2 * untilMs) / between(scene, 1, 30);
  while (time.now < untilMs) {
    await time.wait(random() * pause);
    const drawn = random();
    if (drawn < 0.6) write(scene, pick(scene, topics.written), between(scene, 1, 8));
    else if (drawn < 0.8) {
      if (topics.trimmed.length === 0) continue;
      const topic = pick(scene, topics.trimmed);
      const partition = between(scene, 0, cluster.partitions(topic) - 1);
      const earliest = cluster.trim(topic, partition, random());
      trace(`others: ${topic}/${partition} now begins at ${earliest}`);
    } else if (drawn < 0.85) {
      const topic = pick(scene, topics.written);
      if (cluster.partitions(topic) > 5) continue;
      cluster.addPartition(topic);
      trace(`others: ${topic} now has ${cluster.partitions(topic)} partitions`);
    } else if (drawn < 0.92) {
      const topic = pick(scene, topics.written);
      const partition = between(scene, 0, cluster.partitions(topic) - 1);
      trace(`others: ${topic}/${partition} has no leader`);
      cluster.setLeaderless(topic, partition, true);
      time.plan(between(scene, 100, 20_000), () => {
        cluster.setLeaderless(topic, partition, false);
      });
    } else if (random() < 0.5) leaveGaps(scene, pick(scene, topics.written));
  }
}

/** Compacts a partition, or ends a transaction in it. */
export function leaveGaps(scene: Scene, topic: string): void {
  const { cluster, random, trace } = scene;
  const partition = between(scene, 0, cluster.partitions(topic) - 1);
  if (random() < 0.3) {
    trace(`others: ${topic}/${partition} has the end of a transaction`);
    cluster.mark(topic, partition);
    return;
  }
  const share = pick(scene, [0.05, 0.5, 0.95]);
  const gone = cluster.compact(topic, partition, () => random() < share);
  trace(`others: ${topic}/${partition} is compacted by ${gone} records`);
}

/** Appends records as another program would. */
export function write(scene: Scene, topic: string, count: number): void {
  const { cluster, ledger, trace } = scene;
  const step = scene.number();
  const partitions = cluster.partitions(topic);
  const records = newRecords(scene, `other${step}`, count).map(({ id, record }) => ({
    id,
    record: { ...record, partition: between(scene, 0, partitions - 1) },
  }));
  cluster.append(
    topic,
    records.map(({ record }) => record),
  );
  ledger.report({
    step,
    topic,
    accepted: records.map(({ id }) => id),
    unclear: [],
    failed: [],
  });
  trace(`others: ${count} records to ${topic}`);
}
