import assert from 'node:assert/strict';
import fc from 'fast-check';
import { KafkaError } from '../../../../src/core/errors';
import type { KafkaProxy, KafkaRecord } from '../../../../src/core/kafka';
import { readPages } from '../../../../src/core/dialects/hdinsight/pages';
import { atOnce } from '../../../../src/core/dialects/recordList';
import type { Reader } from '../../../../src/core/read/reader';
import { NO_CAPABILITIES } from '../../../support/proxies/capabilities';
import { openReader } from '../../../../src/core/read/reader';

const MARGIN = 50;
const START = 1_000_000;

interface Entry {
  readonly offset: bigint;
  readonly timestamp: number | undefined;
}

interface Log {
  readonly entries: readonly Entry[];
  readonly earliest: bigint;
  readonly latest: bigint;
  /** Where retention moves the earliest offset to, after so many requests. */
  readonly trims: readonly { readonly after: number; readonly to: bigint }[];
}

interface Step {
  readonly gap: bigint;
  readonly pause: number;
  readonly late: number;
}

const rarely = <T>(usual: T, other: fc.Arbitrary<T>): fc.Arbitrary<T> =>
  fc.oneof({ weight: 9, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: other });

/** A stretch of a log: compaction leaves gaps, times are equal or far apart, some have none. */
const stretches = fc.record({
  timed: rarely<'yes' | 'missing' | 'none'>('yes', fc.constantFrom('missing', 'none')),
  steps: fc.array<Step>(
    fc.record({
      gap: rarely(1n, fc.bigInt(1n, 300n)),
      pause: fc.oneof(fc.integer({ min: 0, max: 3 }), rarely(0, fc.integer({ min: 0, max: 400 }))),
      late: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: MARGIN })),
    }),
    { maxLength: 40 },
  ),
});

/** A log whose records are at most `MARGIN` older than one before them. */
const logs: fc.Arbitrary<Log> = fc
  .record({
    first: fc.bigInt(0n, 2n ** 62n),
    ends: fc.tuple(fc.bigInt(0n, 40n), fc.bigInt(0n, 40n)),
    stretches: fc.array(stretches, { maxLength: 10 }),
    trims: fc.array(fc.record({ after: fc.nat(20), permille: fc.bigInt(0n, 1000n) }), {
      maxLength: 2,
    }),
  })
  .map(({ first, ends: [leading, trailing], stretches, trims }) => {
    let offset = first + leading;
    let clock = START;
    const entries = stretches.flatMap(({ timed, steps }) =>
      steps.map(({ gap, pause, late }): Entry => {
        offset += gap;
        clock += pause;
        const timestamp = { yes: clock - late, missing: undefined, none: -1 }[timed];
        return { offset, timestamp };
      }),
    );
    const latest = offset + 1n + trailing;
    return {
      entries,
      earliest: first,
      latest,
      trims: trims.map(({ after, permille }) => ({
        after,
        to: first + ((latest - first) * permille) / 1000n,
      })),
    };
  });

/** The client of HDInsight's dialect on a topic in memory, and what it asked for. */
class MemoryTopic {
  /** Requests for records of each partition. */
  readonly requests: number[];
  readonly proxy: KafkaProxy;

  constructor(private readonly logs: readonly Log[]) {
    this.requests = logs.map(() => 0);
    const refuse = () => Promise.reject(new KafkaError('unsupported'));
    const partition = (id: number) => this.#partition(id);
    this.proxy = {
      capabilities: {
        ...NO_CAPABILITIES,
        read: { headers: false, timestamp: true },
      },
      brokers: refuse,
      topics: refuse,
      createTopic: refuse,
      produce: refuse,
      partitions: () => Promise.resolve(logs.map((_, id) => partition(id))),
      partition: (_, id) => Promise.resolve(partition(id)),
      dispose: () => Promise.resolve(),
      read: (range, { signal = new AbortController().signal, ...flow } = {}) =>
        readPages(
          range,
          { ...flow, signal },
          {
            partition: () => Promise.resolve(partition(range.partition)),
            consume: (offset, count) => this.#consume(range.partition, offset, count),
          },
        ),
    };
  }

  /** What is left of the log of a partition. */
  left(id: number): readonly Entry[] {
    const { earliest } = this.#partition(id);
    return this.logs[id]?.entries.filter(({ offset }) => offset >= earliest) ?? [];
  }

  #partition(id: number) {
    const { earliest, latest, trims } = this.#log(id);
    const reached = trims.filter(({ after }) => (this.requests[id] ?? 0) > after);
    const moved = [earliest, ...reached.map(({ to }) => to)].reduce((a, b) => (a > b ? a : b));
    return { id, earliest: moved, latest, leader: 0, replicas: [0], isr: [0] };
  }

  #log(id: number): Log {
    const log = this.logs[id];
    assert.ok(log);
    return log;
  }

  #consume(partition: number, from: bigint, count: number) {
    this.requests[partition] = (this.requests[partition] ?? 0) + 1;
    const { earliest, latest } = this.#partition(partition);
    if (from < earliest || from > latest) {
      return Promise.reject(new KafkaError('rejected', { status: 400 }));
    }
    const records = this.left(partition)
      .filter(({ offset }) => offset >= from)
      .slice(0, count)
      .map(({ offset, timestamp }): KafkaRecord => ({
        partition,
        offset,
        ...(timestamp !== undefined && { timestamp }),
        key: null,
        value: null,
      }));
    const nextOffset = records.length < count ? latest : undefined;
    return Promise.resolve({
      records: () => atOnce(records),
      nextOffset,
      bytes: 100 * records.length,
    });
  }
}

describe('reading by time', () => {
  it('finds every record of a span, and no other, in few reads', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(logs, { minLength: 1, maxLength: 3 }),
        fc.tuple(fc.nat(), fc.nat()),
        fc.option(fc.integer({ min: -10, max: 10 })),
        async (all, picks, shift) => {
          // Spans that begin and end near a record are the interesting ones.
          const known = [START, ...all.flatMap(({ entries }) => entries.flatMap(timeOf))];
          const near = picks.map((pick) => known[pick % known.length] ?? START);
          const since = Math.min(...near);
          const until = shift === null ? Infinity : Math.max(...near) + shift;
          const topic = new MemoryTopic(all);
          const reader = await openReader(topic.proxy, {
            topic: 't',
            from: { time: since },
            ...(until < Infinity && { untilTime: until }),
            timeMargin: MARGIN,
          });
          all.forEach(({ earliest, latest }, id) => {
            const most = 2 * Math.log2(Number(latest - earliest)) + 8;
            const requests = topic.requests[id] ?? 0;
            assert.ok(requests <= most, `${requests} of ${most}`);
          });
          const read = await allOf(reader);
          const isWanted = (entry: Entry) =>
            timeOf(entry).some((time) => time >= since && time < until);
          all.forEach(({ entries }, id) => {
            const got = new Set(read.flatMap((each) => (each.partition === id ? each.offset : [])));
            const wanted = entries.filter(isWanted).map(({ offset }) => offset);
            // What retention takes meanwhile may have been read before.
            const sure = topic.left(id).filter(isWanted);
            assert.deepEqual(
              [...got].filter((offset) => !wanted.includes(offset)),
              [],
            );
            assert.deepEqual(
              sure.filter(({ offset }) => !got.has(offset)),
              [],
            );
          });
        },
      ),
      { numRuns: 500 },
    );
  });
});

async function allOf(reader: Reader): Promise<KafkaRecord[]> {
  const records: KafkaRecord[] = [];
  for await (const batch of reader) records.push(...batch);
  return records;
}

function timeOf({ timestamp }: Entry): number[] {
  return timestamp === undefined || timestamp < 0 ? [] : [timestamp];
}
