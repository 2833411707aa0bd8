import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import type { KafkaProxy, NewRecord } from '../../../../src/core/kafka';
import type { BulkOptions } from '../../../../src/transfer/bulk/bulkOptions';
import { BulkProducer } from '../../../../src/transfer/bulk/bulkProduce';
import { changed, type EmulatedProxy, startEmulatedProxy } from '../../../support/emulatedProxy';
import { type Item, Kept, logged, numbered, Source, span, turns } from './bulkSupport';

describe('BulkProducer, ahead of its calls,', () => {
  let emulated: EmulatedProxy;
  /** What happened, in its order: batches by their first value, and how many items were read. */
  let happened: string[];
  let prepared: (readonly NewRecord[])[];
  let source: Source;
  let kept: Kept;

  before(async () => {
    emulated = await startEmulatedProxy({ tls: false });
  });
  after(() => emulated.close());
  beforeEach(() => {
    happened = [];
    prepared = [];
    kept = new Kept();
  });

  /** A producer of batches of ten, each of which goes out when `go` says so. */
  function producer(
    partitions: number,
    go: () => Promise<void>,
    options: Partial<BulkOptions<Item>> = {},
  ): BulkProducer<Item> {
    emulated.emulator.createTopic({ name: 't', partitions });
    const { capabilities } = emulated.proxy;
    assert.ok(capabilities.produce);
    const name = ([first]: readonly NewRecord[]) => String(first?.value);
    const proxy: KafkaProxy = changed(emulated.proxy, {
      capabilities: { ...capabilities, produce: { ...capabilities.produce, maxBatchRecords: 10 } },
      prepare: (records) => {
        prepared.push(records);
        happened.push(`prepare ${name(records)}`);
      },
      produce: async (topic, records, options) => {
        const ahead = prepared.includes(records) ? ', prepared' : '';
        // A real call takes a moment to find its connection.
        await setImmediate();
        happened.push(`send ${name(records)}${ahead}, read ${source.pulled}`);
        await go();
        happened.push(`answer ${name(records)}`);
        return emulated.proxy.produce(topic, records, options);
      },
    });
    return new BulkProducer(proxy, {
      topic: 't',
      partitions: span(0, partitions - 1),
      onBad: 'setAside',
      keep: kept.keep,
      ...options,
    });
  }

  it('prepares the next call while one is under way, and sends what it prepared', async () => {
    source = new Source(numbered(35));
    const { accepted } = await producer(1, turns).run(source.open);
    assert.equal(accepted, 35);
    assert.deepEqual(
      happened.map((what) => what.replace(/, read \d+/, '')),
      [
        'send 1',
        'prepare 11',
        'answer 1',
        'send 11, prepared',
        'prepare 21',
        'answer 11',
        'send 21, prepared',
        'answer 21',
        'send 31',
        'answer 31',
      ],
    );
    assert.deepEqual(await logged(emulated.proxy, 't'), [span(1, 35)]);
  });

  it('sends a call before it reads on or prepares another one', async () => {
    source = new Source(numbered(60));
    await producer(1, turns).run(source.open);
    const sent = happened.filter((what) => what.startsWith('send'));
    assert.deepEqual(sent.slice(0, 3), [
      'send 1, read 10',
      'send 11, prepared, read 20',
      'send 21, prepared, read 30',
    ]);
  });

  it('prepares one call a partition, and no more than may be under way', async () => {
    source = new Source(numbered(200, (line) => ({ partition: line % 5 })));
    let go: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => (go = resolve));
    const bulk = producer(5, () => gate, { requests: 2 });
    const running = bulk.run(source.open);
    await turns();
    assert.equal(prepared.length, 2);
    go();
    const { accepted } = await running;
    assert.equal(accepted, 200);
    const lines = (partition: number) => span(1, 200).filter((line) => line % 5 === partition);
    assert.deepEqual(await logged(emulated.proxy, 't'), span(0, 4).map(lines));
  });

  it('hears of a source that fails as soon as it is opened', async () => {
    const gone = new Error('gone');
    const open = (): Readable =>
      new Readable({
        construct: (done) => {
          void setImmediate(gone).then(done);
        },
      });
    const { end } = await producer(1, turns).run(open);
    assert.deepEqual(end, { kind: 'source', error: gone });
  });

  it('leaves what it prepared unsent when it is stopped', async () => {
    source = new Source(numbered(40));
    const cancel = new AbortController();
    const stop = async (): Promise<void> => {
      await turns();
      cancel.abort();
    };
    const bulk = producer(1, stop, { signal: cancel.signal });
    const { accepted, unsent } = await bulk.run(source.open);
    assert.ok(happened.includes('prepare 11'));
    assert.deepEqual([accepted, unsent], [10, 30]);
    assert.deepEqual(kept.lines.rest, span(11, 40));
    assert.deepEqual(await logged(emulated.proxy, 't'), [span(1, 10)]);
  });
});
