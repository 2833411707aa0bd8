import type { KafkaRecord, Payload } from '../kafka';
import { payloadText } from './parse';

export type NumberFormat = 'double' | 'float' | 'integer' | 'long' | 'short';

/** How text and the bytes of a key or value stand for each other. `none`: not shown. */
export type PayloadFormat =
  | { readonly kind: 'string'; readonly encoding: BufferEncoding }
  | { readonly kind: NumberFormat }
  | { readonly kind: 'none' };

export const UTF8: PayloadFormat = { kind: 'string', encoding: 'utf8' };

export type FormatProblem =
  | 'format-unknown'
  /** `avro(...)`: a spelling that is kept free. */
  | 'format-reserved'
  | 'encoding-unknown';

/** Why a text has no bytes in a format. */
export type EncodeProblem =
  /** Not a number, or not text of the encoding. */
  | 'not-in-format'
  /** A number that does not fit. */
  | 'out-of-range';

/** Why bytes have no text in a format. */
export type DecodeProblem =
  | { readonly kind: 'wrong-size'; readonly expected: number; readonly actual: number }
  /** On the way through a proxy that deals in text, bytes that are not UTF-8 were replaced. */
  | { readonly kind: 'lossy' };

/** Bytes of a number of each format; all are big-endian. */
const SIZES: Readonly<Record<NumberFormat, number>> = {
  double: 8,
  float: 4,
  integer: 4,
  long: 8,
  short: 2,
};

/**
 * Reads `string`, `string(base64)`, `long` and so on, as `key-format` and `value-format` have them.
 * Any encoding of Node will do.
 */
export function parseFormat(text: string): PayloadFormat | FormatProblem {
  const [, name = '', argument = ''] = /^([^(]*)(?:\(([^),]*))?/.exec(text) ?? [];
  const kind = name.trim();
  const encoding = argument.trim().toLowerCase();
  if (kind === 'avro') return 'format-reserved';
  if (kind === 'none' || isNumberFormat(kind)) return { kind };
  if (kind !== 'string') return 'format-unknown';
  if (/^(?:utf-?8)?$/.test(encoding)) return UTF8;
  return Buffer.isEncoding(encoding) ? { kind, encoding } : 'encoding-unknown';
}

/** Whether the payload is the text itself. */
export function isPlain(format: PayloadFormat): boolean {
  return format.kind === 'string' && format.encoding === 'utf8';
}

function isNumberFormat(kind: string): kind is NumberFormat {
  return Object.hasOwn(SIZES, kind);
}

/** The payload that a text stands for, or why there is none. */
export type Encoded =
  | { readonly payload: Payload; readonly problem?: never }
  | { readonly payload?: never; readonly problem: EncodeProblem };

/**
 * The payload that a text stands for: the text itself in UTF-8, else bytes. Integers are exact at
 * any size. As in the extension "Tools for Apache Kafka", what follows a number is ignored (see
 * `isWholeNumber`); but what is no number at all is a problem, and so is a number that does not fit.
 */
export function encode(text: string, format: PayloadFormat): Encoded {
  switch (format.kind) {
    case 'none':
      return { problem: 'not-in-format' };
    case 'string':
      return encodeText(text, format.encoding);
    case 'double':
    case 'float':
      return encodeFloat(text, format.kind);
    case 'integer':
    case 'long':
    case 'short':
      return encodeInteger(text, format.kind);
  }
}

/** Whether the whole text is the number that `encode` takes from its start. */
export function isWholeNumber(text: string, kind: NumberFormat): boolean {
  const pattern = kind === 'double' || kind === 'float' ? FLOAT : INTEGER;
  return pattern.exec(text)?.[0].trim() === text.trim();
}

const INTEGER = /^\s*([+-]?)(0x[0-9a-f]+|\d+)/i;
const FLOAT = /^\s*(?:[+-]?(?:Infinity|(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?)|NaN)/;
const HEX = /^(?:[0-9a-f]{2})*$/i;
const BASE64 = /^[\w+/\s-]*(?:==?\s*)?$/;

function encodeText(text: string, encoding: BufferEncoding): Encoded {
  if (encoding === 'utf8') return { payload: text };
  const valid =
    encoding === 'hex' ? HEX.test(text) : !encoding.startsWith('base64') || BASE64.test(text);
  return valid ? { payload: Buffer.from(text, encoding) } : { problem: 'not-in-format' };
}

function encodeFloat(text: string, kind: 'double' | 'float'): Encoded {
  const match = FLOAT.exec(text)?.[0];
  if (match === undefined) return { problem: 'not-in-format' };
  const number = Number(match);
  const kept = kind === 'double' ? number : Math.fround(number);
  if (!Number.isFinite(kept) && !/[IN]/.test(match)) return { problem: 'out-of-range' };
  const bytes = Buffer.alloc(SIZES[kind]);
  if (kind === 'double') bytes.writeDoubleBE(number);
  else bytes.writeFloatBE(number);
  return { payload: bytes };
}

function encodeInteger(text: string, kind: 'integer' | 'long' | 'short'): Encoded {
  const [, sign, digits] = INTEGER.exec(text) ?? [];
  if (digits === undefined) return { problem: 'not-in-format' };
  // Reading a million digits takes a while, and no format has so many.
  if (/[1-9a-f][0-9a-f]{30}/i.test(digits)) return { problem: 'out-of-range' };
  const number = sign === '-' ? -BigInt(digits) : BigInt(digits);
  const size = SIZES[kind];
  if (BigInt.asIntN(8 * size, number) !== number) return { problem: 'out-of-range' };
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64BE(number);
  return { payload: bytes.subarray(8 - size) };
}

/**
 * A payload as a proxy carries it: as it is where bytes pass (`binary`, see `Capabilities.produce`),
 * else as text. `undefined` if it is not UTF-8 and the proxy deals in text alone: do not send it.
 */
export function carried(payload: Payload, binary: boolean): Payload | undefined {
  return binary ? payload : payloadText(payload);
}

/** The text that a payload stands for, or why there is none. */
export type Decoded =
  | { readonly text: string; readonly problem?: never }
  | { readonly text?: never; readonly problem: DecodeProblem };

/** Shows the bytes of a key or value as text: the inverse of `encode`. `none` gives an empty text. */
export function decode(payload: Payload, format: PayloadFormat): Decoded {
  if (format.kind === 'none') return { text: '' };
  if (isPlain(format) && typeof payload === 'string') return { text: payload };
  const bytes = Buffer.from(payload);
  if (typeof payload === 'string' && payload.includes('\ufffd')) {
    return { problem: { kind: 'lossy' } };
  }
  if (format.kind === 'string') return { text: bytes.toString(format.encoding) };
  const expected = SIZES[format.kind];
  if (bytes.length !== expected) {
    return { problem: { kind: 'wrong-size', expected, actual: bytes.length } };
  }
  return { text: decodeNumber(bytes, format.kind) };
}

function decodeNumber(bytes: Buffer, kind: NumberFormat): string {
  switch (kind) {
    case 'double':
      return decimal(bytes.readDoubleBE());
    case 'float':
      return shortestFloat(bytes.readFloatBE());
    case 'integer':
      return String(bytes.readInt32BE());
    case 'long':
      return String(bytes.readBigInt64BE());
    case 'short':
      return String(bytes.readInt16BE());
  }
}

/** The shortest decimal that stands for this 32-bit number: `0.1`, not `0.10000000149011612`. */
function shortestFloat(number: number): string {
  if (number === 0) return decimal(number);
  for (let digits = 1; digits < 9; digits += 1) {
    const shorter = Number(number.toPrecision(digits));
    if (Math.fround(shorter) === number) return String(shorter);
  }
  return String(number);
}

/** As `String`, but with the sign of a zero that has one. */
function decimal(number: number): string {
  return Object.is(number, -0) ? '-0' : String(number);
}

/** How the two parts of a record are encoded. */
export interface RecordFormats {
  readonly key: PayloadFormat;
  readonly value: PayloadFormat;
}

/**
 * A record with key and value as text in these formats. Where there is no text, `word` puts what is
 * wrong into words, to be shown in its place.
 */
export function decodeRecord(
  record: KafkaRecord,
  formats: RecordFormats,
  word: (problem: DecodeProblem) => string,
): KafkaRecord {
  const shown = (payload: Payload | null, format: PayloadFormat): string | null => {
    if (payload === null) return null;
    const { text, problem } = decode(payload, format);
    return problem ? word(problem) : text;
  };
  return {
    ...record,
    key: shown(record.key, formats.key),
    value: shown(record.value, formats.value),
  };
}
