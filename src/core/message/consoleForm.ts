import { compactJson } from '../json/layout';
import { RawJson } from '../json/rawJson';
import type { Payload } from '../kafka';
import { bytesOfBase64 } from './bytes';
import type { HeaderReading } from './headers';
import type { Member } from './jsonMembers';
import { ProblemAt } from './payloadProblem';

/**
 * Whether JSON is a key or value as Redpanda Console saves it: `{"payload": ..., "encoding":
 * "json", "size": 12}`, perhaps with the bytes as `rawPayload`.
 */
export function isConsolePayload(json: string): boolean {
  return typeof new RawJson(json).members?.get('encoding') === 'string';
}

/**
 * Returns such a key or value. Redpanda Console writes JSON anew, and takes texts such as `1.50` for
 * JSON too, so that only the size tells whether a text is still the same. Avro and Protobuf become
 * JSON. Throws a `ProblemAt` if nobody knows what the payload was.
 */
export function readConsolePayload({ name, json, at }: Member): Payload | null {
  const payload = consolePayload(new RawJson(json).members ?? new Map<string, unknown>());
  if (payload === undefined) throw new ProblemAt({ kind: 'incomplete', member: name }, at);
  return payload;
}

/** Reads the headers of such a message, whose values are quoted once more. */
export const consoleHeaders: HeaderReading = {
  value: (json) => {
    const members = new RawJson(json).members ?? new Map<string, unknown>();
    const quoted = members.get('payload');
    if (typeof quoted !== 'string') return undefined;
    const payload = consolePayload(new Map([...members, ['payload', unquoted(quoted)]]));
    return typeof payload === 'string' ? Buffer.from(payload) : payload;
  },
};

function unquoted(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The encodings that Redpanda Console shows as JSON, and that can be sent as JSON. */
const JSON_ENCODINGS: readonly unknown[] = [
  ...['json', 'jsonSchema', 'avro', 'protobuf', 'protobufSchema', 'protobufBSR'],
];

function consolePayload(members: ReadonlyMap<string, unknown>): Payload | null | undefined {
  const encoding = members.get('encoding');
  if (encoding === 'null' || members.get('isPayloadNull') === true) return null;
  const raw = members.get('rawPayload');
  if (typeof raw === 'string') return bytesOfBase64(raw);

  const payload = members.get('payload');
  const size = members.get('size');
  const isWhole = (text: string) =>
    size instanceof RawJson && Number(size.json) === Buffer.byteLength(text);
  if (payload instanceof RawJson) {
    const json = compactJson(payload.json);
    return isWhole(json) || (/^[[{]/.test(json) && JSON_ENCODINGS.includes(encoding))
      ? json
      : undefined;
  }
  if (payload === undefined) return undefined;
  const texts = [...(typeof payload === 'string' ? [payload] : []), JSON.stringify(payload)];
  return texts.find((text) => isWhole(text) && !text.includes('\ufffd'));
}
