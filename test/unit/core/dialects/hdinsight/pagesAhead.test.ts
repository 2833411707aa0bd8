import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import type { KafkaRecord } from '../../../../../src/core/kafka';
import type { RangeCalls } from '../../../../../src/core/dialects/hdinsight/pageResponse';
import { readPages } from '../../../../../src/core/dialects/hdinsight/pages';
import { atOnce } from '../../../../../src/core/dialects/recordList';
import { flowOf, MAX_REQUESTS } from '../../../../../src/core/read/flow';

const MIB = 1024 * 1024;
const RECORDS = 100_000;
const RECORD_BYTES = 1080;

/** A clock that jumps to the next arrival as soon as nothing else can happen. */
class Line {
  #now = 0;
  readonly #arrivals: { readonly at: number; readonly arrive: () => void }[] = [];

  get now(): number {
    return this.#now;
  }

  async travel(ms: number): Promise<void> {
    await new Promise<void>((arrive) => this.#arrivals.push({ at: this.#now + ms, arrive }));
  }

  /** Lets things arrive in turn until the work is done; all have the same way. */
  async until(work: Promise<void>): Promise<void> {
    const ended = new AbortController();
    const end = () => {
      ended.abort();
    };
    work.then(end, end);
    while (!ended.signal.aborted) {
      await setImmediate();
      const next = this.#arrivals.shift();
      if (!next) continue;
      this.#now = next.at;
      next.arrive();
    }
    await work;
  }
}

describe('reading ahead over a slow line', () => {
  for (const latency of [20, 100]) {
    it(`keeps nearly all calls busy at ${latency} ms, within its memory`, async () => {
      const line = new Line();
      const clock = mock.method(performance, 'now', () => line.now);
      const flow = flowOf({}, 1);
      let [calls, underWay, mostCalls, held, most, read] = [0, 0, 0, 0, 0, 0];
      const consume: RangeCalls['consume'] = async (offset, count) => {
        calls += 1;
        mostCalls = Math.max(mostCalls, (underWay += 1));
        await line.travel(latency);
        underWay -= 1;
        const records = Array.from({ length: count }, (_, n) => record(offset + BigInt(n)));
        const bytes = count * RECORD_BYTES;
        most = Math.max(most, (held += bytes));
        const done = () => (held -= bytes);
        return { records: () => atOnce(records), nextOffset: undefined, bytes, done };
      };
      const work = async (): Promise<void> => {
        const range = { topic: 't', partition: 0, from: 0n, until: BigInt(RECORDS) };
        const { signal } = new AbortController();
        const rangeCalls = { consume, partition: () => assert.fail() };
        for await (const page of readPages(range, { ...flow, signal }, rangeCalls)) {
          read += page.records.length;
        }
      };
      await line.until(work());
      clock.mock.restore();

      assert.equal(read, RECORDS);
      assert.ok(mostCalls <= MAX_REQUESTS, String(mostCalls));
      const ideal = Math.ceil(calls / MAX_REQUESTS) * latency;
      assert.ok(ideal / line.now > 0.85, `${line.now} ms instead of ${ideal}`);
      assert.ok(most <= 16 * MIB, `${most} bytes`);
    });
  }
});

function record(offset: bigint): KafkaRecord {
  return { partition: 0, offset, key: null, value: null };
}
