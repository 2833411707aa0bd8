import assert from 'node:assert/strict';
import fc from 'fast-check';
import { KafkaError } from '../../../../src/core/errors';
import type { NewRecord, ProduceResult } from '../../../../src/core/kafka';
import { partitionOfKey } from '../../../../src/emulator/partitioner';
import { BulkProducer } from '../../../../src/transfer/bulk/bulkProduce';
import type { EmulatedProxy } from '../../../support/emulatedProxy';
import { startEmulatedProxy } from '../../../support/emulatedProxy';
import { meddledProxy } from '../../../support/proxies/meddledProxy';
import { type Item, Kept, logged, sorted, Source, span } from './bulkSupport';

/** What a proxy does to a call. */
type Fault =
  'none' | 'later' | 'throttled' | 'too-large' | 'lost' | 'lost-written' | 'some-refused';

const faults = fc.array(
  fc.oneof(
    { weight: 12, arbitrary: fc.constant<Fault>('none') },
    { weight: 4, arbitrary: fc.constant<Fault>('later') },
    { weight: 2, arbitrary: fc.constantFrom<Fault>('throttled', 'too-large', 'some-refused') },
    { weight: 1, arbitrary: fc.constantFrom<Fault>('lost', 'lost-written') },
  ),
  { maxLength: 40 },
);

/** What an item of a line is like. */
const shapes = fc.array(
  fc.oneof(
    { weight: 10, arbitrary: fc.constant({}) },
    { weight: 10, arbitrary: fc.record({ key: fc.constantFrom('a', 'b', 'c', 'd', 'e') }) },
    { weight: 10, arbitrary: fc.record({ partition: fc.nat({ max: 3 }) }) },
    { weight: 1, arbitrary: fc.constant('bad' as const) },
    { weight: 1, arbitrary: fc.constant('poison' as const) },
  ),
  { maxLength: 120 },
);

describe('Bulk producing', () => {
  let emulated: EmulatedProxy;

  before(async () => {
    emulated = await startEmulatedProxy({ tls: false });
  });
  after(() => emulated.close());

  /** Runs over a proxy that fails in these ways, one a call, and checks each call. */
  async function run(
    items: readonly Item[],
    {
      failures = [],
      onBad = 'setAside',
      requests = 3,
      cancelAt = Infinity,
      partitions,
    }: {
      readonly failures?: readonly Fault[];
      readonly onBad?: 'stop' | 'setAside';
      readonly requests?: number;
      readonly cancelAt?: number;
      readonly partitions: number;
    },
  ) {
    const kept = new Kept();
    const source = new Source(items, 7);
    const cancel = new AbortController();
    const busy = new Set<number | undefined>();
    let calls = 0;
    const proxy = meddledProxy(
      emulated.proxy,
      async (records, produce) => {
        const call = calls++;
        if (call === cancelAt) cancel.abort();
        const lanes = new Set(records.map((record) => laneOf(record, partitions)));
        assert.equal(lanes.size, 1, 'a call has records of one partition');
        const [lane] = lanes;
        assert.ok(!busy.has(lane), 'a partition has one call at a time');
        busy.add(lane);
        assert.ok(busy.size <= requests);
        try {
          return await withFault(failures[call] ?? 'none', records, produce);
        } finally {
          busy.delete(lane);
        }
      },
      { maxBatchRecords: 5 },
    );
    const bulk = new BulkProducer<Item>(proxy, {
      topic: 't',
      partitions: span(0, partitions - 1),
      onBad,
      requests,
      keep: kept.keep,
      pauseMs: 0,
      signal: cancel.signal,
    });
    const report = await bulk.run(source.open);
    assert.ok(source.closed || source.pulled === 0);
    return { report, kept, source };
  }

  function toItems(drawn: readonly (object | 'bad' | 'poison')[], partitions: number): Item[] {
    return drawn.map((shape, index) => {
      const line = index + 1;
      if (shape === 'bad') return { kind: 'bad', line };
      if (shape === 'poison') return { kind: 'record', line, record: { value: '-1', key: 'a' } };
      const record: NewRecord = { value: String(line), ...shape };
      const { partition } = record;
      return {
        kind: 'record',
        line,
        record: {
          ...record,
          ...(partition !== undefined && { partition: partition % partitions }),
        },
      };
    });
  }

  it('gives each item exactly one fate, and keeps the order in each partition', async function () {
    this.timeout(60_000);
    await fc.assert(
      fc.asyncProperty(
        shapes,
        faults,
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 1, max: 4 }),
        fc.constantFrom('stop' as const, 'setAside' as const),
        fc.option(fc.nat({ max: 10 }), { nil: Infinity }),
        async (drawn, failures, partitions, requests, onBad, cancelAt) => {
          emulated.emulator.createTopic({ name: 't', partitions });
          const items = toItems(drawn, partitions);
          const options = { failures, onBad, requests, cancelAt, partitions };
          const { report, kept, source } = await run(items, options);
          const { rest, unclear, setAside } = kept.lines;
          const logs = await logged(emulated.proxy, 't');
          const written = logs.flat().filter((line) => !unclear.includes(line));

          assert.deepEqual(
            sorted([...written, ...rest, ...unclear, ...setAside]),
            span(1, source.pulled),
          );
          for (const lines of [...logs, rest, setAside]) assert.deepEqual(lines, sorted(lines));
          assert.equal(report.accepted, written.length);
          assert.equal(report.refused + report.unsent, rest.length);
          assert.equal(report.unclear, unclear.length);
          assert.equal(report.setAside, setAside.length);
          if (report.accepted + report.unclear > 0) assert.equal(source.pulled, items.length);
          if (report.end.kind === 'done') assert.equal(report.unsent + report.unclear, 0);
        },
      ),
      { numRuns: 150 },
    );
  });

  it('writes each record once, however often the rest is sent again', async function () {
    this.timeout(60_000);
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 150 }),
        fc.array(faults, { maxLength: 4 }),
        fc.integer({ min: 1, max: 4 }),
        async (count, trials, partitions) => {
          emulated.emulator.createTopic({ name: 't', partitions });
          let items = toItems(
            span(1, count).map((line) => (line % 3 === 0 ? {} : { key: `k${line % 10}` })),
            partitions,
          );
          const unclear: number[] = [];
          for (const failures of [...trials, []]) {
            const { report, kept } = await run(items, { failures, partitions });
            if (report.accepted + report.unclear > 0) items = kept.items.rest;
            unclear.push(...kept.lines.unclear);
          }
          const logs = await logged(emulated.proxy, 't');
          const written = sorted(logs.flat());
          assert.equal(new Set(written).size, written.length, 'none is doubled');
          assert.deepEqual(
            span(1, count).filter((line) => !written.includes(line) && !unclear.includes(line)),
            [],
            'none is lost',
          );
        },
      ),
      { numRuns: 60 },
    );
  });
});

async function withFault(
  fault: Fault,
  records: readonly NewRecord[],
  produce: (records: readonly NewRecord[]) => Promise<readonly ProduceResult[]>,
): Promise<readonly ProduceResult[]> {
  const unknown = records.map(() => ({ status: 'unclear', detail: 'lost' }) as const);
  if (records.some(({ value }) => value === '-1')) throw new KafkaError('rejected');
  switch (fault) {
    case 'none':
      return produce(records);
    case 'later': {
      const results = await produce(records);
      for (let turn = 0; turn < 30; turn++) await new Promise((resolve) => setImmediate(resolve));
      return results;
    }
    case 'throttled':
      throw new KafkaError('throttled');
    case 'too-large':
      if (records.length > 1) throw new KafkaError('too-large');
      return produce(records);
    case 'lost':
      return unknown;
    case 'lost-written':
      await produce(records);
      return unknown;
    case 'some-refused': {
      const good = records.filter((_, index) => index % 2 === 0);
      await produce(good);
      return records.map((_, index) =>
        index % 2 === 0 ? { status: 'accepted' } : { status: 'refused', detail: 'odd' },
      );
    }
  }
}

/** The partition of a record, by the emulator's own partitioner. */
function laneOf({ key, partition }: NewRecord, partitions: number): number {
  return partition ?? partitionOfKey(String(key), partitions);
}
