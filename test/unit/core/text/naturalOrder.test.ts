import assert from 'node:assert/strict';
import { inNaturalOrder } from '../../../../src/core/text/naturalOrder';

describe('the natural order of names', () => {
  it('takes the numbers in names as numbers', () => {
    const names = ['service-10', 'service-2', 'service-1.v10', 'service-1.v9', 'a'];
    assert.deepEqual(inNaturalOrder(names), [
      'a',
      'service-1.v9',
      'service-1.v10',
      'service-2',
      'service-10',
    ]);
  });

  it('does not separate upper and lower case', () => {
    assert.deepEqual(inNaturalOrder(['b', 'Orders', 'orders-2', 'A']), [
      'A',
      'b',
      'Orders',
      'orders-2',
    ]);
  });

  it('keeps names in order that are the same but for zeros', () => {
    assert.deepEqual(inNaturalOrder(['a-01', 'a-1', 'a-001']), ['a-01', 'a-1', 'a-001']);
    assert.deepEqual(inNaturalOrder(['a-1', 'a-001', 'a-01']), ['a-1', 'a-001', 'a-01']);
  });

  it('orders ten thousand names at once, and leaves the list that it is given alone', () => {
    const names = Array.from({ length: 10_000 }, (_, n) => `topic-${n}`).sort();
    const before = [...names];
    const ordered = inNaturalOrder(names);
    assert.deepEqual(names, before);
    assert.equal(ordered[9_999], 'topic-9999');
    assert.equal(ordered[10], 'topic-10');
  });
});
