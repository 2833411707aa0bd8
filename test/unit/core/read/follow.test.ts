import assert from 'node:assert/strict';
import { follow, type FollowClock } from '../../../../src/core/read/follow';
import type { KafkaProxy, KafkaRecord } from '../../../../src/core/kafka';
import { openReader, type Reader, type ReadRequest } from '../../../../src/core/read/reader';
import type { EmulatedProxy } from '../../../support/emulatedProxy';
import { changed, startEmulatedProxy } from '../../../support/emulatedProxy';
import { fails } from '../../../support/fails';
import { bounded } from '../../../support/proxies/bounded';

describe('following', () => {
  const request: ReadRequest = { topic: 't', from: { at: 'earliest' } };
  let emulated: EmulatedProxy;
  let stop: AbortController;

  beforeEach(async () => {
    stop = new AbortController();
    emulated = await startEmulatedProxy();
    emulated.emulator.createTopic({ name: 't' });
    append(3);
  });
  afterEach(() => emulated.close());

  function append(records: number): void {
    const values = Array.from({ length: records }, () => ({ value: 'x' }));
    emulated.emulator.append('t', values);
  }

  /**
   * The same proxy, whose metadata end the partition where `latest` says, asked for the nth time.
   */
  function ending(latest: (known: bigint, time: number) => bigint): KafkaProxy {
    let time = 0;
    return changed(emulated.proxy, {
      partitions: async (topic) => {
        time++;
        const known = await emulated.proxy.partitions(topic);
        return known.map(bounded).map((each) => ({ ...each, latest: latest(each.latest, time) }));
      },
    });
  }

  async function* followed(proxy: KafkaProxy, behindMs?: number) {
    const { signal } = stop;
    const opened: Reader[] = [];
    const options = {
      signal,
      opened: (reader: Reader) => opened.push(reader),
      ...(behindMs !== undefined && { behindMs }),
    };
    for await (const batch of follow(proxy, request, await openReader(proxy, request), options)) {
      yield { batch, opened };
    }
  }

  it('gives each record once, also if a node of the proxy does not know the newest ones', async () => {
    const proxy = ending((known, time) => (time % 2 === 0 ? known - 2n : known));
    const records: KafkaRecord[] = [];
    for await (const { batch } of followed(proxy)) {
      records.push(...batch);
      if (records.length === 3) append(3);
      if (records.length >= 6) break;
    }
    assert.deepEqual(
      records.map(({ offset }) => offset),
      [0n, 1n, 2n, 3n, 4n, 5n],
    );
  });

  it('ends if the log has come to end before what was read', async () => {
    const proxy = ending((known, time) => (time === 1 ? known : 1n));
    await fails(
      (async () => {
        for await (const { batch } of followed(proxy, 100)) assert.equal(batch.length, 3);
      })(),
      { kind: 'not-found', detail: 'partition 0 ends at 1, before 3' },
    );
  });

  /** A clock whose waits end at once, after `passed` was called with the time that has come. */
  function fastClock(passed: (now: number) => void, lookMs = 0): FollowClock {
    let now = 0;
    let calls = 0;
    return {
      // The follower asks for the time before and after each look.
      now: () => (now += calls++ % 2 === 0 ? 0 : lookMs),
      wait: (ms, signal) => {
        now += ms;
        passed(now);
        signal.throwIfAborted();
        return Promise.resolve();
      },
    };
  }

  it('shows a record within a second, also after minutes without one', async () => {
    const { signal } = stop;
    const [firstAt, secondAt] = [5 * 60_000 + 1, 12 * 60_000 + 1];
    let now = 0;
    const clock = fastClock((time) => {
      for (const at of [firstAt, secondAt]) if (now < at && time >= at) append(1);
      now = time;
    });
    const shownAt: number[] = [];
    const first = await openReader(emulated.proxy, request);
    for await (const batch of follow(emulated.proxy, request, first, { signal, clock })) {
      if (batch.length === 1) shownAt.push(now);
      if (shownAt.length === 2) break;
    }
    const lags = [firstAt, secondAt].map((at, index) => (shownAt[index] ?? Infinity) - at);
    assert.ok(
      lags.every((lag) => lag >= 0 && lag <= 1_000),
      String(lags),
    );
  });

  it('asks an idle topic of many partitions once in three quarters of a second', async () => {
    emulated.emulator.createTopic({ name: 'wide', partitions: 50 });
    const first = await openReader(emulated.proxy, { ...request, topic: 'wide' });
    const before = emulated.requests.length;
    const clock = fastClock((time) => {
      if (time >= 60_000) stop.abort();
    });
    const { signal } = stop;
    const followed = follow(emulated.proxy, { ...request, topic: 'wide' }, first, {
      signal,
      clock,
    });
    await assert.rejects(followed.next(), { name: 'AbortError' });
    const requests = emulated.requests.slice(before);
    assert.deepEqual(new Set(requests), new Set(['/v1/metadata/topics/wide/partitions']));
    assert.ok(requests.length > 70 && requests.length < 90, String(requests.length));
  });

  it('asks a slow proxy less often', async () => {
    const first = await openReader(emulated.proxy, { ...request, from: { latestMinus: 0n } });
    let looks = 0;
    const clock = fastClock((time) => {
      looks++;
      if (time >= 60_000) stop.abort();
    }, 1_000);
    const { signal } = stop;
    await assert.rejects(follow(emulated.proxy, request, first, { signal, clock }).next());
    assert.ok(looks > 10 && looks <= 20, String(looks));
  });

  it('tells each further reader, whose position is where to go on', async () => {
    for await (const { opened } of followed(emulated.proxy)) {
      if (opened.length === 0) append(2);
      else {
        assert.deepEqual(opened.at(-1)?.position, new Map([[0, 5n]]));
        break;
      }
    }
  });
});
