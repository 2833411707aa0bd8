import assert from 'node:assert/strict';
import { parse as parseCsv } from 'csv-parse/sync';
import fc from 'fast-check';
import type { Capabilities, KafkaRecord, NewRecord, Payload } from '../../../src/core/kafka';
import { parse } from '../../../src/kafkaFile/parser';
import { toRecords } from '../../../src/kafkaFile/run';
import { type CsvStyle, csvStyles } from '../../../src/transfer/export/csv';
import { exportBytes } from '../../../src/transfer/export/exportFile';
import {
  type ExportFormat,
  exportLayout,
  type ExportMembers,
} from '../../../src/transfer/export/exportFormats';
import { importRecords } from '../../../src/transfer/import/importRecords';
import type { ImportOptions } from '../../../src/transfer/import/imported';
import { headers, plainHeaders } from '../../support/headers';
import { guessed, inPieces } from './support';

/** Texts that some format might take for something else. */
const traps = [
  '',
  ' ',
  'null',
  '"null"',
  '""',
  'true',
  '0',
  '-0.10',
  '007',
  '12345678901234567890',
  '1e400',
  '1.0\n',
  '{}',
  '{"a": 1}',
  ' {"a":1}',
  '{"a":1}\r',
  '{\n  "a": 12345678901234567890\n}',
  '{"b":1.50,"a":1e-7,"b":2}',
  '{"a":"\u2028\u2029"}',
  '{"base64":"/wA="}',
  ' { "base64" : "" } ',
  '{"base64":"?"}',
  '[1,2',
  '[]',
  '"',
  '""x',
  ',',
  ';\t|',
  '\r',
  '\n',
  '\r\n',
  'a\r\nb\n',
  '\ufeff',
  '\u0000',
  '\u0085\u00a0',
  '\ud800',
  'a\udc00b',
  '😀',
  'é'.repeat(50),
  '/wA=',
  'key:base64',
  '-- @tombstone',
  'topic: x',
  'key: x',
  '{{$uuid}}',
  'a\n###\nb',
  'PRODUCER',
  '=1+1',
  '+1',
  '-1.50e3',
  ' @a',
  '\t-',
  "'=1",
  '\uff1d1',
];

const text = fc.oneof(
  fc.constantFrom(...traps),
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom(...'",;\t|\r\n\\ab{}[]: \ud800\u2028'.split('')) }),
  fc.json(),
  fc.json().map((json) => JSON.stringify(JSON.parse(json), null, 2)),
  fc.bigInt().map(String),
);
const payload: fc.Arbitrary<Payload | null> = fc.oneof(
  { weight: 6, arbitrary: text },
  { weight: 1, arbitrary: fc.constant(null) },
  { weight: 1, arbitrary: fc.uint8Array({ minLength: 1 }) },
);
const record: fc.Arbitrary<KafkaRecord> = fc.record({
  partition: fc.integer({ min: 0, max: 2 ** 31 - 1 }),
  offset: fc.bigInt({ min: 0n, max: 2n ** 63n - 1n }),
  timestamp: fc.oneof(fc.constant(-1), fc.integer({ min: 0, max: 8e15 })),
  key: payload,
  value: payload,
  headers,
});
const batches = fc.array(fc.array(record, { minLength: 1, maxLength: 5 }), { maxLength: 4 });

async function* each<T>(items: readonly T[]): AsyncGenerator<T, void, undefined> {
  for (const item of items) yield await Promise.resolve(item);
}

async function exported(
  all: readonly (readonly KafkaRecord[])[],
  format: ExportFormat,
  has: ExportMembers = { headers: true, timestamps: true },
  style: CsvStyle = 'plain',
) {
  const parts: Buffer[] = [];
  const layout = exportLayout(format, 'orders', has, style);
  for await (const part of exportBytes(each(all), layout)) parts.push(part);
  return Buffer.concat(parts);
}

/** The records of a file that comes in pieces of this size. */
async function imported(
  file: Buffer,
  options: ImportOptions,
  size: number,
): Promise<readonly NewRecord[]> {
  const records: NewRecord[] = [];
  for await (const batch of importRecords(inPieces(file, size), options)) {
    for (const item of batch) {
      assert.equal(item.kind, 'record', JSON.stringify(item));
      records.push(item.record);
    }
  }
  return records;
}

/**
 * As a Kafka broker would tell them apart: half a surrogate pair, which has no bytes, as a text.
 */
function plain({ key = null, value, partition, headers, timestamp = -1 }: NewRecord): unknown {
  const bytes = (it: Payload | null) =>
    typeof it === 'string' && /\p{Surrogate}/u.test(it)
      ? it
      : it && Buffer.from(it).toString('hex');
  return {
    key: bytes(key),
    value: bytes(value),
    partition,
    headers: plainHeaders(headers),
    timestamp,
  };
}

describe('what is exported', () => {
  for (const format of ['json', 'jsonl', 'csv'] as const) {
    it(`is imported again from ${format}, whatever the messages hold`, async () => {
      await fc.assert(
        fc.asyncProperty(batches, fc.integer({ min: 1, max: 40 }), async (all, size) => {
          const file = await exported(all, format);
          if (all.length === 0) {
            assert.equal(file.length, 0);
            return;
          }
          const options = await guessed(file, `orders.${format}`);
          assert.equal(options.format, format);
          const records = await imported(file, { ...options, timestamps: true }, size);
          assert.deepEqual(records.map(plain), all.flat().map(plain));
        }),
        { numRuns: 300 },
      );
    });

    it(`is imported again from ${format}, wherever the file is cut to pieces`, async () => {
      const all = traps.map((value, partition) => ({ partition, offset: 7n, key: value, value }));
      const file = await exported([all], format);
      const options = await guessed(file, '');
      for (const size of [1, 2, 3, 5, 7, 11, 64, 1000, file.length]) {
        assert.deepEqual((await imported(file, options, size)).map(plain), all.map(plain));
      }
    });
  }

  for (const style of csvStyles.filter((each) => each !== 'plain')) {
    it(`is imported again from CSV in the style ${style}, where nothing begins a formula`, async () => {
      await fc.assert(
        fc.asyncProperty(batches, fc.integer({ min: 1, max: 40 }), async (all, size) => {
          const file = await exported(all, 'csv', undefined, style);
          if (all.length === 0) return;
          const options = await guessed(file, 'orders.csv');
          const records = await imported(file, { ...options, timestamps: true }, size);
          assert.deepEqual(records.map(plain), all.flat().map(plain));
          const rows: string[][] = parseCsv(file, {
            bom: true,
            delimiter: style === 'excel' ? ',' : ';',
            record_delimiter: '\r\n',
          });
          for (const field of rows.slice(1).flatMap((row) => row.slice(3))) {
            assert.match(
              field,
              /^(?!\s*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r\n])|^-\d+(\.\d+)?(e[-+]?\d+)?$/i,
            );
          }
        }),
        { numRuns: 300 },
      );
    });
  }

  it('has nothing in CSV that makes a program take the file for binary', async () => {
    const values = ['a\0b', '\x1b[1m', 'a\tb\r\nc'];
    const all = values.map((value) => ({ partition: 0, offset: 7n, key: value, value }));
    const text = (await exported([all], 'csv', {})).toString();
    assert.equal(
      text.slice(text.indexOf('\n') + 1),
      [
        '0,7,,"""a\\u0000b""","""a\\u0000b""",key:json value:json',
        '0,7,,"""\\u001b[1m""","""\\u001b[1m""",key:json value:json',
        '0,7,,"a\tb\r\nc","a\tb\r\nc",',
        '',
      ].join('\n'),
    );
  });

  it('is read from CSV of earlier versions, which had control characters as they were', async () => {
    const file = Buffer.from('partition,offset,timestamp,key,value,encoding\n0,7,,k,a\0b,\n');
    const options = await guessed(file, 'a.csv');
    const records = await imported(file, options, 100);
    assert.deepEqual(records, [{ partition: 0, key: 'k', value: 'a\0b' }]);
  });

  it('is a table for Excel, which shows texts and never runs them', async () => {
    const values = [
      '=1+1',
      '+49',
      '-1.5',
      '-1+1',
      '@x',
      ' =1',
      '\t=1',
      '\r',
      '\uff1d1',
      "'=1",
      'a;b',
    ];
    const all: KafkaRecord[] = values.map((value) => ({
      partition: 0,
      offset: 7n,
      key: null,
      value,
    }));
    all.push({ partition: 0, offset: 7n, key: Buffer.of(0xfb, 0xff), value: '\0' });
    const written = (await exported([all], 'csv', {}, 'excel')).toString();
    assert.deepEqual(written.split('\r\n'), [
      '\ufeffpartition,offset,timestamp,key,value,encoding',
      "0,7,,,'=1+1,value:apostrophe",
      "0,7,,,'+49,value:apostrophe",
      '0,7,,,-1.5,',
      "0,7,,,'-1+1,value:apostrophe",
      "0,7,,,'@x,value:apostrophe",
      "0,7,,,' =1,value:apostrophe",
      "0,7,,,'\t=1,value:apostrophe",
      '0,7,,,"\'\r",value:apostrophe',
      "0,7,,,'\uff1d1,value:apostrophe",
      "0,7,,,'=1,",
      '0,7,,,"a;b",',
      `0,7,,'+/8=,"""\\u0000""",key:base64 value:json`,
      '',
    ]);
  });

  it('runs again from PRODUCER blocks, but for what they cannot hold', async () => {
    const produce = { headers: true, timestamp: true, tombstone: true, binary: true };
    const capabilities: Pick<Capabilities, 'produce'> = {
      produce: { ...produce, maxBatchBytes: 1e9, maxBatchRecords: 1e9 },
    };
    const { holds = () => true } = exportLayout('kafka', 'orders');
    await fc.assert(
      fc.asyncProperty(batches, async (all) => {
        const file = await exported(all, 'kafka');
        const records: NewRecord[] = [];
        for (const block of parse(file.toString()).blocks) {
          assert.equal(block.kind, 'producer');
          const produced = await toRecords(block, { capabilities, seed: [], env: () => undefined });
          records.push(...(produced.records ?? assert.fail(JSON.stringify(produced.problems))));
        }
        const partitions = parse(file.toString()).blocks.map(({ directives }) =>
          Number(directives.find(({ name }) => name.text === 'partition')?.value.text),
        );
        const held = all.flat().filter(holds);
        assert.deepEqual(records.map(plain), held.map(plain));
        assert.ok(!/[\0\r\u2028]/.test(file.toString()), 'an editor does not keep them');
        assert.deepEqual(
          partitions,
          held.map(({ partition }) => partition),
        );
      }),
      { numRuns: 300 },
    );
  });

  it('is what people and other programs can read', async () => {
    const all: KafkaRecord[] = [
      { partition: 0, offset: 7n, timestamp: 1795350605007, key: 'a', value: '{"n": 1.50}' },
      { partition: 1, offset: 2n ** 60n, key: null, value: '{\n "n": 1\n}' },
      { partition: 1, offset: 2n ** 60n + 1n, key: '', value: null },
      { partition: 0, offset: 8n, key: Buffer.of(0xff), value: 'a,"b"\r\n' },
    ];
    const lines = [
      '{"partition":0,"offset":7,"timestamp":"2026-11-22T12:30:05.007Z","key":"a","value":{"n": 1.50}}',
      '{"partition":1,"offset":1152921504606846976,"timestamp":null,"key":null,"value":"{\\n \\"n\\": 1\\n}"}',
      '{"partition":1,"offset":1152921504606846977,"timestamp":null,"key":"","value":null}',
      '{"partition":0,"offset":8,"timestamp":null,"key":{"base64":"/w=="},"value":"a,\\"b\\"\\r\\n"}',
    ];
    const written = async (format: ExportFormat) =>
      (await exported([all.slice(0, 1), all.slice(1)], format)).toString();
    assert.equal(await written('jsonl'), lines.map((line) => `${line}\n`).join(''));
    assert.equal(await written('json'), `[\n${lines.join(',\n')}\n]\n`);
    assert.equal(
      (await exported([all], 'csv', {})).toString(),
      [
        'partition,offset,timestamp,key,value,encoding',
        '0,7,2026-11-22T12:30:05.007Z,a,"{""n"": 1.50}",',
        '1,1152921504606846976,,,"{\n ""n"": 1\n}",',
        '1,1152921504606846977,,"",,',
        '0,8,,/w==,"a,""b""\r\n",key:base64',
        '',
      ].join('\n'),
    );
  });

  it('has headers where messages have some, and a column only where they may', async () => {
    const header = { name: 'trace', value: Buffer.from('a"b') };
    const [one, other]: KafkaRecord[] = [
      { partition: 0, offset: 7n, key: 'a', value: 'v', headers: [header] },
      { partition: 0, offset: 8n, key: 'a', value: 'v', headers: [] },
    ];
    assert.ok(one && other);
    const json = '[{"name":"trace","value":"a\\"b"}]';
    assert.equal(
      (await exported([[one, other]], 'jsonl')).toString(),
      `{"partition":0,"offset":7,"timestamp":null,"key":"a","headers":${json},"value":"v"}\n` +
        '{"partition":0,"offset":8,"timestamp":null,"key":"a","value":"v"}\n',
    );
    assert.equal(
      (await exported([[one, other]], 'csv')).toString(),
      'partition,offset,timestamp,key,headers,value,encoding\n' +
        `0,7,,a,"${json.replaceAll('"', '""')}",v,\n0,8,,a,,v,\n`,
    );
    // A file that has begun without a column leaves such a message out, and counts it.
    let leftOut = 0;
    const layout = exportLayout('csv', 'orders');
    for await (const part of exportBytes(each([[one, other]]), layout, (all) => {
      leftOut = all.leftOut;
    })) {
      assert.ok(!part.toString().includes('trace'));
    }
    assert.equal(leftOut, 1);
  });

  it('gets new timestamps unless they are asked for', async () => {
    const all: KafkaRecord[] = [{ partition: 0, offset: 7n, timestamp: 5, key: 'a', value: 'v' }];
    for (const format of ['json', 'jsonl', 'csv'] as const) {
      const file = await exported([all], format);
      const options = await guessed(file, '');
      const [record] = await imported(file, options, 100);
      assert.deepEqual(record, { partition: 0, key: 'a', value: 'v' });
    }
    const block = (await exported([all], 'kafka', {})).toString();
    assert.doesNotMatch(block, /timestamp/);
  });
});
