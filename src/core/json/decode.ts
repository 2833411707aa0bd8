import { KafkaError } from '../errors';
import { parseRaw, RawJson } from './rawJson';

/** Takes a value out of parsed JSON, or throws a `ShapeError`. */
export type Decoder<T> = (value: unknown) => T;

/** The JSON has another shape than was asked for. The message tells the place, and no content. */
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

/** A value that `JSON.parse` could not keep exact, so the text must be parsed anew. */
class InexactError extends Error {}

/** A server means no longer integers than this, and they take long to read. */
const MAX_DIGITS = 400;

/**
 * Parses the response of a server and takes from it what `decode` asks for, 64-bit integers exactly.
 * The text goes through `JSON.parse` first. Only if `decode` asks for an integer beyond 2^53, or for a
 * value as it is written, it goes through the exact but slower scanner. Throws kind `protocol`, with the
 * place in `detail`.
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
