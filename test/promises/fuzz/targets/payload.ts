import assert from 'node:assert/strict';
import { formats, recordsJson } from '../../../../src/core/message/format';
import {
  type ParsedPayload,
  guessPayload,
  parsePayload,
  parseRecord,
} from '../../../../src/core/message/parse';
import { looksLikeBase64 } from '../../../../src/core/message/base64Likeness';
import { recordLikeness } from '../../../../src/core/message/recordLikeness';
import { parseFormat } from '../../../../src/core/message/codec';
import { headersJson, headersOfJson } from '../../../../src/core/message/headers';
import { decodeOne, encodeOne } from '../../../support/formats';
import { plainHeaders } from '../../../support/headers';
import { pick, type Target } from '../target';

const FORMATS = [
  'string',
  'string(base64)',
  'string(hex)',
  'string(utf16le)',
  'long',
  'short',
  'float',
  'double',
  'integer',
  'none',
  'avro',
];

/**
 * Any text is records or a problem with its place; any text has bytes in a format or a problem, and
 * they come back; any bytes can be written down in a document that is what it says it is.
 */
export const target: Target = {
  seeds: [
    'a[{"key":"k","value":{"a":12.50},"partition":3},{"value":null}]',
    'b{"value":"a"}\n\n{"key":7,"value":{"base64":"aGk="},"offset":1,"timestamp":"x"}\r\n',
    'c{"value":1,"__proto__":{}}',
    'a{"headers":[{"name":"a","value":{"base64":"aGk="}},{"name":"","value":null}],"value":1}',
    'b{"headers":{"a":1.50,"b":[{}],"a":"\\ud800"},"timestamp":"2026-11-22","value":1}',
    'a{"topic":"t","partition":1,"offset":7,"tstype":"create","ts":5,"headers":["a","b"],"payload":"v"}',
    'b{"partitionID":1,"offset":7,"value":{"payload":"v","encoding":"text","size":1}}',
    'c{"partition_id":1,"value":{"type":"BINARY","data":"eA=="},"keyEncoding":"hex","key":null}',
    'a% Reached end\n{"records":[{"value":1}]}',
    'd-12.5e3',
    'e 0x7fff',
    'faGk=  ',
    'g{"base64":"_w"}',
    'h123456789012345678901234567890',
  ],
  words: FORMATS,
  run: async (input) => {
    const { way, rest } = pick(input);
    const text = rest.toString();
    checkParsed(text, parsePayload(text, 'many'));
    const guess = guessPayload(text);
    if (guess.shape !== 'one') checkParsed(text, guess.many);
    const { record, problem } = parseRecord(text);
    if (problem) inText(text, problem.line);
    else checkParsed(text, { records: [record] });
    const timed = parseRecord(text, { timestamps: true });
    if (timed.record) checkParsed(text, { records: [timed.record] });
    const decoded = parseRecord(text, { base64: true });
    if (decoded.record) checkParsed(text, { records: [decoded.record] });
    if (recordLikeness(text) === 'value') assert.notEqual(problem?.kind, 'not-json');
    looksLikeBase64([text]);
    await checkFormat(text, FORMATS[way % FORMATS.length] ?? '');
    parseFormat(text);
    const written = recordsJson([{ partition: 0, offset: 1n, key: text, value: rest }]);
    for (const json of written) JSON.parse(json);
    const { begin, records, end } = formats.json;
    JSON.parse(begin + records([{ partition: 0, offset: 1n, key: rest, value: text }]) + end);
    const lines = formats.jsonl.records([{ partition: 0, offset: 1n, key: rest, value: text }]);
    assert.equal(lines.split(/[\n\r\u2028\u2029]/).length, 1);
  },
};

function checkParsed(text: string, { records, problem }: ParsedPayload): void {
  if (problem) inText(text, problem.line);
  for (const { key = null, value, partition = 0, headers = [], timestamp = 0 } of records ?? []) {
    assert.ok(Number.isSafeInteger(timestamp) && timestamp >= 0);
    assert.deepEqual(plainHeaders(headersOfJson(headersJson(headers))), plainHeaders(headers));
    for (const each of [key, value]) {
      assert.ok(each === null || typeof each === 'string' || each instanceof Uint8Array);
    }
    assert.ok(Number.isInteger(partition) && partition >= 0 && partition < 2 ** 31);
  }
}

function inText(text: string, line: number): void {
  assert.ok(line >= 1 && line <= text.split('\n').length);
}

async function checkFormat(text: string, name: string): Promise<void> {
  const format = parseFormat(name);
  if (typeof format === 'string') return;
  const { payload } = await encodeOne(text, format);
  if (payload === undefined) return;
  const { text: shown } = await decodeOne(payload, format);
  if (shown === undefined) return;
  const { payload: again } = await encodeOne(shown, format);
  assert.ok(again !== undefined && Buffer.from(again).equals(Buffer.from(payload)), 'bytes again');
}
