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

/** How the names and values of headers are to be read. */
export interface HeaderReading {
  /** Returns the name for its text, or `undefined` if this text is no name. */
  readonly name?: (text: string) => string | undefined;
  /** Returns the value for its JSON, or `undefined` if this JSON is no value. */
  readonly value: (json: string) => Uint8Array | null | undefined;
}

/**
 * Returns the headers that JSON stands for: a list as `headersJson` writes it, where the name may
 * also be a `key`; an object of names and values such as `{"a": "text", "b": ["x", "y"]}`; a flat
 * list of names and values such as `["a", "text", "b", null]`; or null for none. A string stands
 * for its text, `null` for Kafka's null, `{"base64": "..."}` for bytes, and other JSON for its own
 * text, unless `reading` says otherwise. Returns `undefined` for anything else, and if a text has
 * half a surrogate pair, which has no bytes.
 */
export function headersOfJson(
  json: string,
  reading: HeaderReading = plain,
): readonly RecordHeader[] | undefined {
  try {
    const scanner = new JsonScanner(json);
    const headers = takeHeaders(scanner, reading);
    scanner.expectEnd();
    return headers;
  } catch (error) {
    if (error instanceof NotHeaders || error instanceof JsonSyntaxError) return undefined;
    throw error;
  }
}

/** Says that the JSON does not have the shape of headers. */
class NotHeaders extends Error {}

function takeHeaders(scanner: JsonScanner, reading: HeaderReading): readonly RecordHeader[] {
  const headers: RecordHeader[] = [];
  const start = scanner.peek();
  if (start === '{') {
    scanner.members((name) => {
      for (const json of takeList(scanner)) headers.push(header(name, json, reading));
    });
  } else if (start !== '[') {
    if (scanner.value() !== 'null') throw new NotHeaders();
  } else if (/^\s*\[\s*"/.test(scanner.text)) return takeFlat(scanner, reading);
  else scanner.elements(() => headers.push(takeHeader(scanner, reading)));
  return headers;
}

function takeFlat(scanner: JsonScanner, reading: HeaderReading): readonly RecordHeader[] {
  const texts: string[] = [];
  scanner.elements(() => texts.push(scanner.value()));
  if (texts.length % 2 > 0 || !texts.every(isText)) throw new NotHeaders();
  return texts.flatMap((name, at) => {
    const value = texts[at + 1];
    return at % 2 > 0 || value === undefined ? [] : [header(nameOf(name), value, reading)];
  });
}

function nameOf(json: string): string {
  if (json === 'null') throw new NotHeaders();
  return unquote(json);
}

/** Returns the texts of a list, each of which is a header of its own, or else the value alone. */
function takeList(scanner: JsonScanner): readonly string[] {
  const json = scanner.value();
  if (!json.startsWith('[')) return [json];
  const values: string[] = [];
  const list = new JsonScanner(json);
  list.elements(() => values.push(list.value()));
  return values.length > 0 && values.every(isText) ? values : [json];
}

/** Whether JSON is a string or null. */
function isText(json: string): boolean {
  return json.startsWith('"') || json === 'null';
}

function takeHeader(scanner: JsonScanner, reading: HeaderReading): RecordHeader {
  if (scanner.peek() !== '{') throw new NotHeaders();
  let name: string | undefined;
  let value: string | undefined;
  scanner.members((member) => {
    switch (member.toLowerCase()) {
      case 'name':
      case 'key':
        if (name !== undefined || scanner.peek() !== '"') throw new NotHeaders();
        name = unquote(scanner.string());
        return;
      case 'value':
      case 'stringvalue':
        if (value !== undefined) throw new NotHeaders();
        value = scanner.value();
        return;
      default:
        throw new NotHeaders();
    }
  });
  if (name === undefined || value === undefined) throw new NotHeaders();
  return header(name, value, reading);
}

function header(name: string, json: string, reading: HeaderReading): RecordHeader {
  const read = reading.name ? reading.name(name) : name;
  const value = reading.value(json);
  if (read === undefined || value === undefined) throw new NotHeaders();
  return { name: whole(read), value };
}

const plain: HeaderReading = {
  value: (json) => {
    if (json === 'null') return null;
    return bytesOfJson(json) ?? Buffer.from(whole(json.startsWith('"') ? unquote(json) : json));
  },
};

function whole(text: string): string {
  if (!text.isWellFormed()) throw new NotHeaders();
  return text;
}
