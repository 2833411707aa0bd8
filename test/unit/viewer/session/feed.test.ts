import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import type { KafkaRecord } from '../../../../src/core/kafka';
import { Feed, type FeedOptions } from '../../../../src/viewer/session/feed';
import type { ViewerStatus } from '../../../../src/viewer/protocol';
import { changed, type EmulatedProxy, startEmulatedProxy } from '../../../support/emulatedProxy';

describe('Feed', () => {
  let emulated: EmulatedProxy;
  const filled = { name: 'filled', partitions: 2, records: 100, bytes: 20 };

  before(async () => {
    emulated = await startEmulatedProxy({
      topics: [filled, { ...filled, name: 'grows' }, { ...filled, name: 'trimmed' }],
    });
  });

  after(() => emulated.close());

  it('brings what was asked for, and is done', async () => {
    const { feed, records, statuses } = open('filled', { maxRecords: 30 });
    await feed.start();
    assert.equal(records.length, 30);
    assert.deepEqual(statuses, ['reading', 'done']);
  });

  it('tells how far each partition has been read', async () => {
    const { feed } = open('filled');
    assert.deepEqual(feed.progress, []);
    assert.equal(feed.reachedEnd, false);
    await feed.start();
    assert.equal(feed.reachedEnd, true);
    assert.deepEqual(feed.progress, [
      { partition: 0, from: '0', position: '50', until: '50' },
      { partition: 1, from: '0', position: '50', until: '50' },
    ]);
  });

  it('knows whether messages may have headers once it reads, and keeps it', async () => {
    const headersOf: boolean[] = [];
    let headers = true;
    const feed = new Feed({
      proxy: () => {
        const read = { headers, timestamp: true };
        const capabilities = { ...emulated.proxy.capabilities, read };
        return Promise.resolve(changed(emulated.proxy, { capabilities }));
      },
      request: { topic: 'filled', from: { at: 'earliest' } },
      take: () => {
        headersOf.push(feed.mayHaveHeaders);
      },
      changed: () => undefined,
    });
    assert.equal(feed.mayHaveHeaders, false);
    await feed.start();
    assert.equal(headersOf[0], true);
    headers = false;
    await feed.start();
    assert.equal(feed.mayHaveHeaders, true);
    const without = open('filled').feed;
    await without.start();
    assert.equal(without.mayHaveHeaders, false);
  });

  it('holds back while paused and loses nothing', async () => {
    const { feed, records, statuses } = open('filled', {
      afterFirst: () => {
        feed.pause();
        queueMicrotask(() => {
          assert.equal(feed.status, 'paused');
          feed.resume();
        });
      },
    });
    await feed.start();
    assert.equal(records.length, 100);
    assert.deepEqual(statuses, ['reading', 'paused', 'reading', 'done']);
  });

  it('shows nothing more once it is paused, and what had come when it goes on', async () => {
    const taken: KafkaRecord[] = [];
    const proxy = changed(emulated.proxy, {
      read: async function* (range, flow) {
        feed.pause();
        yield* emulated.proxy.read(range, flow);
      },
    });
    const feed = new Feed({
      proxy: () => Promise.resolve(proxy),
      request: { topic: 'filled', partitions: [0], from: { at: 'earliest' }, maxRecords: 40 },
      take: (records) => {
        taken.push(...records);
      },
      changed: () => undefined,
    });
    const ended = feed.start();
    while (!feed.position.get(0)) await setImmediate();
    await setImmediate();
    assert.deepEqual([feed.status, taken.length], ['paused', 0]);
    feed.resume();
    await ended;
    assert.equal(taken.length, 40);
  });

  it('brings again what was not taken when it was stopped', async () => {
    const taken: KafkaRecord[] = [];
    let begun = (): void => undefined;
    let waits = true;
    const feed = new Feed({
      proxy: () => Promise.resolve(emulated.proxy),
      request: { topic: 'filled', partitions: [0], from: { at: 'earliest' }, maxRecords: 40 },
      take: async (records, signal) => {
        if (waits) {
          begun();
          await new Promise((_, reject) => {
            signal.addEventListener('abort', () => {
              reject(new Error('aborted'));
            });
          });
        }
        taken.push(...records);
      },
      changed: () => undefined,
    });
    const begins = new Promise<void>((resolve) => (begun = resolve));
    const ended = feed.start();
    await begins;
    await feed.stop();
    await ended;
    assert.deepEqual([feed.status, taken.length], ['stopped', 0]);
    waits = false;
    await feed.start();
    assert.equal(feed.status, 'done');
    assert.deepEqual(
      taken.map(({ offset }) => offset),
      Array.from({ length: 40 }, (_, n) => BigInt(n)),
    );
  });

  it('goes on where it was stopped, also during a pause', async () => {
    const { feed, records, statuses } = open('filled', {
      partitions: [0],
      afterFirst: () => {
        feed.pause();
        void feed.stop();
      },
    });
    await feed.start();
    assert.deepEqual(statuses, ['reading', 'paused', 'stopped']);
    await feed.start();
    assert.deepEqual(
      records.map(({ offset }) => offset),
      Array.from({ length: 50 }, (_, n) => BigInt(n)),
    );
  });

  it('fails with the reason where the topic is missing, and may try again', async () => {
    const { feed, records, statuses } = open('late');
    await feed.start();
    assert.deepEqual(statuses, ['reading', 'failed']);
    assert.ok(feed.failure instanceof Error);
    emulated.emulator.createTopic({ name: 'late' });
    await feed.start();
    assert.equal(feed.status, 'done');
    assert.equal(feed.failure, undefined);
    assert.equal(records.length, 0);
  });

  it('follows: what is there, then what comes, until it is stopped', async () => {
    const ends: boolean[] = [];
    const { feed, records, statuses } = open('grows', {
      afterEach: () => {
        ends.push(feed.reachedEnd);
        if (records.length === 100) {
          emulated.emulator.append('grows', [{ value: 'new', partition: 1 }]);
        }
        if (records.length === 101) void feed.stop();
      },
    });
    await feed.follow();
    assert.deepEqual([ends[0], ends.at(-1)], [false, true]);
    assert.equal(records.at(-1)?.value, 'new');
    assert.deepEqual(statuses, ['following', 'stopped']);
  });

  it('follows after the end, from where it is', async () => {
    const { feed, records } = open('filled', {
      maxRecords: 10,
      partitions: [0],
      afterEach: () => {
        if (records.length === 50) void feed.stop();
      },
    });
    await feed.start();
    assert.equal(records.length, 10);
    await feed.follow();
    assert.equal(new Set(records.map(({ offset }) => offset)).size, 50);
  });

  it('reads once, however often and quickly it is told to begin or to follow', async () => {
    const { feed, records } = open('filled');
    await Promise.all([feed.start(), feed.start()]);
    assert.equal(records.length, 100);
    const again = open('filled', {
      afterEach: () => {
        if (again.records.length >= 100) void again.feed.stop();
      },
    });
    await Promise.all([again.feed.start(), again.feed.follow(), again.feed.follow()]);
    assert.equal(again.records.length, 100);
  });

  it('follows after a span of time with what came right after it', async () => {
    const now = Date.now();
    emulated.emulator.createTopic({ name: 'timed' });
    const at = (value: string, timestamp: number) => ({ value, timestamp });
    emulated.emulator.append('timed', [at('a', now), at('b', now + 10), at('c', now + 20)]);
    const { feed, records } = open('timed', {
      from: { time: now },
      untilTime: now + 10,
      afterEach: () => {
        if (records.length === 3) void feed.stop();
      },
    });
    await feed.start();
    assert.deepEqual(
      records.map(({ value }) => value),
      ['a'],
    );
    await feed.follow();
    assert.deepEqual(
      records.map(({ value }) => value),
      ['a', 'b', 'c'],
    );
  });

  interface Options extends Partial<Omit<FeedOptions['request'], 'topic'>> {
    afterFirst?: () => void;
    afterEach?: () => void;
  }

  function open(topic: string, { afterFirst, afterEach, ...request }: Options = {}) {
    const records: KafkaRecord[] = [];
    const statuses: ViewerStatus[] = [];
    const feed: Feed = new Feed({
      proxy: () => Promise.resolve(emulated.proxy),
      request: {
        topic,
        from: { at: 'earliest' },
        ...request,
      },
      take: (batch) => {
        const first = records.length === 0;
        records.push(...batch);
        if (first) afterFirst?.();
        afterEach?.();
      },
      changed: () => statuses.push(feed.status),
    });
    return { feed, records, statuses };
  }
});
