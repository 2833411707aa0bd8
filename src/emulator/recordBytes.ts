import type { NewRecord, Payload } from '../core/kafka';

/** Returns the size of a record's key, value and headers, in bytes. */
export function recordBytes({
  key = null,
  value,
  headers = [],
}: Pick<NewRecord, 'key' | 'value' | 'headers'>): number {
  return headers.reduce(
    (sum, header) => sum + Buffer.byteLength(header.name) + (header.value?.length ?? 0),
    payloadBytes(key) + payloadBytes(value),
  );
}

function payloadBytes(payload: Payload | null): number {
  if (payload === null) return 0;
  return typeof payload === 'string' ? Buffer.byteLength(payload) : payload.length;
}
