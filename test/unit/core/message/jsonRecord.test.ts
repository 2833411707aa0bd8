import assert from 'node:assert/strict';
import type { NewRecord } from '../../../../src/core/kafka';
import { parseRecord } from '../../../../src/core/message/parse';
import { parsed, place } from './takenRecord';

describe('a record in JSON of other tools', () => {
  const table: readonly [
    what: string,
    json: string,
    record: Omit<NewRecord, 'headers'> & { headers?: string[] },
    leftOut?: string,
  ][] = [
    [
      'a payload and short names',
      '{"topic":"t","partition":1,"offset":7,"tstype":"create","ts":5,"key":"k","payload":"v"}',
      { key: 'k', value: 'v', partition: 1 },
      'offset,ts,tstype,topic',
    ],
    [
      'names in capitals and with other separators',
      '{"Record_Key":"k","RECORD-VALUE":"v","Partition ID":1}',
      { key: 'k', value: 'v', partition: 1 },
    ],
    [
      'unknown members of an exported message',
      `{${place},"value":"v","broker":2,"valueSize":1,"metadata":{"a":[1]}}`,
      { value: 'v', partition: 1 },
      'offset,broker,valueSize,metadata',
    ],
    [
      'common names for the value of an exported message',
      `{${place},"message":"v"}`,
      { value: 'v', partition: 1 },
      'offset',
    ],
    [
      'a common name beside the value',
      `{${place},"value":"v","message":"sent"}`,
      { value: 'v', partition: 1 },
      'offset,message',
    ],
    [
      'numbers in quotes',
      '{"partition":"1","offset":"7","value":"v"}',
      { value: 'v', partition: 1 },
      'offset',
    ],
    [
      'nothing of what is null',
      `{"partition":1,"offset":null,"timestamp":null,"value":"v"}`,
      { value: 'v', partition: 1 },
    ],
    ['a topic in a message written by hand', '{"topic":"t","value":"v"}', { value: 'v' }, 'topic'],
    [
      'members that say that nothing is cut off',
      `{${place},"value":"v","truncated":false,"exceptions":[],"exceeded_fields":{"key":false,"value": false}}`,
      { value: 'v', partition: 1 },
      'offset,truncated,exceptions,exceeded_fields',
    ],
    [
      'encodings beside key and value',
      '{"key":"6b","keyEncoding":"HEX","value":"dg==","value_encoding":"base64"}',
      { key: Buffer.from('k'), value: Buffer.from('v') },
    ],
    [
      'one encoding for both',
      '{"key":null,"value":"dg==","encoding":"base64"}',
      { key: null, value: Buffer.from('v') },
    ],
    [
      'bytes in hexadecimal, of any length',
      '{"key":"","value":"00fF7e","encoding":"hex"}',
      { key: Buffer.from(''), value: Buffer.from('00ff7e', 'hex') },
    ],
    [
      'hexadecimal digits that are Base64',
      '{"value":"00ff","encoding":"base64"}',
      { value: Buffer.from('00ff', 'base64') },
    ],
    [
      'a text without an encoding',
      '{"key":"k","value":"v","encoding":""}',
      { key: 'k', value: 'v' },
    ],
    [
      'what was read before what was decoded of it',
      `{${place},"key":"K","value":"V","rawKey":"k","rawValue":{"base64":"/wA="}}`,
      { key: 'k', value: Buffer.of(0xff, 0), partition: 1 },
      'offset',
    ],
    [
      'a partition as large as Kafka can have',
      '{"partition":2147483647,"value":"v"}',
      { value: 'v', partition: 2147483647 },
    ],
    [
      'encodings that are none',
      '{"key":"k","keyEncoding":null,"value":"v","valueEncoding":"UTF-8"}',
      { key: 'k', value: 'v' },
    ],
    [
      'a body with types',
      '{"partition_id":1,"key":{"type":"BINARY","data":"aw=="},"value":{"data":{"a": 1.50},"type":"JSON"},"headers":[{"name":"h","value":"eA=="},{"name":"n","value":null}]}',
      { key: Buffer.from('k'), value: '{"a": 1.50}', partition: 1, headers: ['h=x', 'n=null'] },
    ],
    [
      'texts, JSON and nulls with types',
      '{"key":{"type":"JSON","data":"k"},"value":{"type":"STRING","data":"v"}}',
      { key: '"k"', value: 'v' },
    ],
    [
      'a tombstone with a type',
      '{"key":null,"value":{"type":"BINARY","data":null}}',
      { key: null, value: null },
    ],
    [
      'an object that only looks like a typed value, beside a plain key',
      '{"key":"k","value":{"type":"STRING","data":"v"}}',
      { key: 'k', value: '{"type":"STRING","data":"v"}' },
    ],
    [
      'such an object in an exported message',
      `{${place},"value":{"type":"STRING","data":"v"}}`,
      { value: '{"type":"STRING","data":"v"}', partition: 1 },
      'offset',
    ],
    [
      'an object of another type',
      '{"value":{"type":"json","data":1}}',
      { value: '{"type":"json","data":1}' },
    ],
    [
      "bytes of Confluent's extension",
      '{"partition_id":1,"offset":7,"key":{"__raw__":"/wA="},"value":{"a":1}}',
      { key: Buffer.of(0xff, 0), value: '{"a":1}', partition: 1 },
      'offset',
    ],
    [
      'such an object in a message written by hand',
      '{"value":{"__raw__":"/wA="}}',
      { value: '{"__raw__":"/wA="}' },
    ],
    [
      'headers of Strimzi, which are Base64',
      '{"topic":"t","key":"k","value":"v","partition":1,"offset":7,"timestamp":5,"headers":[{"key":"h","value":"eA=="}]}',
      { key: 'k', value: 'v', partition: 1, headers: ['h=x'] },
      'offset,timestamp,topic',
    ],
    [
      'headers of an older Strimzi',
      '{"topic":"t","key":null,"value":"v","partition":1,"offset":7,"headers":[{"key":"h","value":"eA=="}]}',
      { key: null, value: 'v', partition: 1, headers: ['h=x'] },
      'offset,topic',
    ],
    [
      'headers that are texts in the same order',
      '{"topic":"t","key":"k","value":"v","partition":1,"offset":7,"timestamp":5,"headers":[{"key":"h","value":"plain"}]}',
      { key: 'k', value: 'v', partition: 1, headers: ['h=plain'] },
      'offset,timestamp,topic',
    ],
    [
      'headers that look like Base64 in another order',
      '{"topic":"t","key":"k","value":"v","headers":[{"key":"h","value":"eA=="}],"timestamp":5,"partition":1,"offset":7}',
      { key: 'k', value: 'v', partition: 1, headers: ['h=eA=='] },
      'offset,timestamp,topic',
    ],
    [
      'headers of kaf, names and values of which are Base64',
      `{"headers":[{"Key":"aA==","Value":"eA=="}],"key":"k",${place},"payload":{"a":1}}`,
      { key: 'k', value: '{"a":1}', partition: 1, headers: ['h=x'] },
      'offset',
    ],
    [
      'headers like those of kaf beside a value of another name',
      `{"headers":[{"Key":"aA==","Value":"eA=="}],${place},"value":"v"}`,
      { value: 'v', partition: 1, headers: ['aA===eA=='] },
      'offset',
    ],
    [
      'a body with types that has a place, as it is written',
      '{"offset":7,"value":{"type":"STRING","data":"v"}}',
      { value: '{"type":"STRING","data":"v"}' },
      'offset',
    ],
    [
      'a body with types that has a topic, as it is written',
      '{"topic":"t","value":{"type":"STRING","data":"v"}}',
      { value: '{"type":"STRING","data":"v"}' },
      'topic',
    ],
    [
      'a body with types and another partition, as it is written',
      '{"partition":1,"value":{"type":"STRING","data":"v"}}',
      { value: '{"type":"STRING","data":"v"}', partition: 1 },
    ],
    [
      'a replaced character in a message of ours',
      `{${place},"value":"\\ufffd"}`,
      { value: '\ufffd', partition: 1 },
      'offset',
    ],
  ];
  for (const [what, json, record, leftOut = ''] of table) {
    it(`takes ${what}`, () => {
      assert.deepEqual(parsed(json), [record, leftOut]);
    });
  }

  it('takes keys, values and headers as Base64 if asked to', () => {
    const json = `{"topic":"t","key":"aw==","value":"/wA=",${place},"headers":[{"key":"h","value":"eA=="}]}`;
    assert.deepEqual(parsed(json, { base64: true }), [
      { key: Buffer.from('k'), value: Buffer.of(0xff, 0), partition: 1, headers: ['h=x'] },
      'offset,topic',
    ]);
    const nulls = `{"key":null,"value":null}`;
    assert.deepEqual(parsed(nulls, { base64: true }), [{ key: null, value: null }, '']);
    for (const value of ['"v"', '"YQ"', '{"a":1}', '1']) {
      const wrong = parsed(`{"value":${value}}`, { base64: true });
      assert.deepEqual(wrong, ['encoding-wrong', 'value']);
    }
  });

  describe('with a timestamp that is asked for', () => {
    const times: readonly [json: string, rest: string, timestamp?: number][] = [
      ['"2026-01-17T13:00:02.437123456+01:00"', '', 1768651202437],
      ['1700000000123', '', 1700000000123],
      ['1700000000.123', ',"keySchemaId":null', 1700000000123],
      ['1700000000', ',"keySchemaId":null', 1700000000000],
      ['1700000000', '', 1700000000],
      ['1700000000.123', ''],
      ['1700000000.123', ',"schemaId":null'],
      ['0', '', 0],
      ['-2', ''],
      ['"1969-12-31T23:59:59.999Z"', ''],
    ];
    for (const [json, rest, timestamp] of times) {
      it(`takes ${json}${rest}`, () => {
        const text = `{${place},"timestamp":${json},"value":"v"${rest}}`;
        const { record, problem } = parseRecord(text, { timestamps: true });
        assert.equal(record?.timestamp, timestamp);
        assert.equal(problem?.kind, timestamp === undefined ? 'timestamp-wrong' : undefined);
      });
    }

    it('does not say that it is left out', () => {
      const record = { value: 'v', timestamp: 5 };
      assert.deepEqual(parsed('{"ts":5,"value":"v"}', { timestamps: true }), [record, '']);
    });
  });
});
