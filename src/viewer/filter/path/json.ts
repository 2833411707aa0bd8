import { compareDecimals } from './decimals';

/** A JSON value. Numbers that a double may not hold exactly are `ExactNumber`s, if it was asked for. */
export type Json = null | boolean | number | string | ExactNumber | readonly Json[] | JsonObject;

export interface JsonObject {
  readonly [name: string]: Json;
}

/** A number with all of its digits. */
export class ExactNumber {
  readonly double: number;

  constructor(readonly digits: string) {
    this.double = Number(digits);
  }
}

/** Matches numbers that a double may not hold exactly: 16 digits or more, or a huge exponent. */
const INEXACT = /[\d.]{16}|\de[+-]?\d{3}/i;

/** Returns whether a text may hold a number that a double does not hold exactly. */
export function mayBeInexact(text: string): boolean {
  return INEXACT.test(text);
}

/** Returns the number that these digits mean. */
export function exactNumber(digits: string): number | ExactNumber {
  return INEXACT.test(digits) ? new ExactNumber(digits) : Number(digits);
}

export function isArray(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

export function isObject(value: Json): value is JsonObject {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof ExactNumber)
  );
}

export function isNumber(value: Json | undefined): value is number | ExactNumber {
  return typeof value === 'number' || value instanceof ExactNumber;
}

/** Returns the member with this name; `undefined` if there is none. */
export function member(value: Json, name: string): Json | undefined {
  return isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}

/** Compares numbers exactly. */
export class NumberOrder {
  #inDoubt = false;

  /**
   * Returns whether numbers were equal as doubles since the last call. If doubles were made from
   * text, the numbers may have differed there.
   */
  takeDoubt(): boolean {
    const inDoubt = this.#inDoubt;
    this.#inDoubt = false;
    return inDoubt;
  }

  /** Returns a negative number if the first one is smaller, and 0 if they are equal. */
  compare(a: number | ExactNumber, b: number | ExactNumber): number {
    const [first, second] = [double(a), double(b)];
    // Rounding keeps the order, so only numbers that round to the same are in doubt.
    if (first !== second) return first < second ? -1 : 1;
    this.#inDoubt = true;
    if (typeof a === 'number' && typeof b === 'number') return 0;
    return compareDecimals(digits(a), digits(b));
  }
}

function double(number: number | ExactNumber): number {
  return typeof number === 'number' ? number : number.double;
}

function digits(number: number | ExactNumber): string {
  return typeof number === 'number' ? String(number) : number.digits;
}

/** Compares texts by code points. Returns a negative number if the first one is smaller. */
export function compareTexts(a: string, b: string): number {
  // The bytes of UTF-8 have the same order.
  return a === b ? 0 : Buffer.compare(Buffer.from(a), Buffer.from(b));
}

const TOKEN = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\]:,]|[^\s{}[\]:,"]+/gs;

/**
 * Returns the value of a text that `JSON.parse` accepts, with exact numbers. The depth is not
 * limited by the stack. If members have the same name, the last counts.
 */
export function parseExact(text: string): Json {
  /** The values of the open arrays, and the names and values of the open objects. */
  const open: Json[][] = [];
  let values: Json[] = [];
  for (const [token] of text.matchAll(TOKEN)) {
    switch (token) {
      case '[':
      case '{':
        open.push(values);
        values = [];
        break;
      case ']':
      case '}': {
        const closed = token === ']' ? values : toObject(values);
        values = open.pop() ?? [];
        values.push(closed);
        break;
      }
      case ',':
      case ':':
        break;
      default:
        values.push(/^[-\d]/.test(token) ? exactNumber(token) : parse(token));
    }
  }
  return values[0] ?? null;
}

/** Returns the object with these names and values, which alternate. */
function toObject(values: readonly Json[]): JsonObject {
  const members: [string, Json][] = [];
  for (let at = 0; at < values.length; at += 2) {
    const [name, value = null] = values.slice(at, at + 2);
    if (typeof name === 'string') members.push([name, value]);
  }
  return Object.fromEntries(members);
}

/** Parses JSON. Throws if it is none. */
export const parse: (text: string) => Json = JSON.parse;
