import assert from 'node:assert/strict';
import type { NewRecord } from '../../../../src/core/kafka';
import { encodedSize } from '../../../../src/core/produce/batchLimit';
import type { ProduceFeature } from '../../../../src/core/message/members';
import { checkAll } from '../../../../src/core/produce/sendable';

const CAN = {
  headers: false,
  timestamp: false,
  tombstone: false,
  binary: false,
  maxBatchBytes: 100,
  maxBatchRecords: 5,
};

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
    it(`names the first record that needs what the dialect cannot carry: ${feature}`, () => {
      const records = [{ value: 'fine' }, record, { value: null }];
      assert.deepEqual(checkAll(records, { produce: CAN }), { problem: { index: 1, feature } });
      const able = { ...CAN, [feature]: true };
      assert.ok(checkAll([record], { produce: able }).checked);
    });
  }

  it('refuses a proxy that cannot produce', () => {
    assert.throws(() => checkAll([], { produce: false }), { kind: 'unsupported' });
  });
});
