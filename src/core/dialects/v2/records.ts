import { KafkaError } from '../../errors';
import {
  array,
  field,
  integer,
  nullable,
  optionalField,
  smallInteger,
  string,
} from '../../json/decode';
import type { KafkaRecord } from '../../kafka';
import { parseRecordList, type ResponseRecords } from '../recordList';
import { base64 } from './base64';

/**
 * Returns the records of the response to a poll in the binary format. Throws a `KafkaError` of kind
 * `protocol` if it is something else, or has records of another topic or partition.
 */
export function parsePoll(
  response: Buffer,
  { topic, partition }: { readonly topic: string; readonly partition: number },
): ResponseRecords {
  return parseRecordList(response, partition, {
    record: (value) => {
      if (field(value, 'topic', string) === topic) return record(value);
      throw new KafkaError('protocol', { detail: 'another topic' });
    },
  });
}

function record(value: unknown): KafkaRecord {
  const timestamp = optionalField(value, 'timestamp', smallInteger);
  const headers = optionalField(value, 'headers', (list) => array(list, header));
  return {
    partition: field(value, 'partition', smallInteger),
    offset: field(value, 'offset', integer),
    ...(timestamp !== undefined && { timestamp }),
    key: optionalField(value, 'key', base64) ?? null,
    value: optionalField(value, 'value', base64) ?? null,
    ...(headers && headers.length > 0 && { headers }),
  };
}

function header(value: unknown): NonNullable<KafkaRecord['headers']>[number] {
  return { name: field(value, 'key', string), value: field(value, 'value', nullable(base64)) };
}
