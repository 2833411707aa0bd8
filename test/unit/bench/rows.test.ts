import assert from 'node:assert/strict';
import { alternate, compare, type Row } from '../../promises/bench/rows';
import { table } from '../../promises/bench/report/table';

describe('rows of figures', () => {
  it('compares medians, with how far the ratios of the rounds lie apart', () => {
    const { ours, value, spread } = compare([10, 30, 20], [40, 40, 40]);
    assert.deepEqual([ours, value], [20, 40]);
    // The ratios of the rounds are 0.25, 0.75 and 0.5; half of 0.5 is half of the ratio 0.5.
    assert.equal(spread, 0.5);
    assert.equal(compare([1, 10, 20, 30, 900], [40, 40, 40, 40, 40]).spread, 0.5);
    assert.deepEqual(compare([10], [40]), { ours: 10, value: 40 });
  });

  it('measures in turn, each round the other way round, and leaves out the first rounds', async () => {
    const order: string[] = [];
    const way = (name: string) => () => order.push(name);
    const results = await alternate({ a: way('a'), b: way('b') }, { rounds: 3 });
    assert.equal(order.join(''), 'ab' + 'ab' + 'ba' + 'ab');
    assert.deepEqual(results, { a: [3, 6, 7], b: [4, 5, 8] });
  });

  it('are printed in columns that line up', () => {
    const rows: Row[] = [
      {
        name: 'read',
        what: 'reading',
        unit: 'records/s',
        ours: 112_394,
        yardstick: { what: 'bare', value: 150_000 },
        spread: 0.123,
      },
      {
        name: 'activation',
        what: 'start',
        unit: 'ms',
        ours: 61.25,
        yardstick: { what: 'empty', value: 40 },
      },
    ];
    const limits = { read: { least: 0.7 }, activation: { most: 25, of: 'difference' } } as const;
    assert.deepEqual(table(rows, limits, false), [
      'name        what                  ours  yardstick                ratio  limit       spread',
      'read        reading  112,394 records/s  150,000 records/s, bare   0.75  ≥ 0.70       ±12 %',
      'activation  start              61.3 ms  40.0 ms, empty            1.53  ≤ +25.0 ms',
    ]);
  });
});
