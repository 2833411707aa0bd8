import { KafkaError } from '../../errors';
import { ByteCollector } from '../../http/byteCollector';
import { serverDetail } from '../../http/serverDetail';
import {
  array,
  decodeJson,
  field,
  integer,
  optionalField,
  smallInteger,
  string,
} from '../../json/decode';
import type { NewRecord, Payload, ProduceResult } from '../../kafka';
import { toBase64 } from '../v2/base64';
import type { RecordError, RecordFate } from '../v2/produceCall';

/** What Kafka's producer says of records that it did not send, or that a broker refused. */
const NOT_WRITTEN = /not present in metadata|invalid partition|timestamp .*out of range/i;
/** Kafka's words for a failure of which it knows nothing. The proxy calls it a bad request. */
const UNEXPECTED = /unexpected error when processing/i;
const TOO_LARGE = /larger than|too large/i;

/**
 * Returns what the error of a record proves. A refusal by the proxy proves that nothing was
 * written; an error of Kafka only does if its text is known.
 */
export function fateOf({ code, message }: RecordError): RecordFate {
  if (TOO_LARGE.test(message)) return 'too-large';
  const status = code >= 10_000 ? Math.floor(code / 100) : code;
  if (status >= 400 && status < 500) return UNEXPECTED.test(message) ? 'unclear' : 'refused';
  return NOT_WRITTEN.test(message) ? 'refused' : 'unclear';
}

/** Returns the body of a produce call of API v3: one JSON object after another. */
export function streamBody(records: readonly NewRecord[]): Buffer {
  let expected = 0;
  for (const { key, value } of records) {
    expected += (((key?.length ?? 0) + (value?.length ?? 0)) * 4) / 3 + 160;
  }
  const body = new ByteCollector(undefined, Math.ceil(expected));
  for (const record of records) body.write(`{${recordJson(record)}}\n`);
  return body.bytes;
}

function recordJson({ key = null, value, partition, timestamp, headers = [] }: NewRecord): string {
  const members: string[] = [];
  if (partition !== undefined) members.push(`"partition_id":${partition}`);
  if (headers.length > 0) {
    const list = headers.map((header) => ({
      name: header.name,
      value: header.value === null ? null : toBase64(header.value),
    }));
    members.push(`"headers":${JSON.stringify(list)}`);
  }
  // What is left out is Kafka's null.
  if (key !== null) members.push(`"key":${data(key)}`);
  if (value !== null) members.push(`"value":${data(value)}`);
  if (timestamp !== undefined) members.push(`"timestamp":"${isoTime(timestamp)}"`);
  return members.join(',');
}

function data(payload: Payload): string {
  return `{"type":"BINARY","data":"${toBase64(payload)}"}`;
}

function isoTime(timestamp: number): string {
  const date = new Date(timestamp);
  if (!Number.isNaN(date.getTime())) return date.toISOString();
  throw new KafkaError('rejected', { detail: `timestamp ${timestamp}` });
}

/**
 * Returns one result for each of the `count` records of a call. The response has one JSON object
 * for each record that the proxy got to; the others are unclear. Throws a `KafkaError` of kind
 * `protocol` if it has another form.
 */
export function streamResults(text: string, count: number): readonly ProduceResult[] {
  // A line break between two brackets is never inside of a string, where it would be escaped.
  const joined = text.trim().replace(/\}[\r\n][\r\n\t ]*\{/g, '},{');
  const results = decodeJson(`[${joined}]`, (list) => array(list, resultOf));
  return Array.from({ length: count }, (_, at) => results[at] ?? { status: 'unclear', detail: '' });
}

function resultOf(value: unknown): ProduceResult {
  const code = field(value, 'error_code', smallInteger);
  if (code >= 200 && code < 300) {
    return {
      status: 'accepted',
      partition: field(value, 'partition_id', smallInteger),
      offset: field(value, 'offset', integer),
    };
  }
  const message = optionalField(value, 'message', string) ?? '';
  const detail = serverDetail(message);
  const fate = fateOf({ code, message });
  if (fate === 'unclear') return { status: 'unclear', detail };
  return { status: 'refused', detail, ...(fate === 'too-large' && { isTooLarge: true as const }) };
}
