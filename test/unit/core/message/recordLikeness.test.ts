import assert from 'node:assert/strict';
import { type RecordLikeness, recordLikeness } from '../../../../src/core/message/recordLikeness';

describe('likeness to a record', () => {
  const table: readonly [expected: RecordLikeness | undefined, what: string, json: string][] = [
    ['record', 'key and value', '{"key":"a","value":1}'],
    ['record', 'key and payload', '{"key":"a","payload":1}'],
    ['record', 'capital letters', '{"Key":"env","Value":"prod"}'],
    ['record', 'a value and headers', '{"value":1,"headers":{"a":"b"}}'],
    ['record', 'a value and a partition', '{"partition_id":3,"value":1}'],
    ['record', 'names of connectors', '{"recordKey":"a","recordValue":"b"}'],
    ['record', 'a body of a proxy', '{"partition_id":1,"value":{"type":"JSON","data":1}}'],
    ['record', 'a key, a value and a topic', '{"topic":"orders","key":"a","value":1}'],
    ['exported', 'a message of ours', '{"partition":0,"offset":7,"timestamp":null,"value":"a"}'],
    ['exported', 'a message of kafka-ui', '{"Value":"a","Offset":7,"Partition":0,"Headers":{}}'],
    ['exported', 'unknown members', '{"partitionID":0,"offset":7,"value":{},"compression":"gzip"}'],
    ['exported', 'a common name of the value', '{"partition":0,"offset":7,"message":"a"}'],
    ['exported', 'numbers in quotes', '{"partition":"0","offset":"7","value":"a"}'],
    ['exported', 'a key and no value', '{"topic":"t","partition":0,"offset":7,"key":"a"}'],
    ['doubtful', 'a value alone', '{"value":21.5}'],
    ['doubtful', 'a payload alone', '{"payload":{"a":1}}'],
    ['doubtful', 'a reading with its time', '{"timestamp":"2026-11-22T12:30:05Z","value":21.5}'],
    ['doubtful', 'a short name for the time', '{"ts":1700000000123,"value":21.5}'],
    ['doubtful', 'a message of MQTT', '{"topic":"hall/1","payload":"on"}'],
    ['doubtful', 'a calibration', '{"offset":3,"value":21.5}'],
    ['doubtful', 'a tag', '{"Key":"env","Value":"prod","Propagate":true}'],
    ['doubtful', 'a tag with a message', '{"key":"a","value":1,"message":"b"}'],
    ['value', 'a value with an error', '{"value":1,"truncated":false}'],
    ['value', 'a value with a message', '{"value":1,"message":"b"}'],
    ['value', 'a place that only ends in a number', '{"partition":"a1","offset":1,"message":"b"}'],
    ['value', 'a place that only begins with one', '{"partition":1.5,"offset":1,"message":"b"}'],
    ['exported', 'a place of several digits', '{"partition":10,"offset":"12","message":"b"}'],
    ['doubtful', 'a nested place', '{"key":"a","value":1,"metadata":{"partition":0,"offset":7}}'],
    ['value', 'a reading with its unit', '{"sensor":"n","value":21.5,"unit":"C"}'],
    ['value', 'a name and a value', '{"name":"a","value":1}'],
    ['value', 'a schema and a payload', '{"schema":{"type":"int32"},"payload":7}'],
    ['value', 'a change event', '{"before":null,"after":{"id":1},"op":"c","ts_ms":5}'],
    ['value', 'a message of a log', '{"message":"started","timestamp":5}'],
    ['value', 'a key alone', '{"key":"a"}'],
    ['value', 'a position', '{"topic":"t","partition":0,"offset":7}'],
    ['value', 'a position of a connector', '{"partition":{"file":"a"},"offset":{"position":5}}'],
    ['value', 'other coordinates', '{"partition":"north","offset":1.5,"value":2,"unit":"m"}'],
    ['value', 'no member', '{}'],
    ['value', 'an array', '[{"key":"a","value":1}]'],
    ['value', 'a text', '"value"'],
    ['value', 'null', ' null\n'],
    [undefined, 'broken JSON', '{"key":"a","value":1,}'],
    [undefined, 'two values', '{"value":1}{"value":2}'],
    [undefined, 'plain text', 'hello'],
    [undefined, 'no text', ''],
  ];
  for (const [expected, what, json] of table) {
    it(`of ${what}: ${expected ?? 'not JSON'}`, () => {
      assert.equal(recordLikeness(json), expected);
    });
  }
});
