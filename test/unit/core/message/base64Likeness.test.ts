import assert from 'node:assert/strict';
import { looksLikeBase64 } from '../../../../src/core/message/base64Likeness';

const confluent = (key: unknown, value: unknown) =>
  JSON.stringify({ topic: 't', key, value, partition: 0, offset: 7 });
const strimzi = (value: unknown) =>
  JSON.stringify({ topic: 't', key: null, value, partition: 0, offset: 7, timestamp: 5 });
const karapace = (value: unknown) =>
  JSON.stringify({ key: null, offset: 7, partition: 0, timestamp: 5, topic: 't', value });
const ours = (value: unknown) =>
  JSON.stringify({ partition: 0, offset: 7, timestamp: null, key: null, value });

describe('likeness to Base64', () => {
  const table: readonly [expected: boolean, what: string, ...records: string[]][] = [
    [true, 'a padded value', confluent(null, 'YQ==')],
    [true, 'a text in threes', confluent('bTEy', 'eyJhIjoxfSAg')],
    [true, 'data with a schema', strimzi('AAAAAAP/7+7d')],
    [true, 'a text of six bytes', strimzi('YSBiCWNk')],
    [true, 'a text on two lines', strimzi('YWJjCmRl')],
    [false, 'a text of five bytes without padding to tell', strimzi('YWJjZGVm'.slice(0, 4))],
    [false, 'what has the id of a schema further in', strimzi('abcdAAAAAAP/')],
    [false, 'zeros alone', strimzi('AAAA')],
    [false, 'a text with control characters', strimzi('AWJjZGVm')],
    [false, 'a number among Base64', strimzi(1), strimzi('djE=')],
    [true, 'a response of Karapace', karapace('djE=')],
    [true, 'an empty value beside others', strimzi(''), strimzi('djE=')],
    [true, 'a response on several lines', ` ${confluent(null, 'YQ==').replaceAll(',', ',\n')}`],
    [false, 'words', strimzi('test'), strimzi('user')],
    [false, 'hexadecimal numbers', strimzi('d41d8cd98f00b204e9800998ecf8427e')],
    [false, 'one text among Base64', strimzi('djE='), strimzi('plain text')],
    [false, 'JSON', strimzi({ a: 1 }), strimzi('djE=')],
    [false, 'numbers', strimzi(1234)],
    [false, 'tombstones alone', confluent(null, null)],
    [false, 'an export of a topic that holds Base64', ours('djE=')],
    [false, 'messages that were written by hand', '{"key":"YQ==","value":"Yg=="}'],
    [false, 'other JSON', '["djE="]'],
    [false, 'nothing'],
  ];
  for (const [expected, what, ...records] of table) {
    it(`of ${what}: ${expected ? 'yes' : 'no'}`, () => {
      assert.equal(looksLikeBase64(records), expected);
    });
  }
});
