import { unquote } from '../json/scanner';

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

/** Returns the bytes of a text that is Base64 with its padding, or `undefined` for another text. */
export function bytesOfBase64(text: string): Buffer | undefined {
  if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return undefined;
  return Buffer.from(text, 'base64');
}

/** Returns the bytes of JSON that is a string of Base64, or `undefined` for other JSON. */
export function bytesOfBase64Json(json: string): Buffer | undefined {
  return json.startsWith('"') ? bytesOfBase64(unquote(json)) : undefined;
}
