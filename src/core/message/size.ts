import type { KafkaRecord, Payload } from '../kafka';
import { headerBytes } from './headers';

/** The bytes of a key or value in UTF-8. */
export function payloadBytes(payload: Payload | null): number {
  return payload === null ? 0 : Buffer.byteLength(payload);
}

/** The bytes of key, value and headers. */
export function recordBytes({
  key,
  value,
  headers,
}: Pick<KafkaRecord, 'key' | 'value' | 'headers'>): number {
  return payloadBytes(key) + payloadBytes(value) + (headers ? headerBytes(headers) : 0);
}
