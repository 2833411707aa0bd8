import { LosslessNumber, parse } from 'lossless-json';
import { KafkaError } from './errors';

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

/** A number that `JSON.parse` could not keep exact, so the text must be parsed anew. */
class InexactError extends ShapeError {}

/**
 * Parses an answer of a server and takes from it what `decode` asks for, 64-bit integers exactly.
 * The text goes through `JSON.parse` first, and through the exact but slower parser only if an
 * integer that was asked for is beyond 2^53. Throws kind `protocol`, with the place in `detail`.
 */
export function decodeJson<T>(text: string, decode: Decoder<T>): T {
  try {
    try {
      return decode(JSON.parse(text));
    } catch (error) {
      if (!(error instanceof InexactError)) throw error;
      return decode(parse(text));
    }
  } catch (error) {
    if (error instanceof ShapeError) throw new KafkaError('protocol', { detail: error.message });
    // The message of a SyntaxError quotes the text, and a RangeError comes from nesting too deep.
    throw new KafkaError('protocol', { detail: 'not JSON' });
  }
}

/** A whole number of any size. */
export function integer(value: unknown): bigint {
  if (typeof value === 'number' && Number.isInteger(value)) {
    if (!Number.isSafeInteger(value)) throw new InexactError('an integer');
    return BigInt(value);
  }
  if (value instanceof LosslessNumber) {
    if (/^-?\d+$/.test(value.value)) return BigInt(value.value);
    const number = Number(value.value);
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

/** What `decode` takes, or `null` for null. */
export function nullable<T>(decode: Decoder<T>): Decoder<T | null> {
  return (value) => (value === null ? null : decode(value));
}

/** The items of an array, each as `decode` takes it. */
export function array<T>(value: unknown, decode: Decoder<T>): T[] {
  if (!Array.isArray(value)) throw new ShapeError('an array');
  return value.map((item: unknown, index) => {
    try {
      return decode(item);
    } catch (error) {
      throw error instanceof ShapeError ? error.under(`[${index}]`) : error;
    }
  });
}

/** One member of an object. */
export function field<T>(value: unknown, name: string, decode: Decoder<T>): T {
  if (!isObject(value)) throw new ShapeError('an object');
  try {
    return decode(Object.hasOwn(value, name) ? value[name] : undefined);
  } catch (error) {
    throw error instanceof ShapeError ? error.under(name) : error;
  }
}

/** One member of an object, or `undefined` where it has none or null. */
export function optionalField<T>(value: unknown, name: string, decode: Decoder<T>): T | undefined {
  return field(value, name, (member) =>
    member === undefined || member === null ? undefined : decode(member),
  );
}

/** A JSON object as parsed here: not an array, and not a number that was kept exact. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof LosslessNumber)
  );
}
