import type { Payload } from '../../../core/kafka';
import { HttpError } from '../../http';
import type { PolledRecord } from '../v2/consumerInstance';
import type { Format } from './produce';
import type { BridgeVersion } from './versions';

/**
 * Returns the JSON of a polled record. Throws an `HttpError` if its key or value does not have the
 * format of the instance.
 */
export function polledJson(
  { topic, key, value, partition, offset, timestamp = -1, headers = [] }: PolledRecord,
  format: Format,
  bridge: BridgeVersion,
): string {
  const list = headers.map((header) => ({
    key: header.name,
    value: header.value === null ? null : base64(header.value),
  }));
  return (
    `{"topic":${JSON.stringify(topic)},"key":${payloadJson(key, format, bridge)},` +
    `"value":${payloadJson(value, format, bridge)},"partition":${partition},` +
    `"offset":${offset.toString()},"timestamp":${timestamp}` +
    (list.length > 0 ? `,"headers":${JSON.stringify(list)}}` : '}')
  );
}

function payloadJson(payload: Payload | null, format: Format, bridge: BridgeVersion): string {
  if (payload === null) return 'null';
  if (format === 'binary') return `"${base64(payload)}"`;
  const text = Buffer.from(payload).toString();
  return format === 'text' ? JSON.stringify(text) : jsonOf(text, bridge);
}

function jsonOf(text: string, { jsonColumn }: BridgeVersion): string {
  try {
    JSON.parse(text);
    return text;
  } catch {
    const [token = ''] = /^\s*[\w$]*/.exec(text) ?? [];
    throw new HttpError(
      406,
      `Failed to decode:Unrecognized token '${token.trim()}': was expecting (JSON String, Number, ` +
        "Array, Object or token 'null', 'true' or 'false')\n at [Source: REDACTED " +
        '(`StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION` disabled); line: 1, column: ' +
        `${token.length + jsonColumn}]`,
    );
  }
}

function base64(payload: Payload): string {
  return Buffer.from(payload).toString('base64');
}
