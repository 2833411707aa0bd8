import assert from 'node:assert/strict';
import type { KafkaRecord } from '../../../../src/core/kafka';
import { parseRecord } from '../../../../src/core/message/parse';
import {
  copyItem,
  copyLayout,
  KeptRecords,
  KeptTooMuchError,
} from '../../../../src/transfer/bulk/copyRecords';

const record: KafkaRecord = { partition: 3, offset: 7n, timestamp: 12, key: 'k', value: 'v' };

describe('Copying records', () => {
  it('leaves the partition to the key, unless it is to be kept', () => {
    assert.deepEqual(copyItem(record, { keepPartitions: false, timestamps: false }), {
      kind: 'record',
      record: { key: 'k', value: 'v' },
      origin: record,
    });
    assert.deepEqual(copyItem(record, { keepPartitions: true, timestamps: true }), {
      kind: 'record',
      record: { key: 'k', value: 'v', partition: 3, timestamp: 12 },
      origin: record,
    });
  });

  it('keeps nulls, empty texts, bytes and headers', () => {
    const headers = [{ name: 'h', value: null }];
    const options = { keepPartitions: false, timestamps: true };
    const full = { ...record, key: '', value: Uint8Array.of(255), headers };
    const bare = { partition: 3, offset: 7n, key: null, value: null };
    assert.deepEqual(copyItem(full, options), {
      kind: 'record',
      record: { key: '', value: Uint8Array.of(255), headers, timestamp: 12 },
      origin: full,
    });
    assert.deepEqual(copyItem(bare, options), {
      kind: 'record',
      record: { key: null, value: null },
      origin: bare,
    });
  });

  it('takes no text that has lost bytes on the way', () => {
    const options = { keepPartitions: false, timestamps: false };
    for (const mangled of [
      { ...record, key: 'a\ufffd' },
      { ...record, value: '\ufffd' },
    ]) {
      assert.deepEqual(copyItem(mangled, options), { kind: 'bad', origin: mangled });
    }
  });

  it('writes records down so that producing the file copies them', () => {
    for (const keepPartitions of [true, false]) {
      const options = { keepPartitions, timestamps: false };
      const item = copyItem({ ...record, value: '{"partition":9, "a": 1.0}' }, options);
      assert.equal(item.kind, 'record');
      const { record: parsed } = parseRecord(String(copyLayout(options).source(item)));
      assert.deepEqual(parsed, item.record);
    }
  });

  it('keeps what was not accepted, up to a size', async () => {
    const kept = new KeptRecords(10);
    const item = copyItem(record, { keepPartitions: true, timestamps: true });
    await kept.keep('rest', [item, item]);
    await kept.keep('rest', [item]);
    assert.deepEqual(kept.of('rest'), [item, item, item]);
    assert.deepEqual(kept.of('unclear'), []);
    await kept.keep('setAside', [item, item]);
    await assert.rejects(kept.keep('setAside', [item]), KeptTooMuchError);
  });
});
