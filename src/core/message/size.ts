import type { KafkaRecord, Payload } from '../kafka';
import { headerBytes } from './headers';

/** Returns the size of a key or value in bytes. Text counts as UTF-8. */
export function payloadBytes(payload: Payload | null): number {
  return payload === null ? 0 : Buffer.byteLength(payload);
}

/** Returns the size of key, value and headers in bytes. */
export function recordBytes({
  key,
  value,
  headers,
}: Pick<KafkaRecord, 'key' | 'value' | 'headers'>): number {
  return payloadBytes(key) + payloadBytes(value) + (headers ? headerBytes(headers) : 0);
}
