import { KafkaError } from '../errors';
import {
  array,
  decodeJson,
  field,
  integer,
  isArray,
  optionalField,
  smallInteger,
  string,
  text,
} from '../json';
import type { KafkaRecord } from '../kafka';

/**
 * The records of an answer to consume, in offset order: a bare array, as the reference has it, or
 * `{"records": [...]}`, as the sample program reads it. A key or value that is no string comes as its
 * JSON text. Throws `KafkaError` of kind `protocol` for anything else, such as the records of another
 * partition.
 */
export function parseRecords(answer: string, partition: number): KafkaRecord[] {
  const records = decodeJson(answer, (value) =>
    isArray(value) ? array(value, record) : field(value, 'records', (list) => array(list, record)),
  );
  let previous = -1n;
  for (const { partition: actual, offset } of records) {
    if (actual !== partition) throw new KafkaError('protocol', { detail: 'another partition' });
    if (offset <= previous) throw new KafkaError('protocol', { detail: 'offsets out of order' });
    previous = offset;
  }
  return records;
}

function record(value: unknown): KafkaRecord {
  const timestamp = optionalField(value, 'timestamp', smallInteger);
  const timestampType = optionalField(value, 'timestampType', string);
  return {
    partition: field(value, 'partition', smallInteger),
    offset: field(value, 'offset', integer),
    ...(timestamp !== undefined && { timestamp }),
    ...(timestampType !== undefined && { timestampType }),
    key: optionalField(value, 'key', text) ?? null,
    value: optionalField(value, 'value', text) ?? null,
  };
}
