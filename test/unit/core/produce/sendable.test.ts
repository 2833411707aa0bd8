import assert from 'node:assert/strict';
import type { NewRecord } from '../../../../src/core/kafka';
import { encodedSize } from '../../../../src/core/produce/batchLimit';
import type { ProduceFeature } from '../../../../src/core/message/members';
import { checkAll, largeRecords } from '../../../../src/core/produce/sendable';
import { PLAIN } from './plain';

const CAN = { ...PLAIN, maxBatchRecords: 5 };

describe('checkAll', () => {
  it('measures the records that the dialect carries', () => {
    const records = [{ value: 'a' }, { key: 'k', value: 'é'.repeat(100) }];
    assert.deepEqual(checkAll(records, { produce: CAN }), {
      checked: { records, sizes: records.map((record) => encodedSize(record, CAN)) },
    });
  });

  const table: readonly (readonly [ProduceFeature, NewRecord])[] = [
    ['headers', { value: '', headers: [{ name: 'a', value: new Uint8Array() }] }],
    ['timestamp', { value: '', timestamp: 1 }],
    ['tombstone', { value: null }],
    ['binary', { value: Uint8Array.of(0xff) }],
    ['binary', { key: '\ud800', value: '' }],
  ];
  for (const [feature, record] of table) {
    it(`names each record that needs what the dialect cannot carry: ${feature}`, () => {
      const records = [{ value: 'fine' }, record, { value: 'too' }, record];
      const obstacle = { kind: 'unsupported', feature };
      assert.deepEqual(checkAll(records, { produce: CAN }), {
        uncarried: [1, 3].map((index) => ({ index, obstacle })),
        others: {
          records: [{ value: 'fine' }, { value: 'too' }],
          sizes: [encodedSize({ value: 'fine' }, CAN), encodedSize({ value: 'too' }, CAN)],
        },
      });
      const able = { ...CAN, [feature]: true };
      assert.ok(checkAll([record], { produce: able }).checked);
    });
  }

  it('names each record for a partition that the topic does not have', () => {
    const records = [{ value: 'a', partition: 0 }, { value: 'b', partition: 3 }, { value: 'c' }];
    const { uncarried } = checkAll(records, { produce: CAN }, new Set([0, 1]));
    assert.deepEqual(uncarried, [{ index: 1, obstacle: { kind: 'no-partition', partition: 3 } }]);
    assert.ok(checkAll(records, { produce: CAN }).checked);
  });

  it('refuses a proxy that cannot produce', () => {
    assert.throws(() => checkAll([], { produce: false }), { kind: 'unsupported' });
  });
});

describe('largeRecords', () => {
  it('names the records that are larger than a call should be, without what JSON adds', () => {
    const records = [
      { value: 'a' },
      { key: 'k'.repeat(50), value: 'é'.repeat(30) },
      { value: '"'.repeat(100) },
    ];
    const { checked } = checkAll(records, { produce: CAN });
    assert.ok(checked);
    assert.deepEqual(largeRecords(checked, CAN), [{ index: 1, bytes: 110 }]);
  });
});
