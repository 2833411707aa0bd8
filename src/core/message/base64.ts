import { unquote } from '../json/scanner';

/** Returns the bytes of a text that is Base64 with its padding, or `undefined` for another text. */
export function bytesOfBase64(text: string): Buffer | undefined {
  if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return undefined;
  return Buffer.from(text, 'base64');
}

/** Returns the bytes of JSON that is a string of Base64, or `undefined` for other JSON. */
export function bytesOfBase64Json(json: string): Buffer | undefined {
  return json.startsWith('"') ? bytesOfBase64(unquote(json)) : undefined;
}
