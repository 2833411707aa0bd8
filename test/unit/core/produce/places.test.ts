import assert from 'node:assert/strict';
import type { Partition, ProduceResult } from '../../../../src/core/kafka';
import { concludePlaces, endsOf, writtenPlaces } from '../../../../src/core/produce/places';

describe('Where records were written', () => {
  const at = (partition: number, offset: bigint): ProduceResult => ({
    status: 'accepted',
    partition,
    offset,
  });
  const records = (count: number) => Array.from({ length: count }, () => ({ value: 'x' }));

  it('is told for each partition, with its offsets', () => {
    const results = [at(2, 7n), at(0, 120n), at(0, 121n), at(0, 122n)];
    assert.deepEqual(writtenPlaces(results, records(4)), [
      { partition: 0, count: 3, offsets: { first: 120n, last: 122n, unbroken: true } },
      { partition: 2, count: 1, offsets: { first: 7n, last: 7n, unbroken: true } },
    ]);
  });

  it('is broken where others wrote in between', () => {
    assert.deepEqual(writtenPlaces([at(0, 1n), at(0, 5n)], records(2)), [
      { partition: 0, count: 2, offsets: { first: 1n, last: 5n, unbroken: false } },
    ]);
  });

  it('has the partition that a record names, if the proxy reports none', () => {
    const accepted: ProduceResult = { status: 'accepted' };
    assert.deepEqual(writtenPlaces([accepted], [{ value: 'x', partition: 3 }]), [
      { partition: 3, count: 1 },
    ]);
    assert.equal(writtenPlaces([accepted], records(1)), undefined);
  });

  it('leaves out what was refused', () => {
    const refused: ProduceResult = { status: 'refused', detail: '' };
    const [first, ...more] = writtenPlaces([refused, at(1, 4n)], records(2)) ?? [];
    assert.deepEqual([first?.partition, first?.count, more], [1, 1, []]);
  });

  describe('is concluded from how far the topic grew', () => {
    const ends = (...latest: readonly bigint[]): readonly Partition[] =>
      latest.map((latest, id) => {
        return { id, earliest: 0n, latest, leader: 0, replicas: [0], isr: [0] };
      });
    const before = ends(120n, 7n);

    it('if it grew by exactly these records', () => {
      const places = concludePlaces(undefined, 4, { before, after: ends(123n, 8n) });
      assert.deepEqual(
        places?.map(({ partition, count, offsets }) => [partition, count, offsets?.first]),
        [
          [0, 3, 120n],
          [1, 1, 7n],
        ],
      );
      assert.deepEqual(places[0]?.offsets, {
        first: 120n,
        last: 122n,
        unbroken: true,
        concluded: true,
      });
    });

    it('but not if it grew by more, by less, elsewhere, or was made anew', () => {
      const known = [{ partition: 1, count: 1 }];
      const cases = [
        ends(121n, 8n),
        ends(120n, 7n),
        ends(121n, 7n),
        ends(0n, 8n),
        ends(0n, 0n, 1n),
      ];
      for (const after of cases) {
        assert.deepEqual(concludePlaces(known, 1, { before, after }), known);
      }
      assert.equal(concludePlaces(undefined, 1, { before, after: ends(123n, 7n) }), undefined);
    });

    it('but not if the offsets of a partition are unknown', () => {
      const known = [{ partition: 1, count: 1 }];
      const after: readonly Partition[] = [{ id: 1, replicas: [], isr: [] }];
      assert.deepEqual(concludePlaces(known, 1, { before, after }), known);
      assert.deepEqual([...endsOf(after)], []);
    });
  });
});
