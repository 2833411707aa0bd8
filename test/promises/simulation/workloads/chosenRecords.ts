import type { KafkaRecord, Offset } from '../../../../src/core/kafka';
import { openReader, type ReadFrom, type ReadRequest } from '../../../../src/core/read/reader';
import { readOn } from '../../../../src/core/read/request';
import { between, pick } from '../../../support/faults/random';
import { must } from '../../must';
import { someFlow } from './reading';
import { expected, insist, type Scene } from './scene';

/** By how many records a node may tell the end of a log too early. */
const BEHIND = 3;

/** Reads what came in a span of time. After a failure goes on where it was, until it has all. */
export async function readSpan(scene: Scene, topic: string): Promise<void> {
  const { cluster, time, random } = scene;
  const what = `read of ${topic} by time`;
  await time.wait(between(scene, 0, 20_000));
  const since = someTime(scene, topic);
  const later = Math.max(since + 1, someTime(scene, topic));
  const untilTime = random() < 0.5 ? later : Infinity;
  const isIn = ({ timestamp = NaN }: KafkaRecord): boolean =>
    timestamp >= since && timestamp < untilTime;
  const counts = partitionsOf(scene, topic).map((id) => cluster.written(topic, id).length);
  const request: ReadRequest = {
    ...{ topic, from: { time: since } },
    ...(untilTime < Infinity && { untilTime }),
  };
  const options = someFlow(scene);
  let reader = await insist(scene, what, () => openReader(scene.proxy, request, options));
  const ends = reader.ranges.map(({ until }) => until);
  const until = ends.reduce((a, b) => (a > b ? a : b), 0n);
  const seen = new Seen(scene, topic);
  for (;;) {
    try {
      for await (const batch of reader) seen.take(batch, isIn);
      break;
    } catch (error) {
      expected(scene, what, error);
    }
    await time.wait(between(scene, 10, 5_000));
    if (random() < 0.5) continue;
    const rest: ReadRequest = { ...readOn(request, reader.position), until };
    reader = await insist(scene, what, () => openReader(scene.proxy, rest, options));
  }
  scene.trace(`${what}: ${seen.size} records`);
  for (const [partition, count] of counts.entries()) {
    const earliest = cluster.earliest(topic, partition);
    for (const record of cluster.written(topic, partition).slice(0, Math.max(0, count - BEHIND))) {
      const { offset } = record;
      if (offset < earliest || !isIn(record) || cluster.isGap(topic, partition, offset)) continue;
      must(seen.has(partition, offset), `${what} lacks offset ${offset} of partition ${partition}`);
    }
  }
}

/** Reads the newest records of a topic, from the beginning again after a failure. */
export async function readNewest(scene: Scene, topic: string): Promise<void> {
  const { cluster, time } = scene;
  const what = `read of the newest of ${topic}`;
  await time.wait(between(scene, 0, 20_000));
  const newest = between(scene, 1, 30);
  const from = pick<ReadFrom>(scene, [
    { at: 'earliest' },
    { latestMinus: BigInt(between(scene, 1, 30)) },
  ]);
  const options = someFlow(scene);
  const { seen, ranges, oldest } = await insist(scene, what, async () => {
    const reader = await openReader(scene.proxy, { topic, from, newest }, options);
    const seen = new Seen(scene, topic);
    const times: number[] = [];
    for await (const batch of reader) {
      seen.take(batch);
      times.push(...batch.flatMap(({ timestamp }) => timestamp ?? []));
    }
    return { seen, ranges: reader.ranges, oldest: Math.min(...times) };
  });
  scene.trace(`${what}: ${seen.size} of ${newest} records`);
  must(seen.size <= newest, `${what}: ${seen.size} records instead of ${newest}`);
  for (const { partition, from: begin, until } of ranges) {
    const earliest = cluster.earliest(topic, partition);
    let isSeen = false;
    for (const record of cluster.written(topic, partition)) {
      const { offset, timestamp = 0 } = record;
      if (offset < begin || offset < earliest || offset >= until) continue;
      if (cluster.isGap(topic, partition, offset)) continue;
      const place = `offset ${offset} of partition ${partition}`;
      if (seen.has(partition, offset)) isSeen = true;
      else {
        must(!isSeen, `${what} lacks ${place}`);
        must(seen.size === newest, `${what}: ${seen.size} of ${newest} records, without ${place}`);
        must(!(timestamp > oldest), `${what} lacks ${place}, which is newer than others`);
      }
    }
  }
}

/** The records of a topic that were read, each as it was written, in order and once. */
class Seen {
  readonly #offsets = new Map<number, Set<Offset>>();
  readonly #last = new Map<number, Offset>();
  size = 0;

  constructor(
    private readonly scene: Scene,
    private readonly topic: string,
  ) {}

  take(batch: readonly KafkaRecord[], mayBe: (record: KafkaRecord) => boolean = () => true): void {
    const { scene, topic } = this;
    for (const record of batch) {
      const { partition, offset, value } = record;
      const place = `offset ${offset} of ${topic}/${partition}`;
      const written = scene.cluster
        .written(topic, partition)
        .find((each) => each.offset === offset);
      must(written !== undefined, `${place} was never written`);
      const isSame = Buffer.from(value ?? '').equals(Buffer.from(written.value ?? ''));
      must(isSame, `${place} is not what was written`);
      must(mayBe(written), `${place} was not asked for`);
      const last = this.#last.get(partition);
      must(last === undefined || offset > last, `${place} comes behind ${last}`);
      this.#last.set(partition, offset);
      const offsets = this.#offsets.get(partition);
      if (offsets) offsets.add(offset);
      else this.#offsets.set(partition, new Set([offset]));
      this.size += 1;
    }
  }

  has(partition: number, offset: Offset): boolean {
    return this.#offsets.get(partition)?.has(offset) ?? false;
  }
}

/** Returns when a record came, or any time of the last seconds. */
function someTime(scene: Scene, topic: string): number {
  const { cluster, random } = scene;
  const any = Date.now() - between(scene, 0, 20_000);
  const times = partitionsOf(scene, topic).flatMap((id) =>
    cluster.written(topic, id).flatMap(({ timestamp }) => timestamp ?? []),
  );
  return times.length > 0 && random() < 0.5 ? pick(scene, times) : any;
}

function partitionsOf({ cluster }: Scene, topic: string): readonly number[] {
  return Array.from({ length: cluster.partitions(topic) }, (_, id) => id);
}
