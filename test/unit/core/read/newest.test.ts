import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { KafkaRecord } from '../../../../src/core/kafka';
import { lastRecords } from '../../../../src/core/read/newest';

describe('the last records', () => {
  it('are as many as wanted, from batches of any size', async () => {
    const sizes = fc.array(fc.integer({ min: 0, max: 5 }), { maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(sizes, fc.integer({ min: 1, max: 30 }), async (lengths, count) => {
        let offset = 0n;
        const batches = lengths.map((length) =>
          Array.from({ length }, (): KafkaRecord => ({
            partition: 0,
            offset: offset++,
            key: null,
            value: null,
          })),
        );
        const last: KafkaRecord[] = [];
        for await (const batch of lastRecords(each(batches), count)) last.push(...batch);
        assert.deepEqual(last, batches.flat().slice(-count));
      }),
    );
  });
});

async function* each<T>(items: readonly T[]): AsyncGenerator<T, void, undefined> {
  for (const item of items) yield await Promise.resolve(item);
}
