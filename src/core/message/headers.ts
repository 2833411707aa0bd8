import { isUtf8 } from 'node:buffer';
import { JsonScanner, JsonSyntaxError, unquote } from '../json/scanner';
import type { RecordHeader } from '../kafka';
import { bytesOfJson, jsonOfBytes } from './bytes';

/**
 * Returns headers as one line of JSON, in their order: `[{"name":"a","value":"text"}]`. Several may
 * have the same name. Bytes that are not UTF-8 become `{"base64":"..."}`; `null` is Kafka's null.
 */
export function headersJson(headers: readonly RecordHeader[]): string {
  const items = headers.map(
    ({ name, value }) => `{"name":${JSON.stringify(name)},"value":${valueJson(value)}}`,
  );
  return `[${items.join()}]`;
}

function valueJson(value: Uint8Array | null): string {
  if (value === null) return 'null';
  const text = headerText(value);
  return text === undefined ? jsonOfBytes(value) : JSON.stringify(text);
}

/** Returns the text of a header's value, or `undefined` for bytes that are not UTF-8. */
export function headerText(value: Uint8Array): string | undefined {
  return isUtf8(value) ? Buffer.from(value).toString() : undefined;
}

/** Returns the size of headers in bytes: names and values. */
export function headerBytes(headers: readonly RecordHeader[]): number {
  let bytes = 0;
  for (const { name, value } of headers) bytes += Buffer.byteLength(name) + (value?.length ?? 0);
  return bytes;
}

/**
 * Returns the headers that JSON stands for: a list as `headersJson` writes it, an object of names
 * and values such as `{"a": "text"}`, or null for none. A string stands for its text, `null` for
 * Kafka's null, `{"base64": "..."}` for bytes, and other JSON for its own text. Returns `undefined`
 * for anything else, and if a text has half a surrogate pair, which has no bytes.
 */
export function headersOfJson(json: string): readonly RecordHeader[] | undefined {
  try {
    const scanner = new JsonScanner(json);
    const headers = takeHeaders(scanner);
    scanner.expectEnd();
    return headers;
  } catch (error) {
    if (error instanceof NotHeaders || error instanceof JsonSyntaxError) return undefined;
    throw error;
  }
}

/** Says that the JSON does not have the shape of headers. */
class NotHeaders extends Error {}

function takeHeaders(scanner: JsonScanner): readonly RecordHeader[] {
  const headers: RecordHeader[] = [];
  const start = scanner.peek();
  if (start === '[') scanner.elements(() => headers.push(takeHeader(scanner)));
  else if (start === '{') {
    scanner.members((name) => headers.push({ name: whole(name), value: takeValue(scanner) }));
  } else if (scanner.value() !== 'null') throw new NotHeaders();
  return headers;
}

function takeHeader(scanner: JsonScanner): RecordHeader {
  if (scanner.peek() !== '{') throw new NotHeaders();
  let name: string | undefined;
  let value: Uint8Array | null | undefined;
  scanner.members((member) => {
    if (member === 'name' && name === undefined && scanner.peek() === '"') {
      name = whole(unquote(scanner.string()));
    } else if (member === 'value' && value === undefined) value = takeValue(scanner);
    else throw new NotHeaders();
  });
  if (name === undefined || value === undefined) throw new NotHeaders();
  return { name, value };
}

function takeValue(scanner: JsonScanner): Uint8Array | null {
  const json = scanner.value();
  if (json === 'null') return null;
  return bytesOfJson(json) ?? Buffer.from(whole(json.startsWith('"') ? unquote(json) : json));
}

function whole(text: string): string {
  if (!text.isWellFormed()) throw new NotHeaders();
  return text;
}
