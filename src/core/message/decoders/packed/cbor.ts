import { phrase } from '../../../phrase';
import { type ExactJson, isElements, isMembers, JsonNumber } from '../../../json/exact';
import { at, Misfit, TooLarge } from '../schemas/problems';
import { utf8Of } from '../schemas/utf8';
import { type Input, MAX_DEPTH, PackedError, uintBytes } from './input';
import { packedCodec } from './packedCodec';
import {
  bytesJson,
  bytesOf,
  floatJson,
  integerOf,
  mapJson,
  pairsOf,
  smallOf,
  textJson,
  wordOf,
  type Words,
} from './shapes';
import { floatBytes, readHalf } from './shortFloats';

const words: Words = new Set(['base64', 'map', 'simple', 'tag']);

/** The types of RFC 8949. */
const [UINT, NEGATIVE, BYTES, TEXT, ARRAY, MAP, TAG, SIMPLE] = [0, 1, 2, 3, 4, 5, 6, 7];
const INDEFINITE = 31;
const BREAK = 0xff;
/** The tags of integers beyond 64 bits. */
const [BIG, BIG_NEGATIVE] = [2n, 3n];
const MAX = 2n ** 64n;
/** Longer integers than this take long to turn into digits. */
const MAX_BIG_BYTES = 400;

/**
 * CBOR (RFC 8949). The library `cborg` makes the same of 1 and 1.0 and refuses most tags, so that
 * bytes would be lost; this reads them into JSON and writes them again, in the preferred form of
 * the RFC: everything in as few bytes as possible.
 *
 * Bytes are `{"base64": "..."}`, tagged values `{"tag": 1, "value": 5}`, and simple values without
 * a name `{"simple": 23}`. Integers of any size are numbers.
 */
export const cbor = packedCodec({
  name: 'cbor',
  read: (input) => readValue(input, 0),
  write: (json) => Buffer.concat(writeValue(json, 0)),
});

function readValue(input: Input, depth: number): string {
  if (depth > MAX_DEPTH) throw new PackedError(phrase('it is nested too deeply'));
  const head = input.byte();
  const [type, more] = [head >>> 5, head & 31];
  if (type === SIMPLE) return readSimple(input, more);
  if (more === INDEFINITE) return readIndefinite(input, type, depth);
  const argument = readArgument(input, more);
  switch (type) {
    case UINT:
      return String(argument);
    case NEGATIVE:
      return String(-1n - argument);
    case BYTES:
      return bytesJson(input.take(Number(argument)));
    case TEXT:
      return textJson(input.take(Number(argument)));
    case ARRAY: {
      const items: string[] = [];
      for (let left = argument; left > 0n; left -= 1n) items.push(readValue(input, depth + 1));
      return `[${items.join()}]`;
    }
    case MAP: {
      const pairs: (readonly [string, string])[] = [];
      for (let left = argument; left > 0n; left -= 1n) pairs.push(readPair(input, depth));
      return mapJson(pairs, words);
    }
    default:
      return readTagged(input, argument, depth);
  }
}

function readArgument(input: Input, more: number): bigint {
  if (more < 24) return BigInt(more);
  if (more > 27) throw new PackedError(phrase('a value has a type that there is not'));
  return input.uint(2 ** (more - 24));
}

function readPair(input: Input, depth: number): readonly [string, string] {
  const key = readValue(input, depth + 1);
  return [key, readValue(input, depth + 1)];
}

function readIndefinite(input: Input, type: number, depth: number): string {
  const items: string[] = [];
  const pairs: (readonly [string, string])[] = [];
  const chunks: Buffer[] = [];
  for (; input.peek() !== BREAK;) {
    if (type === ARRAY) items.push(readValue(input, depth + 1));
    else if (type === MAP) pairs.push(readPair(input, depth));
    else if (type === BYTES || type === TEXT) {
      const head = input.byte();
      if (head >>> 5 !== type)
        throw new PackedError(phrase('a part of a text or of bytes is none'));
      chunks.push(input.take(Number(readArgument(input, head & 31))));
    } else throw new PackedError(phrase('a value has a type that there is not'));
  }
  input.byte();
  if (type === ARRAY) return `[${items.join()}]`;
  if (type === MAP) return mapJson(pairs, words);
  return (type === TEXT ? textJson : bytesJson)(Buffer.concat(chunks));
}

function readSimple(input: Input, more: number): string {
  switch (more) {
    case 20:
      return 'false';
    case 21:
      return 'true';
    case 22:
      return 'null';
    case 24: {
      const value = input.byte();
      if (value < 32) throw new PackedError(phrase('a simple value is not in its only form'));
      return `{"simple":${value}}`;
    }
    case 25:
      return floatJson(readHalf(input.take(2)));
    case 26:
      return floatJson(input.take(4).readFloatBE());
    case 27:
      return floatJson(input.take(8).readDoubleBE());
    default:
      if (more >= 24) throw new PackedError(phrase('a value has a type that there is not'));
      return `{"simple":${more}}`;
  }
}

function readTagged(input: Input, tag: bigint, depth: number): string {
  const big = tag === BIG || tag === BIG_NEGATIVE ? readBig(input) : undefined;
  if (big !== undefined) return String(tag === BIG ? big : -1n - big);
  return `{"tag":${tag},"value":${readValue(input, depth + 1)}}`;
}

/** Reads an integer beyond 64 bits; `undefined` if it is not one that is written so. */
function readBig(input: Input): bigint | undefined {
  const head = input.peek() ?? 0;
  if (head >>> 5 !== BYTES || (head & 31) > 25) return undefined;
  input.byte();
  const bytes = input.take(Number(readArgument(input, head & 31)));
  if (bytes.length > MAX_BIG_BYTES) throw new PackedError(phrase('an integer is too large'));
  return BigInt(`0x0${bytes.toString('hex')}`);
}

function writeValue(json: ExactJson, depth: number): readonly Uint8Array[] {
  if (depth > MAX_DEPTH) throw new TooLarge();
  if (json === null) return [Uint8Array.of(0xf6)];
  if (typeof json === 'boolean') return [Uint8Array.of(json ? 0xf5 : 0xf4)];
  if (json instanceof JsonNumber) return writeNumber(json);
  if (typeof json === 'string') return sized(TEXT, utf8Of(json));
  if (isElements(json)) {
    const items = json.flatMap((item, index) => at(index, () => writeValue(item, depth + 1)));
    return [head(ARRAY, BigInt(json.length)), ...items];
  }
  return isMembers(json) ? writeMembers(json, depth) : [];
}

function writeMembers(json: ReadonlyMap<string, ExactJson>, depth: number): readonly Uint8Array[] {
  const word = wordOf(json, words);
  if (word === 'base64') return sized(BYTES, bytesOf(json.get(word)));
  if (word === 'simple') {
    const value = Number(at(word, () => smallOf(json.get(word), 0n, 255n)));
    if (value >= 24 && value < 32) throw new Misfit(phrase('is no simple value'), [word]);
    return [value < 24 ? Uint8Array.of(0xe0 | value) : Uint8Array.of(0xf8, value)];
  }
  if (word === 'tag') {
    const tag = at(word, () => smallOf(json.get(word), 0n, MAX - 1n));
    return [head(TAG, tag), ...at('value', () => writeValue(json.get('value') ?? null, depth + 1))];
  }
  const pairs = pairsOf(json);
  const written = pairs.flatMap(([key, value], index) => [
    ...writeValue(key, depth + 1),
    ...at(typeof key === 'string' ? key : index, () => writeValue(value, depth + 1)),
  ]);
  return [head(MAP, BigInt(pairs.length)), ...written];
}

function writeNumber(json: JsonNumber): readonly Uint8Array[] {
  const number = integerOf(json);
  if (number === undefined) {
    const float = Number(json.text);
    if (!Number.isFinite(float)) throw new Misfit(phrase('is too large a number'));
    return [floatBytes(float)];
  }
  const size = number < 0n ? -1n - number : number;
  if (size < MAX) return [head(number < 0n ? NEGATIVE : UINT, size)];
  const hex = size.toString(16);
  const bytes = Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex');
  return [head(TAG, number < 0n ? BIG_NEGATIVE : BIG), ...sized(BYTES, bytes)];
}

function sized(type: number, bytes: Buffer): readonly Uint8Array[] {
  return [head(type, BigInt(bytes.length)), bytes];
}

/** Returns a type and its argument, in as few bytes as possible. */
function head(type: number, argument: bigint): Uint8Array {
  if (argument < 24n) return Uint8Array.of((type << 5) | Number(argument));
  const power = [8n, 16n, 32n].findIndex((bits) => argument < 1n << bits);
  const step = power < 0 ? 3 : power;
  const start = Uint8Array.of((type << 5) | (24 + step));
  return Buffer.concat([start, uintBytes(argument, 2 ** step)]);
}
