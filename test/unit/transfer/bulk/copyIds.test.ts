import assert from 'node:assert/strict';
import type { KafkaRecord } from '../../../../src/core/kafka';
import { withOtherIds } from '../../../../src/transfer/bulk/copyIds';
import { copyItem } from '../../../../src/transfer/bulk/copyRecords';

const options = { keepPartitions: true, timestamps: true };
const record = (value: string, more: Partial<KafkaRecord> = {}): KafkaRecord => ({
  ...{ partition: 3, offset: 7n, timestamp: 12, key: 'k', value },
  ...more,
});

describe('Copying records with other ids', () => {
  it('keeps all but key, value and headers, and what was read to copy it again', async () => {
    const headers = [{ name: 'id', value: Buffer.from('1') }];
    const others = [{ name: 'id', value: Buffer.from('2') }];
    const problem = { kind: 'unknown', names: 'id 7' } as const;
    const origins = [record('a', { headers }), record('\ufffd'), record('b'), record('c')];
    const items = await withOtherIds(
      origins.map((each) => copyItem(each, options)),
      {
        exchange: (records) =>
          Promise.resolve(
            records.map((each) =>
              each.value === 'b'
                ? { problem }
                : {
                    record: {
                      ...each,
                      key: 'K',
                      value: `${String(each.value)}!`,
                      ...(each.headers && { headers: others }),
                    },
                  },
            ),
          ),
      },
      {},
    );
    const sent = { partition: 3, timestamp: 12, key: 'K' };
    assert.deepEqual(items, [
      { kind: 'record', record: { ...sent, value: 'a!', headers: others }, origin: origins[0] },
      { kind: 'bad', origin: origins[1] },
      { kind: 'bad', origin: origins[2], problem },
      { kind: 'record', record: { ...sent, value: 'c!' }, origin: origins[3] },
    ]);
  });
});
