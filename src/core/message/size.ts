import type { KafkaRecord, Payload } from '../kafka';

/** The bytes of a key or value in UTF-8. */
export function payloadBytes(payload: Payload | null): number {
  return payload === null ? 0 : Buffer.byteLength(payload);
}

/** The bytes of key and value. */
export function recordBytes({ key, value }: Pick<KafkaRecord, 'key' | 'value'>): number {
  return payloadBytes(key) + payloadBytes(value);
}
