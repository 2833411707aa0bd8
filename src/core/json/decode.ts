import { KafkaError } from '../errors';
import {
  BACKSLASH,
  CLOSE_ARRAY,
  CLOSE_OBJECT,
  COLON,
  COMMA,
  OPEN_ARRAY,
  OPEN_OBJECT,
  QUOTE,
} from './bytes';
import { JsonScanner, unquote } from './scanner';
import { utf8Text } from '../text/utf8';

/** Takes a value out of parsed JSON, or throws a `ShapeError`. */
export type Decoder<T> = (value: unknown) => T;

/** The JSON has another shape than was asked for. The message tells where, but none of its content. */
class ShapeError extends Error {
  constructor(
    readonly expected: string,
    private readonly path = '',
  ) {
    super(`${path || 'the answer'}: expected ${expected}`);
  }

  under(step: string): ShapeError {
    const joint = this.path === '' || this.path.startsWith('[') ? '' : '.';
    return new ShapeError(this.expected, `${step}${joint}${this.path}`);
  }
}

/** A value that `JSON.parse` could not keep exact, so the text must be parsed anew. */
class InexactError extends Error {}

/** A number, an object or an array as it is written, taken apart when that is asked for. */
class RawJson {
  #members: ReadonlyMap<string, unknown> | undefined;

  /** `json` is valid JSON, without blanks before it. */
  constructor(readonly json: string) {}

  get items(): readonly unknown[] | undefined {
    if (!this.json.startsWith('[')) return undefined;
    const scanner = new JsonScanner(this.json);
    const items: unknown[] = [];
    scanner.elements(() => items.push(read(scanner.value())));
    return items;
  }

  /** Of several members with one name the last counts, as in `JSON.parse`. */
  get members(): ReadonlyMap<string, unknown> | undefined {
    if (!this.json.startsWith('{')) return undefined;
    if (this.#members) return this.#members;
    const scanner = new JsonScanner(this.json);
    const members = new Map<string, unknown>();
    scanner.members((name) => members.set(name, read(scanner.value())));
    return (this.#members = members);
  }
}

/** What valid JSON without blanks before it stands for, as `JSON.parse` has it but for `Written`. */
function read(json: string): unknown {
  switch (json.charAt(0)) {
    case '"':
      return unquote(json);
    case 't':
    case 'f':
      return json.startsWith('t');
    case 'n':
      return null;
    default:
      return new RawJson(json);
  }
}

/** Longer integers are none that a server means, and take long to read. */
const MAX_DIGITS = 400;

/**
 * Parses an answer of a server and takes from it what `decode` asks for, 64-bit integers exactly.
 * The text goes through `JSON.parse` first, and through the exact but slower scanner only if an
 * integer that was asked for is beyond 2^53, or a value as it is written. Throws kind `protocol`, with
 * the place in `detail`.
 */
export function decodeJson<T>(text: string, decode: Decoder<T>): T {
  try {
    try {
      return decode(JSON.parse(text));
    } catch (error) {
      if (!(error instanceof InexactError)) throw error;
      return decode(read(new JsonScanner(text).value()));
    }
  } catch (error) {
    if (error instanceof ShapeError) throw new KafkaError('protocol', { detail: error.message });
    // Its message quotes the text.
    if (!(error instanceof SyntaxError)) throw error;
    throw new KafkaError('protocol', { detail: 'not JSON' });
  }
}

/** A whole number of any size. */
export function integer(value: unknown): bigint {
  if (typeof value === 'number' && Number.isInteger(value)) {
    if (!Number.isSafeInteger(value)) throw new InexactError();
    return BigInt(value);
  }
  if (value instanceof RawJson && value.json.length <= MAX_DIGITS) {
    if (/^-?\d+$/.test(value.json)) return BigInt(value.json);
    const number = Number(value.json);
    if (Number.isSafeInteger(number)) return BigInt(number);
  }
  throw new ShapeError('an integer');
}

/** A whole number up to 2^53. */
export function smallInteger(value: unknown): number {
  if (typeof value === 'number' && Number.isSafeInteger(value)) return value;
  const number = Number(integer(value));
  if (!Number.isSafeInteger(number)) throw new ShapeError('an integer below 2^53');
  return number;
}

export function string(value: unknown): string {
  if (typeof value !== 'string') throw new ShapeError('a string');
  return value;
}

/** A string, or the JSON text of any other value, as it is written. */
export function text(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value instanceof RawJson) return value.json;
  if (value === undefined) throw new ShapeError('a value');
  if (typeof value === 'boolean' || value === null) return String(value);
  throw new InexactError();
}

/** What `decode` takes, or `null` for null. */
export function nullable<T>(decode: Decoder<T>): Decoder<T | null> {
  return (value) => (value === null ? null : decode(value));
}

/** The items of an array, each as `decode` takes it. */
export function array<T>(value: unknown, decode: Decoder<T>): T[] {
  const items: unknown = value instanceof RawJson ? value.items : value;
  if (!Array.isArray(items)) throw new ShapeError('an array');
  return items.map((item: unknown, index) => {
    try {
      return decode(item);
    } catch (error) {
      throw error instanceof ShapeError ? error.under(`[${index}]`) : error;
    }
  });
}

/** One member of an object. */
export function field<T>(value: unknown, name: string, decode: Decoder<T>): T {
  const member = memberOf(value, name);
  try {
    return decode(member);
  } catch (error) {
    throw error instanceof ShapeError ? error.under(name) : error;
  }
}

function memberOf(value: unknown, name: string): unknown {
  if (value instanceof RawJson && value.members) return value.members.get(name);
  if (!isObject(value)) throw new ShapeError('an object');
  return Object.hasOwn(value, name) ? value[name] : undefined;
}

/** One member of an object, or `undefined` where it has none or null. */
export function optionalField<T>(value: unknown, name: string, decode: Decoder<T>): T | undefined {
  return field(value, name, (member) =>
    member === undefined || member === null ? undefined : decode(member),
  );
}

/** Whether this is an array, for a decoder. */
export function isArray(value: unknown): boolean {
  return Array.isArray(value) || (value instanceof RawJson && value.json.startsWith('['));
}

/** Whether this is an object as `JSON.parse` gives it: not an array. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof RawJson)
  );
}

/** Whether the text is one JSON value and nothing else but blanks. */
export function isJson(text: string): boolean {
  // Saves most texts that are not JSON the cost of an exception.
  if (!/^[ \t\n\r]*[{["\d\-tfn]/.test(text)) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/**
 * Lays out valid JSON over several lines, two spaces a level; every number and string stays as it is
 * written. All lines but the first begin with `margin` more spaces. Neither depth nor length is
 * limited by the stack. Below a depth of 100, lines go no further in, and once the blanks are twice the
 * text and more, what lies deep is not broken into lines any more: a text of brackets alone would grow
 * with its square. A text with half a surrogate pair, which bytes cannot hold, is returned
 * as it is; for a text that is not JSON the result is of no use.
 */
export function indentJson(text: string, margin = 0): string {
  if (!text.isWellFormed()) return text;
  // Copying bytes is faster than cutting strings and joining them.
  const source = Buffer.from(text);
  let target = Buffer.allocUnsafe(2 * source.length + 1024);
  let size = 0;
  let level = 0;
  let breakNext = false;
  let blanks = 2 * source.length + MIN_BLANKS;
  for (let at = 0; at < source.length;) {
    const byte = source[at++] ?? 0;
    if (byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09) continue;

    const closes = byte === CLOSE_OBJECT || byte === CLOSE_ARRAY;
    if (closes) level--;
    // Each opening bracket stands two before its closing one: an empty object or array stays closed.
    const breaks = closes ? target[size - 1] !== byte - 2 : breakNext;
    if (breaks && (blanks > 0 || level < ALWAYS_BROKEN)) {
      const spaces = margin + 2 * Math.min(level, MAX_INDENTED_LEVEL);
      // What is left takes two bytes each at the most, its own breaks apart.
      const needed = size + 1 + spaces + 2 * (source.length - at + 1);
      if (needed > target.length) target = Buffer.concat([target.subarray(0, size)], 2 * needed);
      blanks -= 1 + spaces;
      target[size++] = 0x0a;
      for (let space = 0; space < spaces; space++) target[size++] = 0x20;
    }
    breakNext = false;
    target[size++] = byte;

    if (byte === QUOTE) {
      const end = endOfString(source, at);
      // For short strings the call costs more than it saves.
      if (end - at > 64) size += source.copy(target, size, at, end);
      else for (let inside = at; inside < end; inside++) target[size++] = source[inside] ?? 0;
      at = end;
    } else if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) {
      level++;
      breakNext = true;
    } else if (byte === COMMA) {
      breakNext = true;
    } else if (byte === COLON) {
      target[size++] = 0x20;
    }
  }
  return utf8Text(target.subarray(0, size));
}

/** The index after the quote that closes the string whose first character is at `from`. */
export function endOfString(source: Buffer, from: number): number {
  let at = from;
  for (; at < from + 32; at++) {
    if (source[at] === QUOTE) return at + 1;
    if (source[at] === BACKSLASH) at++;
  }
  // A long string: native search, and every second backslash before a quote escapes the one before.
  for (;;) {
    const quote = source.indexOf(QUOTE, at);
    if (quote < 0) return source.length;
    let escapes = 0;
    while (quote - 1 - escapes >= at && source[quote - 1 - escapes] === BACKSLASH) escapes++;
    if (escapes % 2 === 0) return quote + 1;
    at = quote + 1;
  }
}

const MAX_INDENTED_LEVEL = 100;
/** So many blanks every text may get, in bytes. */
const MIN_BLANKS = 4 * 1024 * 1024;
/** Records and their members always begin a line. */
const ALWAYS_BROKEN = 2;
