import assert from 'node:assert/strict';
import type { KafkaRecord } from '../../../../src/core/kafka';
import type { ReadRequest } from '../../../../src/core/read/reader';
import { type CopySource, fromRest, fromTopic } from '../../../../src/transfer/bulk/copySource';
import type { EmulatedProxy } from '../../../support/emulatedProxy';
import { startEmulatedProxy } from '../../../support/emulatedProxy';

describe('A source to copy', () => {
  const { signal } = new AbortController();
  let emulated: EmulatedProxy;

  before(async () => {
    emulated = await startEmulatedProxy({ tls: false });
  });
  after(() => emulated.close());

  beforeEach(() => {
    emulated.emulator.createTopic({ name: 't', partitions: 2 });
    append(0, 10);
  });

  /** Values from `first` on, in turn to both partitions. */
  function append(first: number, count: number, bytes = 0): void {
    emulated.emulator.append(
      't',
      Array.from({ length: count }, (_, index) => ({
        value: String(first + index).padEnd(bytes),
        partition: index % 2,
        timestamp: first + index,
      })),
    );
  }

  const all: ReadRequest = { topic: 't', from: { at: 'earliest' } };
  const open = (request: ReadRequest) => fromTopic(emulated.proxy, request)(signal);

  async function take(source: CopySource, batches = Infinity): Promise<KafkaRecord[]> {
    const records: KafkaRecord[] = [];
    let left = batches;
    for await (const batch of source.batches) {
      records.push(...batch);
      left -= 1;
      if (left <= 0) break;
    }
    return records;
  }

  const numbers = (records: readonly KafkaRecord[]) => records.map(({ value }) => Number(value));
  const upTo = (count: number) => Array.from({ length: count }, (_, index) => index);

  it('gives what there was when it was opened', async () => {
    const source = await open(all);
    append(10, 10);
    assert.equal(source.total, 10);
    assert.deepEqual(numbers(await take(source)), upTo(10));
  });

  it('goes on where it was left, and not beyond where it ended at first', async () => {
    emulated.emulator.createTopic({ name: 't', partitions: 2 });
    append(0, 40, 100_000);
    const source = await open(all);
    const first = await take(source, 3);
    append(40, 10);
    assert.ok(first.length < 40 && source.onward);
    const next = await source.onward(signal);
    const second = await take(next, 2);
    assert.ok(first.length + second.length < 40 && next.onward);
    const third = await take(await next.onward(signal));
    assert.deepEqual(numbers([...first, ...second, ...third]), upTo(40));
    assert.deepEqual(
      source.positions().map(({ until }) => until),
      [20n, 20n],
    );
  });

  it('gives as many in all as were asked for, also when it goes on', async () => {
    emulated.emulator.createTopic({ name: 't', partitions: 2 });
    append(0, 40, 100_000);
    const source = await open({ ...all, maxRecords: 20 });
    const first = await take(source, 3);
    assert.ok(source.onward && first.length < 20);
    const rest = await take(await source.onward(signal));
    assert.deepEqual(numbers([...first, ...rest]), upTo(20));
  });

  it('gives the newest of all partitions, and has nothing to go on with', async () => {
    const source = await open({ topic: 't', from: { latestMinus: 4n }, newest: 4 });
    assert.deepEqual([source.total, source.onward], [4, undefined]);
    assert.deepEqual(numbers(await take(source)), [6, 7, 8, 9]);
  });

  it('gives what is left of a run first', async () => {
    const [first, ...others] = await take(await open(all));
    assert.ok(first);
    const alone = await fromRest([first], undefined)(signal);
    assert.deepEqual([alone.total, numbers(await take(alone))], [1, [0]]);
    const both = await fromRest(others, fromTopic(emulated.proxy, all))(signal);
    assert.deepEqual(numbers(await take(both)), [...upTo(10).slice(1), ...upTo(10)]);
  });
});
