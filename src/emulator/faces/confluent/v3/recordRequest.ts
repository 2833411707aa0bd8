import type { NewRecord, Payload, RecordHeader } from '../../../../core/kafka';
import { members as rawMembers } from '../../../rawJson';
import { bytesOf } from '../producing';
import { RestError } from '../restError';
import { isObject } from './resources';

/** The formats without a schema. */
const FORMATS = ['BINARY', 'JSON', 'STRING'] as const;
type Format = (typeof FORMATS)[number];

/** A record to produce and the formats in which it came, or why it cannot be read. */
export type ProduceData =
  | RestError
  | {
      readonly record: NewRecord;
      readonly keyType: Format | undefined;
      readonly valueType: Format | undefined;
    };

/** Reads one produce request. Throws a `RestError` if it is not valid. */
export function recordOf(text: string): ProduceData {
  const request = parse(text);
  if (!isObject(request)) throw invalid('the request is not an object');
  const raw = rawMembers(text) ?? new Map<string, string>();
  const { partition_id: partition, timestamp } = request;
  if (!isNothing(partition) && !Number.isInteger(partition)) throw invalid('partition_id');
  const time = timeOf(timestamp);
  const key = payload(request['key'], raw.get('key'));
  const value = payload(request['value'], raw.get('value'));
  return {
    record: {
      key: key.payload,
      value: value.payload,
      ...(!isNothing(partition) && { partition: Number(partition) }),
      ...(time !== undefined && { timestamp: time }),
      headers: headers(request['headers']),
    },
    keyType: key.type,
    valueType: value.type,
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new RestError(400, 400, 'Bad Request: Error processing message: Unexpected character.');
  }
}

function invalid(what: string): RestError {
  return new RestError(400, 400, `Bad Request: Error processing JSON: ${what}`);
}

function isNothing(value: unknown): value is null | undefined {
  return value === undefined || value === null;
}

function timeOf(timestamp: unknown): number | undefined {
  if (isNothing(timestamp)) return undefined;
  const time = typeof timestamp === 'string' ? Date.parse(timestamp) : NaN;
  if (Number.isNaN(time)) throw invalid('timestamp');
  return time;
}

function headers(list: unknown): readonly RecordHeader[] {
  if (isNothing(list)) return [];
  if (!Array.isArray(list)) throw invalid('headers');
  return list.map((header: unknown) => {
    const { name, value } = isObject(header) ? header : {};
    if (typeof name !== 'string') throw invalid('headers.name');
    return { name, value: isNothing(value) ? null : bytesOf(value) };
  });
}

/** Data that are missing or null are Kafka's null. Data without a type need a schema. */
function payload(
  data: unknown,
  raw: string | undefined,
): { readonly payload: Payload | null; readonly type: Format | undefined } {
  if (isNothing(data)) return { payload: null, type: undefined };
  if (!isObject(data)) throw invalid('key or value');
  const type = FORMATS.find((format) => format === data['type']);
  if (!type) throw new RestError(422, 422, 'Error: 42207 : Error serializing message. No schema.');
  const content = data['data'];
  if (isNothing(content)) return { payload: null, type };
  if (type === 'BINARY') return { payload: bytesOf(content), type };
  if (type === 'JSON') return { payload: rawMembers(raw ?? '')?.get('data') ?? 'null', type };
  if (typeof content !== 'string')
    throw invalid(`data=${JSON.stringify(content)} is not a string.`);
  return { payload: content, type };
}
