import assert from 'node:assert/strict';
import { countImport, type ImportCount } from '../../../../src/transfer/bulk/countImport';
import { importRecords } from '../../../../src/transfer/import/importRecords';

const CAN = {
  headers: false,
  timestamp: false,
  tombstone: false,
  binary: false,
  maxBatchBytes: 1000,
  maxBatchRecords: 10,
};

describe('countImport', () => {
  async function count(lines: readonly string[]): Promise<ImportCount[]> {
    const chunks = lines.map((line) => Buffer.from(`${line}\n`));
    const batches = importRecords(chunks, { format: 'jsonl' });
    const counts: ImportCount[] = [];
    for await (const each of countImport(batches, CAN, new Set([0, 1]))) counts.push(each);
    return counts;
  }

  it('tells what can be sent, and what cannot and why', async () => {
    const counts = await count([
      '{"value":1}',
      '{"value":',
      '{"value":null}',
      '{"value":1,"partition":2}',
      '{"value":1,"partition":1}',
      '{"value":1,"headers":{"a":"b"}}',
      '{"value":1,"headers":[],"timestamp":"2026-11-22T12:30:05.007Z"}',
    ]);
    const last = counts.at(-1);
    assert.deepEqual([last?.records, last?.beforeBad, last?.bad], [3, 1, 4]);
    assert.deepEqual(
      last?.examples.map(({ item, reason }) => [item.line, reason]),
      [
        [2, { kind: 'bad' }],
        [3, { kind: 'unsupported', feature: 'tombstone' }],
        [4, { kind: 'no-partition', partition: 2 }],
        [6, { kind: 'unsupported', feature: 'headers' }],
      ],
    );
  });

  it('tells how far it is', async () => {
    const counts = await count(['{"value":1}', '{"value":2}', '']);
    assert.deepEqual(
      counts.map(({ records }) => records).filter((n, i, all) => n !== all[i - 1]),
      [1, 2],
    );
    assert.equal(counts.at(-1)?.beforeBad, 2);
  });

  it('remembers but the first few', async () => {
    const [last] = (await count(Array<string>(100).fill('{'))).slice(-1);
    assert.deepEqual([last?.bad, last?.examples.length], [100, 20]);
  });
});
