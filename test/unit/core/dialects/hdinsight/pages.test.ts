import assert from 'node:assert/strict';
import fc from 'fast-check';
import { KafkaError } from '../../../../../src/core/errors';
import type {
  KafkaRecord,
  BoundedPartition,
  PartitionRange,
  RecordPage,
} from '../../../../../src/core/kafka';
import type { ConsumeResponse } from '../../../../../src/core/dialects/hdinsight/pageResponse';
import { type PageFlow, readPages } from '../../../../../src/core/dialects/hdinsight/pages';
import { atOnce } from '../../../../../src/core/dialects/recordList';

const RECORD_BYTES = 100;
const UP_TO_500: PartitionRange = { topic: 't', partition: 0, from: 0n, until: 500n };
const untilTheEnd = { signal: new AbortController().signal };

type PageOptions = Partial<Pick<PartitionRange, 'from' | 'until'> & Omit<PageFlow, 'signal'>>;

interface LogOptions {
  readonly offsets: readonly number[];
  readonly latest: number;
  /** How many records an answer holds at the most. */
  readonly cap?: number;
  /** The call, counted from 1, whose answer holds three records at the most. */
  readonly short?: number;
  /** After so many calls, the earliest offset is another. */
  readonly trims?: readonly { readonly after: number; readonly to: number }[];
}

/** A partition, and who watches what is asked of it. */
class Log {
  readonly calls: { readonly offset: bigint; readonly count: number }[] = [];
  underWay = 0;
  mostUnderWay = 0;

  constructor(private readonly options: LogOptions) {}

  get earliest(): number {
    const reached = (this.options.trims ?? []).filter(({ after }) => this.calls.length > after);
    return Math.max(0, ...reached.map(({ to }) => to));
  }

  async pages({ from, until, ...flow }: PageOptions): Promise<RecordPage[]> {
    const pages: RecordPage[] = [];
    const all = {
      topic: 't',
      partition: 0,
      from: from ?? 0n,
      until: until ?? BigInt(this.options.latest),
    };
    const calls = {
      consume: (offset: bigint, count: number) => this.#consume(offset, count),
      partition: () => Promise.resolve(this.#partition()),
    };
    for await (const page of readPages(all, { ...flow, ...untilTheEnd }, calls)) {
      pages.push(page);
    }
    return pages;
  }

  async #consume(offset: bigint, count: number): Promise<ConsumeResponse> {
    const number = this.calls.push({ offset, count });
    this.mostUnderWay = Math.max(this.mostUnderWay, (this.underWay += 1));
    const { earliest } = this;
    // As long as a real call takes in the eyes of whoever could send another one meanwhile.
    await new Promise((resolve) => setImmediate(resolve));
    this.underWay -= 1;
    if (offset < earliest) throw new KafkaError('rejected', { status: 400 });
    const { offsets, latest, short, cap = number === short ? 3 : Infinity } = this.options;
    const rest = offsets.filter((each) => each >= offset && each >= earliest);
    const records = rest.slice(0, Math.min(count, cap)).map((each) => record(each));
    const next = rest[records.length] === undefined ? latest : Number(records.at(-1)?.offset) + 1;
    return {
      records: () => atOnce(records),
      nextOffset: BigInt(next),
      bytes: RECORD_BYTES * records.length,
    };
  }

  #partition(): BoundedPartition {
    const [earliest, latest] = [BigInt(this.earliest), BigInt(this.options.latest)];
    return { id: 0, earliest, latest, leader: 0, replicas: [0], isr: [0] };
  }
}

function record(offset: number): KafkaRecord {
  return { partition: 0, offset: BigInt(offset), key: null, value: null };
}

function offsetsOf(pages: readonly RecordPage[]): number[] {
  return pages.flatMap(({ records }) => records.map(({ offset }) => Number(offset)));
}

const whole = (length: number): number[] => Array.from({ length }, (_, n) => n);

describe('the pages of a range', () => {
  it('hold each record once and in order, whatever is guessed about them', async () => {
    const gapsAndCaps = fc.record({
      gaps: fc.array(fc.oneof(fc.constant(0), fc.constant(0), fc.nat(3), fc.nat(60)), {
        minLength: 1,
        maxLength: 150,
      }),
      cap: fc.option(fc.integer({ min: 1, max: 20 }), { nil: undefined }),
      ahead: fc.nat(6),
      pageBytes: fc.integer({ min: 1, max: 1500 }),
      from: fc.nat(30),
      trims: fc.array(fc.record({ after: fc.nat(30), to: fc.nat(200) }), { maxLength: 2 }),
    });
    await fc.assert(
      fc.asyncProperty(gapsAndCaps, async ({ gaps, cap, ahead, pageBytes, from, trims }) => {
        let offset = 0;
        const offsets = gaps.map((gap) => (offset += gap + 1) - 1);
        const latest = offset + 5;
        const log = new Log({ offsets, latest, trims, ...(cap !== undefined && { cap }) });
        const start = Math.min(from, latest);
        const pages = await log.pages({ from: BigInt(start), ahead, pageBytes });

        const read = offsetsOf(pages);
        const skipped = pages.flatMap(({ skipped }) => skipped ?? []);
        const expected = offsets.filter((each) => each >= start);
        const isSkipped = (each: number): boolean =>
          skipped.some(({ from, to }) => each >= from && each < to);
        assert.deepEqual(
          read,
          expected.filter((each) => read.includes(each)),
        );
        for (const each of expected) assert.ok(read.includes(each) !== isSkipped(each));
        for (const { reason, to } of skipped) {
          assert.equal(reason, 'retention');
          assert.ok(to <= log.earliest);
        }
        assert.equal(pages.at(-1)?.next ?? BigInt(start), BigInt(latest));
      }),
    );
  });

  it('are asked for ahead, as many as were wanted, without a record too much', async () => {
    for (const ahead of [0, 1, 5]) {
      const log = new Log({ offsets: whole(500), latest: 500 });
      assert.deepEqual(offsetsOf(await log.pages({ ahead, pageBytes: 1000 })), whole(500));
      assert.equal(log.mostUnderWay, Math.max(1, ahead));
      assert.equal(
        log.calls.reduce((sum, { count }) => sum + count, 0),
        500,
      );
    }
  });

  it('are not asked for ahead when enough records are there or on their way', async () => {
    let [wanted, asked] = [25, 0];
    const calls = {
      consume: (offset: bigint, count: number) => {
        asked += count;
        const records = whole(count).map((n) => record(Number(offset) + n));
        return Promise.resolve({
          records: () => atOnce(records),
          nextOffset: undefined,
          bytes: RECORD_BYTES * count,
        });
      },
      partition: () => assert.fail(),
    };
    const flow = { pageBytes: 1000, ahead: 6, wanted: () => wanted, ...untilTheEnd };
    for await (const { records } of readPages(UP_TO_500, flow, calls)) {
      wanted -= records.length;
      if (wanted <= 0) break;
    }
    assert.equal(asked, 25);
  });

  it('are fewer ahead where a record takes more than a page should', async () => {
    for (const [pageBytes, ahead] of [
      [50, 3],
      [20, 1],
      [10, 1],
    ] as const) {
      const log = new Log({ offsets: whole(50), latest: 50 });
      assert.deepEqual(offsetsOf(await log.pages({ ahead: 6, pageBytes })), whole(50));
      assert.equal(log.mostUnderWay, ahead);
    }
  });

  it('are not asked for ahead of one that is too large for that', async () => {
    for (const [maxAheadBytes, most] of [
      [99, 1],
      [1000, 4],
    ] as const) {
      const log = new Log({ offsets: whole(95), latest: 95 });
      const pages = await log.pages({ ahead: 4, pageBytes: 1000, maxAheadBytes });
      assert.deepEqual(offsetsOf(pages), whole(95));
      assert.equal(log.mostUnderWay, most);
    }
  });

  it('are taken from an answer that begins a little before them', async () => {
    // Every tenth offset is a gap, as where each transaction ends.
    const offsets = whole(500).filter((n) => n % 10 !== 9);
    const log = new Log({ offsets, latest: 500 });
    assert.deepEqual(offsetsOf(await log.pages({ ahead: 3, pageBytes: 5000 })), offsets);
    assert.equal(log.mostUnderWay, 3);
    const asked = log.calls.reduce((sum, { count }) => sum + count, 0);
    assert.ok(asked < 1.2 * 500, String(asked));
  });

  it('are asked for as far as a short answer lacks records, and no further', async () => {
    const log = new Log({ offsets: whole(100), latest: 100, short: 4 });
    assert.deepEqual(offsetsOf(await log.pages({ ahead: 3, pageBytes: 1000 })), whole(100));
    const asked = log.calls.reduce((sum, { count }) => sum + count, 0);
    assert.equal(asked, 100 + 10 - 3);
  });

  it('are asked for one by one where the log has large gaps', async () => {
    const offsets = whole(300).map((n) => n * 10);
    const log = new Log({ offsets, latest: 3000 });
    assert.deepEqual(offsetsOf(await log.pages({ ahead: 6, pageBytes: 2000 })), offsets);
    // The first page is of one record, which says nothing of gaps yet.
    const asked = log.calls.reduce((sum, { count }) => sum + count, 0);
    assert.ok(asked < 1.5 * 300, String(asked));
  });

  it('do not fail for an early call that retention refused, once it is not wanted', async () => {
    const offsets = whole(60);
    for (const after of whole(12)) {
      const log = new Log({ offsets, latest: 60, trims: [{ after, to: 33 }] });
      const pages = await log.pages({ ahead: 3, pageBytes: 500 });
      assert.equal(offsetsOf(pages).at(-1), 59);
      assert.ok(offsets.slice(33).every((each) => offsetsOf(pages).includes(each)));
    }
  });

  it('are not asked for ahead, unless that is wanted, when retention has passed over one', async () => {
    // The first call is for 128 records, as a page of 2 MiB may hold.
    for (const ahead of [0, 3]) {
      const log = new Log({ offsets: whole(900), latest: 900, trims: [{ after: 0, to: 130 }] });
      const pages = await log.pages({ ahead, pageBytes: 2 * 1024 * 1024 });
      assert.deepEqual(offsetsOf(pages), whole(900).slice(130));
      assert.ok(log.mostUnderWay <= Math.max(1, ahead), String(log.mostUnderWay));
    }
  });

  it('leave nothing under way when they are not wanted any more', async () => {
    let underWay = 0;
    const calls = {
      consume: async (offset: bigint, count: number): Promise<ConsumeResponse> => {
        underWay += 1;
        await new Promise((resolve) => setImmediate(resolve));
        underWay -= 1;
        const records = whole(count).map((n) => record(Number(offset) + n));
        return {
          records: () => atOnce(records),
          nextOffset: undefined,
          bytes: RECORD_BYTES * count,
        };
      },
      partition: () => assert.fail(),
    };
    const flow = { pageBytes: 1000, ahead: 3, ...untilTheEnd };
    for await (const page of readPages(UP_TO_500, flow, calls)) {
      assert.equal(underWay, 3);
      assert.ok(page.next < 500n);
      break;
    }
    assert.equal(underWay, 0);
  });
});
