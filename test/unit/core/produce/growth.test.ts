import assert from 'node:assert/strict';
import type { Partition } from '../../../../src/core/kafka';
import { growthOf } from '../../../../src/core/produce/growth';

const ending = (...latest: readonly bigint[]): Partition[] =>
  latest.map((end, id) => ({ id, earliest: 0n, latest: end, leader: 1, replicas: [1], isr: [1] }));

describe('growthOf', () => {
  it('tells the offsets by how much each partition has grown', () => {
    assert.deepEqual(growthOf(ending(120n, 5n, 7n), ending(123n, 5n, 8n), 4), [
      { partition: 0, first: 120n, last: 122n },
      { partition: 2, first: 7n, last: 7n },
    ]);
  });

  it('tells nothing where others have written too, or the list is old', () => {
    assert.equal(growthOf(ending(1n, 1n), ending(2n, 3n), 2), undefined);
    assert.equal(growthOf(ending(1n, 1n), ending(1n, 1n), 2), undefined);
    assert.equal(growthOf(ending(5n, 1n), ending(1n, 7n), 2), undefined);
    assert.equal(growthOf(ending(1n, 1n), [], 1), undefined);
  });
});
