import assert from 'node:assert/strict';
import type { NewRecord } from '../../../../src/core/kafka';
import type { TakeOptions } from '../../../../src/core/message/members';
import { parseRecord } from '../../../../src/core/message/parse';
import type { PayloadProblemKind } from '../../../../src/core/message/payloadProblem';

/** Returns the record with its headers as `name=text`, or the problem and the member it is about. */
function parsed(json: string, options: TakeOptions = {}): unknown {
  const leftOut: string[] = [];
  const { record, problem } = parseRecord(json, {
    leftOut: (member) => leftOut.push(member),
    ...options,
  });
  if (problem) return [problem.kind, problem.member];
  const { headers, ...rest } = record;
  const texts = headers?.map(({ name, value }) => `${name}=${value ? String(value) : 'null'}`);
  return [{ ...rest, ...(texts && { headers: texts }) }, leftOut.join()];
}

const place = '"partition":1,"offset":7';

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

  const problems: readonly [
    what: string,
    json: string,
    kind: PayloadProblemKind,
    member?: string,
  ][] = [
    ['two values', '{"value":1,"payload":2}', 'member-twice', 'payload'],
    ['two keys', '{"Key":"a","value":1,"key":"b"}', 'member-twice', 'key'],
    ['two common names', `{${place},"message":1,"data":2}`, 'member-twice', 'data'],
    [
      'an unknown member without a place',
      '{"offset":7,"value":1,"valu":2}',
      'member-unknown',
      'valu',
    ],
    ['a common name without a place', '{"key":"k","message":"v"}', 'member-unknown', 'message'],
    [
      'a place that is none',
      '{"partition":1,"offset":{"a":1},"value":1,"x":2}',
      'member-unknown',
      'x',
    ],
    [
      'metadata without a value',
      `{"topic":"t","key":"k",${place},"value_size":3}`,
      'value-missing',
    ],
    [
      'an Avro value that was not decoded',
      `{${place},"payload":null,"payload_error":"bad"}`,
      'incomplete',
      'payload_error',
    ],
    [
      'a value that is too long',
      `{"partition_id":1,"offset":7,"value":null,"exceeded_fields":{"key":false,"value":true}}`,
      'incomplete',
      'exceeded_fields',
    ],
    [
      'a value that is cut off',
      `{${place},"value":"a","truncated":true}`,
      'incomplete',
      'truncated',
    ],
    [
      'a receipt of a proxy',
      '{"error_code":200,"topic_name":"t","partition_id":1,"offset":7,"value":{"type":"JSON","size":9}}',
      'incomplete',
      'error_code',
    ],
    [
      'bytes that a tool replaced',
      `{"topic":"t",${place},"key":"k","payload":"a\\ufffd"}`,
      'incomplete',
      'payload',
    ],
    [
      'an encoding that is not known',
      '{"value":"v","valueEncoding":"rot13"}',
      'encoding-wrong',
      'value',
    ],
    [
      'a value that is not in its encoding',
      '{"value":"v!","valueEncoding":"base64"}',
      'encoding-wrong',
      'value',
    ],
    [
      'an object in Base64',
      '{"key":{"a":1},"value":"","encoding":"base64"}',
      'encoding-wrong',
      'key',
    ],
    [
      'a typed value that needs a schema',
      '{"value":{"type":"AVRO","schema":"\\"int\\"","data":7}}',
      'schema-needed',
      'value',
    ],
    [
      'a value with the id of a schema',
      '{"partition_id":1,"value":{"schema_id":3,"data":7}}',
      'schema-needed',
      'value',
    ],
    [
      'a typed value of another type',
      '{"value":{"type":"BINARY","data":{"a":1}}}',
      'encoding-wrong',
      'value',
    ],
    [
      'a text that is an object',
      '{"value":{"type":"STRING","data":{"a":1}}}',
      'encoding-wrong',
      'value',
    ],
    [
      'headers of a typed body that are not Base64',
      '{"value":{"type":"JSON","data":1},"headers":[{"name":"h","value":"x"}]}',
      'headers-wrong',
    ],
    [
      'headers of kaf that are not Base64',
      `{"headers":[{"Key":"h","Value":"x"}],${place},"payload":1}`,
      'headers-wrong',
    ],
  ];
  for (const [what, json, kind, member] of problems) {
    it(`refuses ${what}`, () => {
      assert.deepEqual(parsed(json), [kind, member]);
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

  describe('of Redpanda Console', () => {
    const payload = (members: string) =>
      parsed(
        `{"partitionID":1,"offset":7,"key":{"isPayloadNull":true,"encoding":"null"},"value":{${members}}}`,
      );
    const taken: readonly [members: string, value: NewRecord['value']][] = [
      ['"payload":"a text","encoding":"text","size":6', 'a text'],
      ['"payload":"","encoding":"text","size":0', ''],
      ['"payload":"quoted","encoding":"text","size":8', '"quoted"'],
      ['"payload":"12345678901234567890","encoding":"text","size":20', '12345678901234567890'],
      ['"payload":7,"encoding":"text","size":1', '7'],
      ['"payload":true,"encoding":"text","size":4', 'true'],
      ['"payload":{\n "a": 1\n},"encoding":"json","size":7', '{"a":1}'],
      ['"payload":{"a": 1.5},"encoding":"json","size":10', '{"a":1.5}'],
      ['"payload":{"a":1},"encoding":"avro","schemaId":3,"size":9', '{"a":1}'],
      ['"payload":null,"encoding":"null","size":0', null],
      ['"payload":"?","rawPayload":"/wA=","encoding":"binary","size":2', Buffer.of(0xff, 0)],
    ];
    for (const [members, value] of taken) {
      it(`takes ${members}`, () => {
        assert.deepEqual(payload(members), [{ key: null, value, partition: 1 }, 'offset']);
      });
    }
    for (const members of [
      '"payload":1.5,"encoding":"text","size":4',
      '"payload":"\ufffd","encoding":"binary","size":3',
      '"payload":"\ufffd","encoding":"binary","size":1',
      '"payload":{"a":1},"encoding":"msgpack","size":4',
      '"payload":7,"encoding":"uint","size":4',
      '"payload":"cut","encoding":"json","size":40000',
      '"encoding":"json","size":40000',
    ]) {
      it(`refuses ${members}`, () => {
        assert.deepEqual(payload(members), ['incomplete', 'value']);
      });
    }

    it('takes headers, which are quoted twice', () => {
      const header = (payload: string) =>
        parsed(
          `{"partitionID":1,"offset":7,"headers":[{"key":"h","value":${payload}}],"value":{"payload":"v","encoding":"text","size":1}}`,
        );
      const record = { value: 'v', partition: 1 };
      assert.deepEqual(header('{"payload":"\\"x\\"","encoding":"text","size":1}'), [
        { ...record, headers: ['h=x'] },
        'offset',
      ]);
      for (const wrong of [
        '{"payload":"\\"\ufffd\\"","encoding":"text","size":1}',
        '{"payload":"x","encoding":"text","size":1}',
        '"x"',
      ]) {
        assert.deepEqual(header(wrong), ['headers-wrong', undefined]);
      }
    });
  });
});
