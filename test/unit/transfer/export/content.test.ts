import assert from 'node:assert/strict';
import {
  type Content,
  type DecodedRecord,
  withContent,
} from '../../../../src/core/message/decoded';
import { parsePayload } from '../../../../src/core/message/parse';
import { exportLayout } from '../../../../src/transfer/export/exportFormats';

const avro = Buffer.of(0, 0, 0, 0, 7, 2, 0xff);
const place = { partition: 0, offset: 5n };
const records: readonly DecodedRecord[] = [
  {
    raw: { ...place, key: 'k', value: avro },
    shown: { value: { text: '{"id":9007199254740993}' } },
  },
  {
    raw: { ...place, key: avro, value: 'AAE=' },
    shown: { key: { text: '1' }, value: { text: 'x' } },
  },
  { raw: { ...place, key: null, value: 'plain' } },
  { raw: { ...place, key: 'k', value: avro }, shown: { value: { problem: { kind: 'lossy' } } } },
];

function written(content: Content, format: 'json' | 'jsonl' | 'csv' = 'jsonl') {
  const { begin, records: textOf, end } = exportLayout(format, 'orders');
  return begin + textOf(records.map((record) => withContent(record, content))) + end;
}

const rawOnes = records.map(({ raw: { key, value } }) => ({ key, value, partition: 0 }));

describe('What is exported of decoded messages', () => {
  it('is what was read', () => {
    assert.ok(!written('raw').includes('9007199254740993'));
    assert.deepEqual(parsePayload(written('raw'), 'many').records, rawOnes);
  });

  it('is what is shown', () => {
    const [first, second] = written('decoded').split('\n');
    assert.match(first ?? '', /"value":\{"id":9007199254740993\}\}$/);
    assert.match(second ?? '', /"key":"1","value":"x"\}$/);
    assert.match(written('decoded', 'csv'), /,1,x,$/m);
  });

  it('is both, and then what was read is produced again', () => {
    for (const format of ['json', 'jsonl'] as const) {
      const text = written('both', format);
      assert.match(
        text,
        /"value":\{"id":9007199254740993\},"rawValue":\{"base64":"AAAAAAcC\/w=="\}\}/,
      );
      assert.deepEqual(parsePayload(text, 'many').records, rawOnes);
    }
  });
});
