import assert from 'node:assert/strict';
import type { NewRecord } from '../../../../src/core/kafka';
import { parsed } from './takenRecord';

describe('a record of Redpanda Console', () => {
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
    ['"payload":"","encoding":"text","isPayloadNull":true,"size":0', null],
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
