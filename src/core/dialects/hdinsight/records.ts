import { endOfValidString } from '../../json/bytes';
import { field, integer, optionalField, smallInteger, string, text } from '../../json/decode';
import { unquote } from '../../json/scanner';
import type { KafkaRecord } from '../../kafka';
import { utf8Text } from '../../text/utf8';
import {
  atOnce,
  decodeRecords,
  parseRecordList,
  type RecordList,
  type ResponseRecords,
} from '../recordList';

/**
 * Returns the records of the response to a consume call. The response is a bare array, as in the
 * reference, or `{"records": [...]}`, as the sample program reads it. A key or value that is not a
 * string is returned as its JSON text. Throws a `KafkaError` of kind `protocol` for anything else,
 * such as records of another partition.
 */
export function parseRecords(response: Buffer, partition: number): ResponseRecords {
  return parseRecordList(response, partition, { record, large: largeRecord });
}

/** A record of this size or more, in bytes, is decoded in two steps. */
const LARGE = 1024 * 1024;
const VALUE = Buffer.from('"value":"');
/** Replaces the value, to check that the bytes that were cut out were really the value. */
const PLACEHOLDER = '\0value\0';

/**
 * Returns a record whose value is decoded when it is first asked for. In a read of several
 * partitions one record of each is in memory, and only its timestamp is needed until its turn
 * comes. Returns `undefined` if the response is not of the expected form.
 */
function largeRecord(response: Buffer, { begin, end }: RecordList): ResponseRecords | undefined {
  const from = response.indexOf(VALUE, begin) + VALUE.length - 1;
  if (end - begin < LARGE || from < begin) return undefined;
  const to = endOfValidString(response, from);
  if (to === undefined) return undefined;
  const [before, after] = [response.subarray(begin, from), response.subarray(to, end)];
  const json = utf8Text(before) + JSON.stringify(PLACEHOLDER) + utf8Text(after);
  const [rest, ...others] = decodeRecords(json, record) ?? [];
  if (rest?.value !== PLACEHOLDER || others.length > 0) return undefined;

  let bytes: Buffer | undefined = response.subarray(from, to);
  let value = '';
  const decode = (): string => {
    if (bytes) value = unquote(utf8Text(bytes));
    // The record may outlive the response, so it must not hold on to its bytes.
    bytes = undefined;
    return value;
  };
  const large = {
    ...rest,
    get value() {
      return decode();
    },
  };
  return { ...atOnce([large]), finish: decode };
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
