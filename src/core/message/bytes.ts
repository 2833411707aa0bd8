const BYTES = /^\s*\{\s*"base64"\s*:\s*"([A-Za-z0-9+/]*={0,2})"\s*\}\s*$/;

/** Returns the bytes of JSON that is exactly `{"base64": "..."}`, or `undefined` for other JSON. */
export function bytesOfJson(json: string): Uint8Array | undefined {
  const text = BYTES.exec(json)?.[1];
  return text === undefined ? undefined : Buffer.from(text, 'base64');
}

/** Returns the JSON for some bytes: `{"base64":"..."}`. */
export function jsonOfBytes(bytes: Uint8Array): string {
  return `{"base64":"${Buffer.from(bytes).toString('base64')}"}`;
}
