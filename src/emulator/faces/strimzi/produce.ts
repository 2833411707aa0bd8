import type { NewRecord } from '../../../core/kafka';
import type { KafkaFailure } from '../../backend';
import { type Appended } from '../../backend';
import { HttpError } from '../../http';
import { elements, members } from '../../rawJson';
import type { BridgeVersion } from './versions';

/** The formats of keys and values. */
export const formats = ['binary', 'json', 'text'] as const;
export type Format = (typeof formats)[number];

/** The setting `max.request.size` of the bridge's producer, in bytes. */
const MAX_REQUEST_BYTES = 1_048_576;
/** What Kafka's producer adds to the size of a key and a value when it estimates a request. */
const OVERHEAD_BYTES = 88;
/** What the bridge writes for a null in the binary format: "null" taken for Base64. */
const NULL_IN_BINARY = Buffer.from([0x9e, 0xe9, 0x65]);

/**
 * Returns the records of a produce request, which fits the schema. Throws an `HttpError` for the
 * first one that the bridge refuses before it produces any.
 */
export function parseRecords(
  body: string,
  format: Format,
  bridge: BridgeVersion,
  partition?: number,
): readonly NewRecord[] {
  const list = members(body)?.get('records');
  if (list === undefined) {
    throw new HttpError(
      422,
      'Cannot invoke "com.fasterxml.jackson.databind.node.ArrayNode.iterator()" because "jsonArray" is null',
    );
  }
  return (elements(list) ?? []).map((json) => {
    const record = members(json) ?? new Map<string, string>();
    const key = record.get('key');
    const number = (name: string): number | undefined => {
      const digits = record.get(name);
      return digits === undefined ? undefined : Number(digits);
    };
    const place = partition ?? number('partition');
    const timestamp = number('timestamp');
    const parsed = {
      key: key === undefined ? null : payload('key', key, format, bridge),
      value: payload('value', record.get('value') ?? 'null', format, bridge),
      ...(place !== undefined && { partition: place }),
      ...(timestamp !== undefined && { timestamp }),
      headers: (elements(record.get('headers') ?? '[]') ?? []).map(header),
    };
    if (place !== undefined && place < 0) {
      throw new HttpError(
        422,
        `Invalid partition: ${place}. Partition number should always be non-negative or null.`,
      );
    }
    if (timestamp !== undefined && timestamp < 0) {
      throw new HttpError(
        422,
        `Invalid timestamp: ${timestamp}. Timestamp should always be non-negative or null.`,
      );
    }
    return parsed;
  });
}

function header(json: string): { readonly name: string; readonly value: Buffer } {
  const found = members(json) ?? new Map<string, string>();
  return {
    name: unquoted(found.get('key') ?? '""'),
    value: Buffer.from(unquoted(found.get('value') ?? '""'), 'base64'),
  };
}

function payload(
  member: string,
  json: string,
  format: Format,
  { takesAnyBase64 }: BridgeVersion,
): Uint8Array {
  if (format === 'json') return Buffer.from(asJacksonWrites(json));
  if (format === 'text') {
    if (json.startsWith('"')) return Buffer.from(unquoted(json));
    throw new HttpError(
      422,
      `Because the embedded format is 'text', the ${member} must be a string`,
    );
  }
  if (json === 'null') return NULL_IN_BINARY;
  const text = unquoted(json);
  if (takesAnyBase64) return isPadded(text) ? Buffer.from(text, 'base64') : Buffer.alloc(0);
  const [wrong] = /[^A-Za-z0-9+/=]/.exec(text) ?? [];
  if (wrong === undefined) return Buffer.from(text, 'base64');
  throw new HttpError(422, `Illegal base64 character ${wrong.charCodeAt(0).toString(16)}`);
}

/** Whether a text is Base64 with padding. */
function isPadded(text: string): boolean {
  return text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text);
}

function unquoted(json: string): string {
  const text: unknown = JSON.parse(json);
  return typeof text === 'string' ? text : json;
}

/** Returns compact JSON in which numbers with a fraction are those of a `double`. */
function asJacksonWrites(json: string): string {
  return json.replace(/"(?:[^"\\]|\\.)*"|[^\s",:[\]{}]+|\s+/g, (token) => {
    if (token.trim() === '') return '';
    return /^-?\d+(?:\.|e)/i.test(token) ? String(Number(token)) : token;
  });
}

/** Why the bridge's producer refuses a record itself, if it does. */
export function sizeProblem({ key = null, value, headers = [] }: NewRecord): string | undefined {
  const size =
    OVERHEAD_BYTES +
    bytes(key) +
    bytes(value) +
    headers.reduce((sum, each) => sum + Buffer.byteLength(each.name) + bytes(each.value), 0);
  if (size <= MAX_REQUEST_BYTES) return undefined;
  return `The message is ${size} bytes when serialized which is larger than ${MAX_REQUEST_BYTES}, which is the value of the max.request.size configuration.`;
}

function bytes(payload: string | Uint8Array | null): number {
  return payload === null ? 0 : Buffer.byteLength(payload);
}

/** Returns the JSON of the result of one record. */
export function resultJson(
  result: Appended | { readonly error: string; readonly code: number },
): string {
  if ('error' in result) return JSON.stringify({ error_code: result.code, message: result.error });
  if ('failure' in result) return JSON.stringify(failureOf(result.failure));
  return `{"partition":${result.partition},"offset":${result.offset.toString()}}`;
}

function failureOf({ kind, message }: KafkaFailure): object {
  const code = kind === 'UNKNOWN_TOPIC_OR_PARTITION' ? 404 : 500;
  return { error_code: code, message: message || kind };
}
