import { follow } from '../../../../src/core/read/follow';
import {
  openReader,
  type Reader,
  type ReaderOptions,
  type ReadFrom,
  type ReadRequest,
} from '../../../../src/core/read/reader';
import { readOn } from '../../../../src/core/read/request';
import { must } from '../../must';
import { between, pick } from '../../../support/faults/random';
import { ReadCheck } from './readCheck';
import { expected, insist, type Scene } from './scene';

/** How soon whoever follows a topic must have all of it, once nothing goes wrong any more. */
const CATCH_UP_MS = 300_000;

/** Reads a range of a topic. After a failure goes on where it was, until it has all. */
export async function readRange(scene: Scene, topic: string): Promise<void> {
  const request = someRange(scene, topic);
  const { maxRecords = Infinity } = request;
  const what = `read of ${topic}`;
  const options = someFlow(scene);
  let reader = await insist(scene, what, () => openReader(scene.proxy, request, options));
  const ends = new Map(reader.ranges.map(({ partition, until }) => [partition, until]));
  const check = new ReadCheck(scene, topic);
  check.begin(reader);
  for (;;) {
    try {
      for await (const batch of reader) {
        check.take(batch);
        check.settle();
        if (scene.random() < 0.1) await scene.time.wait(between(scene, 0, 2_000));
      }
      break;
    } catch (error) {
      expected(scene, what, error);
    }
    check.settle();
    await scene.time.wait(between(scene, 10, 5_000));
    if (scene.random() < 0.5) continue;
    const until = [...ends.values()].reduce((a, b) => (a > b ? a : b), 0n);
    const rest: ReadRequest = {
      ...readOn(request, reader.position),
      until,
      maxRecords: maxRecords - check.records,
    };
    reader = await insist(scene, what, () => openReader(scene.proxy, rest, options));
    check.begin(reader);
  }
  check.settle();
  scene.trace(`${what}: ${check.records} records`);
  must(check.records <= maxRecords, `${what}: ${check.records} records instead of ${maxRecords}`);
  if (check.records === maxRecords) return;
  for (const [partition, until] of ends) {
    const next = check.next(partition) ?? 0n;
    must(next >= until, `${what}: ended at ${next} of partition ${partition}, not at ${until}`);
  }
}

/** Follows a topic from its beginning until `end` resolves, and then until it has all of it. */
export async function followTopic(scene: Scene, topic: string, end: Promise<void>): Promise<void> {
  const stop = new AbortController();
  const check = new ReadCheck(scene, topic);
  let ended = Infinity;
  void end.then(() => {
    ended = scene.time.now;
  });
  const watch = setInterval(() => {
    if (check.isAtEnd ? ended < Infinity : scene.time.now > ended + CATCH_UP_MS) stop.abort();
  }, 1_000);
  const { signal } = stop;
  const isOver = (): boolean => signal.aborted;
  const what = `follow of ${topic}`;
  let request: ReadRequest = { topic, from: { at: 'earliest' } };
  let reader: Reader | undefined;
  while (!isOver()) {
    try {
      const first = await openReader(scene.proxy, request, { signal });
      const opened = (next: Reader): void => {
        reader = next;
        check.begin(next);
      };
      opened(first);
      for await (const batch of follow(scene.proxy, request, first, { signal, opened })) {
        check.take(batch);
      }
    } catch (error) {
      if (!isOver()) expected(scene, what, error);
    }
    check.settle();
    if (reader) request = readOn(request, reader.position);
    await scene.time.wait(between(scene, 100, 5_000));
  }
  clearInterval(watch);
  scene.trace(`${what}: ${check.records} records`);
  must(check.isAtEnd, `${what}: it never reached the end`);
}

function someRange(scene: Scene, topic: string): ReadRequest {
  const partitions = scene.cluster.partitions(topic);
  const from = pick<ReadFrom>(scene, [
    { at: 'earliest' },
    { latestMinus: BigInt(between(scene, 0, 50)) },
    { offset: BigInt(between(scene, 0, 50)) },
  ]);
  return {
    topic,
    from,
    ...(scene.random() < 0.3 && { partitions: [between(scene, 0, partitions - 1)] }),
    ...(scene.random() < 0.3 && { until: BigInt(between(scene, 0, 50)) }),
    ...(scene.random() < 0.3 && { maxRecords: between(scene, 1, 50) }),
  };
}

/** Pages so small that a few records make several. */
export function someFlow(scene: Scene): ReaderOptions {
  const pageBytes = pick(scene, [200, 2_000, 2 * 1024 * 1024]);
  return { pageBytes, requests: between(scene, 1, 8) };
}
