import { KafkaError } from '../errors';
import { parseRaw, RawJson } from './rawJson';

/** Returns a value of parsed JSON, or throws a `ShapeError`. */
export type Decoder<T> = (value: unknown) => T;

/**
 * Says that the JSON has another shape than expected. The message gives the place but no content.
 */
class ShapeError extends Error {
  constructor(
    readonly expected: string,
    private readonly path = '',
  ) {
    super(`${path || 'the response'}: expected ${expected}`);
  }

  under(step: string): ShapeError {
    const joint = this.path === '' || this.path.startsWith('[') ? '' : '.';
    return new ShapeError(this.expected, `${step}${joint}${this.path}`);
  }
}

/** Says that `JSON.parse` did not keep a value exact, so that the text must be parsed again. */
class InexactError extends Error {}

/**
 * Longer integers are refused, because no server sends them on purpose and they take long to read.
 */
const MAX_DIGITS = 400;

/**
 * Parses the JSON response of a server and returns what `decode` takes from it. 64-bit integers are
 * exact. The text is parsed with `JSON.parse` first. If `decode` then asks for an integer beyond
 * 2^53, or for the text of a number, object or array, it is parsed again with a scanner that is
 * exact but slower. Throws a `KafkaError` of kind `protocol`, whose `detail` gives the place.
 */
export function decodeJson<T>(text: string, decode: Decoder<T>): T {
  try {
    try {
      return decode(JSON.parse(text));
    } catch (error) {
      if (!(error instanceof InexactError)) throw error;
      return decode(parseRaw(text));
    }
  } catch (error) {
    if (error instanceof ShapeError) throw new KafkaError('protocol', { detail: error.message });
    // The message of a syntax error is not passed on, because it quotes the text.
    if (!(error instanceof SyntaxError)) throw error;
    throw new KafkaError('protocol', { detail: 'not JSON' });
  }
}

/** Decodes an integer of any size, up to `MAX_DIGITS`. */
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

/** Decodes an integer between -2^53 and 2^53, both exclusive. */
export function smallInteger(value: unknown): number {
  // Nearly each record has some of these, and a way through bigint takes several times as long.
  if (typeof value === 'number' && Number.isSafeInteger(value)) return value;
  const number = Number(integer(value));
  if (!Number.isSafeInteger(number)) throw new ShapeError('an integer below 2^53');
  return number;
}

export function string(value: unknown): string {
  if (typeof value !== 'string') throw new ShapeError('a string');
  return value;
}

/** Returns a string as it is, and any other value as its JSON text, exactly as written. */
export function text(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value instanceof RawJson) return value.json;
  if (value === undefined) throw new ShapeError('a value');
  if (typeof value === 'boolean' || value === null) return String(value);
  throw new InexactError();
}

/** Returns a decoder that accepts `null` and whatever `decode` accepts. */
export function nullable<T>(decode: Decoder<T>): Decoder<T | null> {
  return (value) => (value === null ? null : decode(value));
}

/** Decodes the items of an array. */
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

/** Decodes one member of an object. If it is missing, `decode` gets `undefined`. */
export function field<T>(value: unknown, name: string, decode: Decoder<T>): T {
  const member = memberOf(value, name);
  try {
    return decode(member);
  } catch (error) {
    throw error instanceof ShapeError ? error.under(name) : error;
  }
}

function objectOf(value: unknown): object {
  if (!isObject(value)) throw new ShapeError('an object');
  return value;
}

function memberOf(value: unknown, name: string): unknown {
  if (value instanceof RawJson && value.members) return value.members.get(name);
  if (!isObject(value)) throw new ShapeError('an object');
  return Object.hasOwn(value, name) ? value[name] : undefined;
}

/** Decodes all members of an object, in their order. */
export function memberMap<T>(value: unknown, decode: Decoder<T>): Map<string, T> {
  const names = value instanceof RawJson ? value.members?.keys() : undefined;
  return new Map(
    [...(names ?? Object.keys(objectOf(value)))].map((name) => [name, field(value, name, decode)]),
  );
}

/** Decodes one member of an object. Returns `undefined` if it is missing or null. */
export function optionalField<T>(value: unknown, name: string, decode: Decoder<T>): T | undefined {
  return field(value, name, (member) =>
    member === undefined || member === null ? undefined : decode(member),
  );
}

/** Whether a value that a decoder was given is an array. */
export function isArray(value: unknown): boolean {
  return Array.isArray(value) || (value instanceof RawJson && value.json.startsWith('['));
}

/** Whether a value is an object, but not an array, as `JSON.parse` returns it. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof RawJson)
  );
}
