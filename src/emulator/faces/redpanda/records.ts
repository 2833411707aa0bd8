import type { KafkaRecord, NewRecord, Payload } from '../../../core/kafka';
import { elements, members } from '../../rawJson';
import { RedpandaError } from './failures';

/** How keys and values are written in JSON. */
export type Format = 'binary' | 'json';

/**
 * Reads the body of a produce request. The proxy's parser knows the members `partition`, `key` and
 * `value` and no others, and takes no null in the format `binary`.
 */
export function parseRecords(text: string, format: Format): NewRecord[] {
  const records = elements(members(validJson(text))?.get('records') ?? '');
  if (!records) throw unparsable();
  return records.map((record) => {
    const { key, value, partition, ...others } = Object.fromEntries(members(record) ?? none());
    if (Object.keys(others).length > 0) throw unparsable();
    if (partition !== undefined && !/^-?\d{1,10}$/.test(partition)) throw unparsable();
    return {
      key: key === undefined ? null : payload(key, format),
      value: value === undefined ? null : payload(value, format),
      ...(partition !== undefined && { partition: Number(partition) }),
    };
  });
}

function payload(json: string, format: Format): Payload {
  if (format === 'json') return json;
  const text: unknown = JSON.parse(json);
  if (typeof text !== 'string' || !isBase64(text)) throw unparsable();
  return Buffer.from(text, 'base64');
}

function isBase64(text: string): boolean {
  return text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text);
}

function validJson(text: string): string {
  try {
    JSON.parse(text);
    return text;
  } catch {
    throw unparsable();
  }
}

function unparsable(): RedpandaError {
  return new RedpandaError(422, 'parse error at offset 0');
}

function none(): never {
  throw unparsable();
}

/** Returns the JSON of a record. An empty key or value is null, as nothing is. */
export function recordJson(topic: string, record: KafkaRecord, format: Format): string {
  const { key, value, partition, offset } = record;
  const where = `${topic}:${partition}`;
  const written = (what: string, given: Payload | null): string => {
    const json = format === 'binary' ? base64Json(given) : jsonOf(given);
    if (json !== undefined) return json;
    const place = `record at offset ${offset.toString()} in topic:partition ${where}`;
    throw new RedpandaError(40801, `Unable to serialize ${what} of ${place}`);
  };
  return (
    `{"topic":${JSON.stringify(topic)},"key":${written('key', key)},` +
    `"value":${written('value', value)},"partition":${partition},"offset":${offset.toString()}}`
  );
}

function base64Json(given: Payload | null): string {
  return isEmpty(given) ? 'null' : `"${Buffer.from(given).toString('base64')}"`;
}

/** Returns a key or value that must be JSON; `undefined` if it is not. */
function jsonOf(given: Payload | null): string | undefined {
  if (isEmpty(given)) return 'null';
  const text = Buffer.from(given).toString('utf8');
  try {
    JSON.parse(text);
    return text;
  } catch {
    return undefined;
  }
}

function isEmpty(given: Payload | null): given is null {
  return given === null || given.length === 0;
}
