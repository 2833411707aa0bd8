import { KafkaError } from '../../errors';
import { string } from '../../json/decode';
import type { Payload } from '../../kafka';

/** Returns the bytes of a payload in Base64, padded and with the standard alphabet. */
export function toBase64(payload: Payload): string {
  return typeof payload === 'string'
    ? Buffer.from(payload).toString('base64')
    : Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength).toString('base64');
}

/** Decodes Base64. Throws a `KafkaError` of kind `protocol` if that is not what it is. */
export function base64(value: unknown): Uint8Array {
  const text = string(value);
  const bytes = Buffer.from(text, 'base64');
  const padding = text.endsWith('==') ? 2 : Number(text.endsWith('='));
  // Buffer leaves out what is not Base64, so the length shows whether there was any.
  if (bytes.length === (text.length / 4) * 3 - padding) return bytes;
  throw new KafkaError('protocol', { detail: 'a key or value that is not Base64' });
}
