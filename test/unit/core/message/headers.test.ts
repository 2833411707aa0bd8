import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { RecordHeader } from '../../../../src/core/kafka';
import {
  headerBytes,
  headersJson,
  headersOfJson,
  headerText,
} from '../../../../src/core/message/headers';
import { headers, plainHeaders } from '../../../support/headers';

const text = (name: string, value: string): RecordHeader => ({ name, value: Buffer.from(value) });

describe('headers as JSON', () => {
  it('are a list in their order, with all that share a name', () => {
    const list = [text('b', 'x "y"'), { name: 'a', value: null }, text('b', '')];
    const json =
      '[{"name":"b","value":"x \\"y\\""},{"name":"a","value":null},{"name":"b","value":""}]';
    assert.equal(headersJson(list), json);
  });

  it('hold bytes that are not UTF-8', () => {
    assert.equal(
      headersJson([{ name: 'trace', value: Uint8Array.of(0xff, 0) }]),
      '[{"name":"trace","value":{"base64":"/wA="}}]',
    );
  });

  it('come back as they were', () => {
    fc.assert(
      fc.property(headers, (list) => {
        assert.deepEqual(plainHeaders(headersOfJson(headersJson(list))), plainHeaders(list));
      }),
    );
  });

  for (const [json, expected] of [
    ['{"a":"x","b":null,"a":"y"}', [text('a', 'x'), { name: 'b', value: null }, text('a', 'y')]],
    ['{"a":{"base64":"eA=="}}', [text('a', 'x')]],
    [
      '{"a":1.50,"b":true,"c":{"d":[1, 2]}}',
      [text('a', '1.50'), text('b', 'true'), text('c', '{"d":[1, 2]}')],
    ],
    [' [ {"value": "x", "name": "a"} ] ', [text('a', 'x')]],
    [
      '[{"key":"a","value":"x"},{"Value":null,"Key":"b"}]',
      [text('a', 'x'), { name: 'b', value: null }],
    ],
    ['[{"key":"a","stringValue":"x"}]', [text('a', 'x')]],
    ['["a", "x", "b", null, "a", ""]', [text('a', 'x'), { name: 'b', value: null }, text('a', '')]],
    ['{"a":["x",null],"b":"y"}', [text('a', 'x'), { name: 'a', value: null }, text('b', 'y')]],
    [
      '{"a":[],"b":["x",1],"c":[["x"]]}',
      [text('a', '[]'), text('b', '["x",1]'), text('c', '[["x"]]')],
    ],
    ['[{"name":"a","value":["x","y"]}]', [text('a', '["x","y"]')]],
    ['null', []],
    ['[]', []],
    ['{}', []],
  ] as const) {
    it(`are read from ${json}`, () => {
      assert.deepEqual(plainHeaders(headersOfJson(json)), plainHeaders(expected));
    });
  }

  for (const json of [
    '"a=b"',
    '1',
    'true',
    '["a"]',
    '["a","b","c"]',
    '["a",1]',
    '["a",{"base64":"eA=="}]',
    '["a","b",{"name":"a","value":"b"}]',
    '[{"name":"a","value":"b"},"a","b"]',
    '["a","\\ud800"]',
    '[["a","b"]]',
    '[{"headerKey":[104,105]}]',
    '[{"name":"a","key":"a","value":"b"}]',
    '[{"name":"a","value":"b","stringValue":"b"}]',
    '[{"name":"a"}]',
    '[{"value":"a"}]',
    '[{"name":1,"value":"a"}]',
    '[{"name":"a","value":"b","name":"c"}]',
    '[{"name":"a","value":"b","other":1}]',
    '[{"name":"a","value":"\\ud800"}]',
    '{"\\ud800":"a"}',
    '[{"name":"a","value":"b"}] x',
    '[{"name":"a","value":"b"}',
    '',
  ]) {
    it(`are not ${json || 'an empty text'}`, () => {
      assert.equal(headersOfJson(json), undefined);
    });
  }

  it('show texts as such, and tell how much they take', () => {
    assert.equal(headerText(Buffer.from('\ufeffé')), '\ufeffé');
    assert.equal(headerText(Uint8Array.of(0xc3)), undefined);
    assert.equal(headerBytes([text('é', 'xyz'), { name: 'n', value: null }]), 6);
  });
});
