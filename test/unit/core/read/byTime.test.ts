import assert from 'node:assert/strict';
import { KafkaError } from '../../../../src/core/errors';
import type { KafkaRecord } from '../../../../src/core/kafka';
import type { Reader, ReadRequest } from '../../../../src/core/read/reader';
import { openReader } from '../../../../src/core/read/reader';
import { readOn } from '../../../../src/core/read/request';
import type { EmulatorOptions } from '../../../../src/emulator/server';
import type { EmulatedProxy } from '../../../support/emulatedProxy';
import { changed, startEmulatedProxy } from '../../../support/emulatedProxy';

const START = Date.parse('2026-11-22T14:00:00Z');
const SECOND = 1000;

async function values(reader: Reader): Promise<KafkaRecord['value'][]> {
  const records: KafkaRecord[] = [];
  for await (const batch of reader) records.push(...batch);
  return records.map(({ value }) => value);
}

describe('reading by time from the REST proxy', () => {
  let emulated: EmulatedProxy;

  async function start(options: EmulatorOptions = {}): Promise<void> {
    emulated = await startEmulatedProxy(options);
  }

  /** Creates topic `t`; partition by partition, the seconds after `START` of its records. */
  function fill(...seconds: (readonly (number | null)[])[]): void {
    emulated.emulator.createTopic({ name: 't', partitions: seconds.length });
    emulated.emulator.append(
      't',
      seconds.flatMap((list, partition) =>
        list.map((second) => ({
          partition,
          value: String(second),
          timestamp: second === null ? -1 : START + second * SECOND,
        })),
      ),
    );
  }

  function open(request: Omit<ReadRequest, 'topic'>, signal?: AbortSignal): Promise<Reader> {
    return openReader(emulated.proxy, { topic: 't', ...request }, signal && { signal });
  }

  const at = (second: number) => START + second * SECOND;
  const consumed = () => emulated.requests.filter((path) => path.includes('/consumer/'));
  const oneASecond = (count: number) => Array.from({ length: count }, (_, second) => second);

  afterEach(() => emulated.close());

  it('reads a span of all partitions, in order of time, the end not included', async () => {
    await start();
    fill([0, 10, 20, 30, 40], [5, 15, 25, 35], []);
    const reader = await open({ from: { time: at(10) }, untilTime: at(30) });
    assert.deepEqual(await values(reader), ['10', '15', '20', '25']);
    assert.equal(reader.records, 4);
  });

  it('begins at a time and stops after so many records of that time', async () => {
    await start();
    fill(oneASecond(100));
    const reader = await open({ from: { time: at(70) }, maxRecords: 3 });
    assert.deepEqual(await values(reader), ['70', '71', '72']);
    assert.deepEqual(reader.position, new Map([[0, 73n]]));
  });

  it('ends at a time, wherever it begins', async () => {
    await start();
    fill(oneASecond(10));
    const reader = await open({ from: { offset: 6n }, untilTime: at(8) });
    assert.deepEqual(await values(reader), ['6', '7']);
  });

  it('finds what is out of order by no more than the margin', async () => {
    await start();
    fill([0, 100, 40, 200, 150, 300]);
    const reader = await open({
      from: { time: at(30) },
      untilTime: at(160),
      timeMargin: 60 * SECOND,
    });
    assert.deepEqual(await values(reader), ['100', '40', '150']);
  });

  it('goes on within the time where a read has ended', async () => {
    await start();
    fill([0, 50, 10, 51, 11, 52, 90]);
    const request = { topic: 't', from: { time: at(50) }, untilTime: at(80), maxRecords: 1 };
    const first = await open(request);
    assert.deepEqual(await values(first), ['50']);
    const next = await open(readOn(request, first.position));
    assert.deepEqual(await values(next), ['51', '52']);
    const last = await open(readOn(readOn(request, first.position), next.position));
    assert.deepEqual(await values(last), []);
  });

  it('finds nothing in an empty topic, with no read at all', async () => {
    await start();
    fill([], []);
    const reader = await open({ from: { time: at(0) }, untilTime: at(1) });
    assert.deepEqual(await values(reader), []);
    assert.deepEqual(consumed(), []);
    assert.deepEqual(reader.notices.at(-1), { kind: 'none' });
  });

  it('reads no further than a gap that hides the end of the log', async () => {
    await start();
    fill(oneASecond(64));
    emulated.emulator.punch('t', 0, oneASecond(64).slice(20).map(BigInt));
    const reader = await open({ from: { time: at(15) }, timeMargin: 0 });
    assert.deepEqual(await values(reader), ['15', '16', '17', '18', '19']);
    assert.equal(reader.ranges[0]?.from, 15n);
  });

  describe('takes few and small reads', () => {
    it('for a short span of a long log, whose two ends share most of them', async () => {
      await start();
      fill(oneASecond(4096));
      const span = { from: { time: at(1500) }, untilTime: at(1501), timeMargin: 0 };
      const reader = await open(span);
      assert.ok(consumed().length <= 12 + 4, String(consumed().length));
      assert.ok(consumed().every((path) => path.endsWith('?count=1')));
      assert.deepEqual(reader.ranges, [{ partition: 0, from: 1500n, until: 1501n }]);
    });

    it('at most so many at once, over all partitions', async () => {
      await start({ latency: 5 });
      fill(...Array.from({ length: 8 }, () => oneASecond(100)));
      const { proxy } = emulated;
      let [now, most] = [0, 0];
      const counting = changed(proxy, {
        read: async function* (range, options) {
          most = Math.max(most, (now += 1));
          try {
            yield* proxy.read(range, options);
          } finally {
            now -= 1;
          }
        },
      });
      await openReader(counting, { topic: 't', from: { time: at(50) } }, { requests: 3 });
      assert.equal(most, 3);
    });

    it('also when retention takes what is looked at', async () => {
      await start();
      fill(oneASecond(1024));
      const { proxy, emulator } = emulated;
      const trimming = changed(proxy, {
        read: (range, options) => {
          emulator.trim('t', 0, 1000n);
          return proxy.read(range, options);
        },
      });
      const request = { topic: 't', from: { time: at(10) }, untilTime: at(1010) } as const;
      const reader = await openReader(trimming, { ...request, timeMargin: 0 });
      assert.ok(consumed().length <= 2 * 10 + 8, String(consumed().length));
      assert.deepEqual(reader.ranges, [{ partition: 0, from: 1000n, until: 1010n }]);
    });
  });

  describe('tells', () => {
    it('what it assumed', async () => {
      await start();
      fill(oneASecond(10));
      const reader = await open({ from: { time: at(4) }, untilTime: at(6), timeMargin: 2000 });
      await values(reader);
      assert.deepEqual(reader.notices, [
        { kind: 'timed', margin: 2000, ranges: [{ partition: 0, from: 2n, until: 8n }] },
      ]);
    });

    it('the nearest records where there is none', async () => {
      await start();
      fill([0, 10, 20], [5, 1000]);
      const reader = await open({ from: { time: at(100) }, untilTime: at(200) });
      assert.deepEqual(await values(reader), []);
      assert.deepEqual(reader.notices.at(-1), { kind: 'none', before: at(20), after: at(1000) });

      const later = await open({ from: { time: at(2000) } });
      assert.deepEqual(await values(later), []);
      assert.deepEqual(later.notices.at(-1), { kind: 'none', before: at(1000) });
    });

    it('that records without a timestamp are left out', async () => {
      await start();
      fill([0, null, 2, null, null, 5]);
      const reader = await open({ from: { time: at(1) } });
      assert.deepEqual(await values(reader), ['2', '5']);
      assert.deepEqual(reader.notices.at(-1), { kind: 'untimed' });
    });
  });

  describe('where the proxy looks offsets up', () => {
    const untimed = { headers: false, timestamp: false, offsetAtTime: true };

    /**
     * A proxy that finds the first of the seconds that is not before a time, and what it was asked.
     */
    function lookingUp(seconds: readonly number[], read = emulated.proxy.capabilities.read) {
      const asked: number[] = [];
      const proxy = changed(emulated.proxy, {
        capabilities: { ...emulated.proxy.capabilities, read },
        offsetAtTime: (_topic, _partition, time) => {
          asked.push((time - START) / SECOND);
          const offset = seconds.findIndex((second) => at(second) >= time);
          return Promise.resolve(offset < 0 ? undefined : BigInt(offset));
        },
      });
      return { proxy, asked };
    }

    it('asks for both ends, the second one widened, and leaves out what is too late', async () => {
      await start();
      const seconds = [0, 10, 20, 15, 30, 200];
      fill(seconds);
      const { proxy, asked } = lookingUp(seconds);
      const request = { topic: 't', from: { time: at(10) }, untilTime: at(20) };
      const reader = await openReader(proxy, request);
      assert.deepEqual(consumed(), []);
      assert.deepEqual(await values(reader), ['10', '15']);
      assert.deepEqual(asked, [10, 80]);
      assert.deepEqual(reader.ranges, [{ partition: 0, from: 1n, until: 5n }]);
    });

    it('goes by the offsets alone where records have no timestamps', async () => {
      await start();
      const seconds = [0, 10, 20, 30];
      fill(seconds);
      const { proxy, asked } = lookingUp(seconds, untimed);
      const request = { topic: 't', from: { time: at(10) }, untilTime: at(30) };
      const reader = await openReader(proxy, request);
      assert.deepEqual(await values(reader), ['10', '20']);
      assert.deepEqual(asked, [10, 30]);
      assert.deepEqual(reader.notices, []);
    });

    it('reads nothing where all is before the time', async () => {
      await start();
      fill([0, 10]);
      const { proxy } = lookingUp([0, 10], untimed);
      const reader = await openReader(proxy, { topic: 't', from: { time: at(50) } });
      assert.deepEqual(reader.ranges, [{ partition: 0, from: 2n, until: 2n }]);
    });
  });

  it('is refused where the proxy gives no timestamps', async () => {
    await start();
    fill([0]);
    const timeless = changed(emulated.proxy, {
      capabilities: {
        ...emulated.proxy.capabilities,
        read: { headers: false, timestamp: false },
      },
    });
    await assert.rejects(
      openReader(timeless, { topic: 't', from: { time: at(0) } }),
      (error) => error instanceof KafkaError && error.kind === 'unsupported',
    );
  });

  it('stops searching when it is cancelled', async () => {
    await start();
    fill(oneASecond(1024));
    const abort = new AbortController();
    const { proxy } = emulated;
    const aborting = changed(proxy, {
      read: (range, options) => {
        abort.abort();
        return proxy.read(range, options);
      },
    });
    const opening = openReader(
      aborting,
      { topic: 't', from: { time: at(500) } },
      { signal: abort.signal },
    );
    await assert.rejects(opening, { name: 'AbortError' });
    assert.ok(consumed().length <= 1);
  });
});
