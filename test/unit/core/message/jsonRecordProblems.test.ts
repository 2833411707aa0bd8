import assert from 'node:assert/strict';
import type { PayloadProblemKind } from '../../../../src/core/message/payloadProblem';
import { parsed, place } from './takenRecord';

describe('a record in JSON that cannot be taken', () => {
  const problems: readonly (readonly [
    what: string,
    json: string,
    kind: PayloadProblemKind,
    member?: string,
  ])[] = [
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
      'an encoding that only begins like one that is known',
      '{"value":"v","valueEncoding":"text/html"}',
      'encoding-wrong',
      'value',
    ],
    ...['7', '7g', 'g7', '7 7'].map(
      (text) =>
        [
          `hexadecimal digits that are none: ${text}`,
          `{"value":"${text}","encoding":"hex"}`,
          'encoding-wrong',
          'value',
        ] as const,
    ),
    ...['topic', 'timestampType', 'broker'].map(
      (member) =>
        [
          `a replaced character beside the ${member} of a tool`,
          `{${place},"${member}":"a","value":"\\ufffd"}`,
          'incomplete',
          'value',
        ] as const,
    ),
    [
      'a replaced character under the name of a tool',
      `{${place},"message":"\\ufffd"}`,
      'incomplete',
      'message',
    ],
    [
      'a partition beyond what Kafka can have',
      '{"partition":2147483648,"value":"v"}',
      'partition-not-a-number',
    ],
    ['a partition that is no number', '{"partition":"1","value":"v"}', 'partition-not-a-number'],
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
});
