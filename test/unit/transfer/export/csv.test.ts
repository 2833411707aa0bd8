import assert from 'node:assert/strict';
import type { KafkaRecord } from '../../../../src/core/kafka';
import {
  csvFrame,
  csvHeader,
  csvRowWriter,
  type CsvStyle,
} from '../../../../src/transfer/export/csv';
import { exportLayout } from '../../../../src/transfer/export/exportFormats';

const record: KafkaRecord = { partition: 1, offset: 7n, key: 'k', value: 'v' };
const TIME = '2026-01-31T10:15:30.000Z';

describe('CSV', () => {
  const row = (changes: Partial<KafkaRecord>, style: CsvStyle = 'plain', withHeaders = false) =>
    csvRowWriter(withHeaders, style)({ ...record, ...changes }, TIME);
  /** The row without what stands before the key. */
  const payloads = (changes: Partial<KafkaRecord>, style: CsvStyle = 'plain') =>
    row(changes, style).slice(`1,7,${TIME},`.length);

  it('has a row of names', () => {
    assert.equal(csvHeader(false).join(), 'partition,offset,timestamp,key,value,encoding');
    assert.equal(csvHeader(true).join(), 'partition,offset,timestamp,key,headers,value,encoding');
    assert.deepEqual(csvFrame(false, 'plain'), {
      begin: 'partition,offset,timestamp,key,value,encoding\n',
      rowEnd: '\n',
    });
    assert.deepEqual(csvFrame(false, 'excel'), {
      begin: '\ufeffpartition,offset,timestamp,key,value,encoding\r\n',
      rowEnd: '\r\n',
    });
    assert.match(csvFrame(true, 'excelSemicolons').begin, /;key;headers;value;encoding\r\n$/);
  });

  it('has a row a message, with its headers if they are wanted', () => {
    assert.equal(row({}), `1,7,${TIME},k,v,`);
    assert.equal(csvRowWriter(false, 'plain')(record, undefined), '1,7,,k,v,');
    assert.equal(row({}, 'excelSemicolons'), `1;7;${TIME};k;v;`);
    const headers = [{ name: 'a', value: Buffer.from('x') }];
    const json = '"[{""name"":""a"",""value"":""x""}]"';
    assert.equal(row({ headers }, 'plain', true), `1,7,${TIME},k,${json},v,`);
    assert.equal(row({ headers: [] }, 'plain', true), `1,7,${TIME},k,,v,`);
    assert.equal(row({ headers }), `1,7,${TIME},k,v,`);
  });

  it('tells null from an empty text, and puts in quotes what needs them', () => {
    assert.equal(payloads({ key: null, value: '' }), ',"",');
    assert.equal(payloads({ key: 'a"b', value: 'a,b' }), '"a""b","a,b",');
    assert.equal(payloads({ key: 'a\nb', value: ' a' }), '"a\nb"," a",');
    assert.equal(payloads({ key: 'a ', value: 'a b' }), '"a ",a b,');
    assert.equal(payloads({ key: 'a;b', value: 'c' }), 'a;b,c,');
    assert.equal(payloads({ key: 'a;b', value: 'a b' }, 'excel'), '"a;b",a b,');
    assert.equal(payloads({ key: 'a,b', value: ' a' }, 'excelSemicolons'), '"a,b";" a";');
  });

  it('says how it holds what is no plain text', () => {
    const bytes = Buffer.from([0xff, 0]);
    assert.equal(payloads({ value: bytes }), 'k,/wA=,value:base64');
    assert.equal(payloads({ key: bytes, value: bytes }), '/wA=,/wA=,key:base64 value:base64');
    assert.equal(payloads({ key: 'a\u0000', value: null }), '"""a\\u0000""",,key:json');
    assert.equal(payloads({ value: '\ud800' }), 'k,"""\\ud800""",value:json');
  });

  it('has no formulas for Excel, and keeps negative numbers', () => {
    for (const text of ['=1', '+1', '-a', '@x', ' =1', '\uff1d1', '-1.5e', '-1 ']) {
      const cell = payloads({ key: null, value: text }, 'excel');
      assert.match(cell, /^,"?'.*,value:apostrophe$/, text);
      assert.ok(!payloads({ key: null, value: text }).includes('apostrophe'));
    }
    for (const text of ['-1', '-1.50', '-1e-5', 'a=1', '1-2']) {
      assert.equal(payloads({ key: null, value: text }, 'excel'), `,${text},`);
    }
    assert.equal(payloads({ key: '=1', value: null }, 'excel'), "'=1,,key:apostrophe");
    const bytes = Buffer.from([0xff, 0]);
    assert.equal(payloads({ key: bytes, value: null }, 'excel'), '/wA=,,key:base64');
  });

  it('is a document of rows, each with its end', () => {
    const { begin, records, separator, end, holds } = exportLayout('csv', 't');
    const text = begin + [[record], [record]].map(records).join(separator) + end;
    assert.equal(text, `${csvFrame(false, 'plain').begin}1,7,,k,v,\n1,7,,k,v,\n`);
    assert.equal(holds?.({ ...record, headers: [] }), true);
    assert.equal(holds(record), true);
    assert.equal(holds({ ...record, headers: [{ name: 'a', value: null }] }), false);
    assert.equal(exportLayout('csv', 't', { headers: true }).holds, undefined);
  });
});

describe('JSON of an export', () => {
  it('has a line a message, with a value inline if it is one line', () => {
    const value = (given: string) =>
      exportLayout('jsonl', 't').records([{ ...record, value: given }]);
    assert.match(value('{"a": 1}'), /"value":\{"a": 1\}\}$/);
    for (const given of ['{"a":\n1}', '{"a":\r1}', ' {"a":1}', '{"a":1} ', '{"a":"\u202e"}']) {
      assert.match(value(given), /"value":"/, JSON.stringify(given));
    }
    const { begin, records, separator, end } = exportLayout('json', 't');
    const text = begin + [[record, record], [record]].map(records).join(separator) + end;
    assert.match(text, /^\[\n\{.*\},\n\{.*\},\n\{.*\}\n\]\n$/);
    const lines = exportLayout('jsonl', 't');
    assert.match(lines.records([record, record]), /^\{.*\}\n\{.*\}$/);
    assert.deepEqual([lines.begin, lines.separator, lines.end], ['', '\n', '\n']);
  });
});
