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
import type { NewRecord, Offset, ProduceResult } from '../../kafka';
import { toBase64 } from './base64';

/** An error inside of a response to a produce call, for one record. */
export interface RecordError {
  readonly code: number;
  readonly message: string;
}

/** What the error of a record proves about it. */
export type RecordFate = 'refused' | 'too-large' | 'unclear';

/**
 * Returns the body of a produce call in the binary format. Headers and timestamps are written if a
 * record has them, so the caller has to refuse those that the proxy cannot carry.
 */
export function recordsBody(records: readonly NewRecord[]): Buffer {
  let expected = 0;
  for (const { key, value } of records) {
    expected += (((key?.length ?? 0) + (value?.length ?? 0)) * 4) / 3 + 80;
  }
  const body = new ByteCollector(undefined, Math.ceil(expected));
  let before = '{"records":[';
  for (const record of records) {
    body.write(`${before}{${recordJson(record)}}`);
    before = ',';
  }
  body.write(records.length === 0 ? '{"records":[]}' : ']}');
  return body.bytes;
}

/** Returns the members of a record. A missing key is left out, because Strimzi refuses `null`. */
function recordJson({ key = null, value, partition, timestamp, headers = [] }: NewRecord): string {
  const members = [`"value":${value === null ? 'null' : `"${toBase64(value)}"`}`];
  if (key !== null) members.unshift(`"key":"${toBase64(key)}"`);
  if (partition !== undefined) members.push(`"partition":${partition}`);
  if (timestamp !== undefined) members.push(`"timestamp":${timestamp}`);
  if (headers.length > 0) {
    const list = headers.map((header) => ({
      key: header.name,
      value: header.value === null ? null : toBase64(header.value),
    }));
    members.push(`"headers":${JSON.stringify(list)}`);
  }
  return members.join(',');
}

/**
 * Returns one result for each of the `count` records of a produce call. An offset of -1 means that
 * the record was written, and that the proxy does not know where. A record without a result is
 * unclear. Throws a `KafkaError` of kind `protocol` if the response has another form.
 */
export function producedResults(
  text: string,
  count: number,
  fateOf: (error: RecordError) => RecordFate,
): readonly ProduceResult[] {
  const results = decodeJson(text, (response) =>
    field(response, 'offsets', (list) => array(list, (each) => resultOf(each, fateOf))),
  );
  return Array.from({ length: count }, (_, at) => results[at] ?? { status: 'unclear', detail: '' });
}

function resultOf(value: unknown, fateOf: (error: RecordError) => RecordFate): ProduceResult {
  const code = optionalField(value, 'error_code', smallInteger);
  if (code === undefined) {
    const offset: Offset = field(value, 'offset', integer);
    if (offset < 0n) return { status: 'accepted' };
    return { status: 'accepted', partition: field(value, 'partition', smallInteger), offset };
  }
  const message =
    optionalField(value, 'message', string) ?? optionalField(value, 'error', string) ?? '';
  const detail = serverDetail(message);
  const fate = fateOf({ code, message });
  if (fate === 'unclear') return { status: 'unclear', detail };
  return { status: 'refused', detail, ...(fate === 'too-large' && { isTooLarge: true as const }) };
}
