import { phrase } from '../../../phrase';
import { type ExactJson, isElements, isMembers, JsonNumber } from '../../../json/exact';
import { shortestFloat } from '../floats';
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
import { readTimestamp, TIMESTAMP, timestampBytes } from './timestamp';

const words: Words = new Set(['base64', 'ext', 'map', 'timestamp']);

/**
 * MessagePack (`spec.md`). The library `@msgpack/msgpack` makes the same of 1 and 1.0 and of most
 * keys of maps, so that bytes would be lost; this reads them into JSON and writes them again.
 *
 * Bytes are `{"base64": "..."}`, extensions `{"ext": 5, "base64": "..."}`, and timestamps
 * `{"timestamp": "2026-01-31T23:59:59.5Z"}`. Integers are written in as few bytes as possible, and
 * all other numbers in 8 bytes, as by most libraries.
 */
export const messagePack = packedCodec({
  name: 'messagepack',
  read: (input) => readValue(input, 0),
  write: (json) => Buffer.concat(writeValue(json, 0)),
});

function readValue(input: Input, depth: number): string {
  if (depth > MAX_DEPTH) throw new PackedError(phrase('it is nested too deeply'));
  const type = input.byte();
  if (type < 0x80) return String(type);
  if (type < 0x90) return readMap(input, type & 15, depth);
  if (type < 0xa0) return readArray(input, type & 15, depth);
  if (type < 0xc0) return textJson(input.take(type & 31));
  if (type >= 0xe0) return String(type - 256);
  if (type >= 0xd4 && type <= 0xd8) return readExtension(input, 2 ** (type - 0xd4));
  switch (type) {
    case 0xc0:
      return 'null';
    case 0xc2:
      return 'false';
    case 0xc3:
      return 'true';
    case 0xc4:
    case 0xc5:
    case 0xc6:
      return bytesJson(input.take(input.count(2 ** (type - 0xc4))));
    case 0xc7:
    case 0xc8:
    case 0xc9:
      return readExtension(input, input.count(2 ** (type - 0xc7)));
    case 0xca: {
      const number = input.take(4).readFloatBE();
      return floatJson(number, shortestFloat(number));
    }
    case 0xcb:
      return floatJson(input.take(8).readDoubleBE());
    case 0xcc:
    case 0xcd:
    case 0xce:
    case 0xcf:
      return String(input.uint(2 ** (type - 0xcc)));
    case 0xd0:
    case 0xd1:
    case 0xd2:
    case 0xd3: {
      const size = 2 ** (type - 0xd0);
      return String(BigInt.asIntN(8 * size, input.uint(size)));
    }
    case 0xd9:
    case 0xda:
    case 0xdb:
      return textJson(input.take(input.count(2 ** (type - 0xd9))));
    case 0xdc:
    case 0xdd:
      return readArray(input, input.count(2 ** (type - 0xdb)), depth);
    case 0xde:
    case 0xdf:
      return readMap(input, input.count(2 ** (type - 0xdd)), depth);
    default:
      throw new PackedError(phrase('a value has a type that there is not'));
  }
}

function readArray(input: Input, count: number, depth: number): string {
  const items: string[] = [];
  for (let index = 0; index < count; index += 1) items.push(readValue(input, depth + 1));
  return `[${items.join()}]`;
}

function readMap(input: Input, count: number, depth: number): string {
  const pairs: (readonly [string, string])[] = [];
  for (let index = 0; index < count; index += 1) {
    const key = readValue(input, depth + 1);
    pairs.push([key, readValue(input, depth + 1)]);
  }
  return mapJson(pairs, words);
}

function readExtension(input: Input, size: number): string {
  const type = input.take(1).readInt8();
  const bytes = input.take(size);
  const time = type === TIMESTAMP ? readTimestamp(bytes) : undefined;
  if (time !== undefined) return `{"timestamp":"${time}"}`;
  return `{"ext":${type},"base64":"${bytes.toString('base64')}"}`;
}

function writeValue(json: ExactJson, depth: number): readonly Uint8Array[] {
  if (depth > MAX_DEPTH) throw new TooLarge();
  if (json === null) return [Uint8Array.of(0xc0)];
  if (typeof json === 'boolean') return [Uint8Array.of(json ? 0xc3 : 0xc2)];
  if (json instanceof JsonNumber) return [writeNumber(json)];
  if (typeof json === 'string') {
    const bytes = utf8Of(json);
    return [
      bytes.length < 32 ? Uint8Array.of(0xa0 | bytes.length) : sized(0xd9, bytes.length, 1),
      bytes,
    ];
  }
  if (isElements(json)) {
    const items = json.flatMap((item, index) => at(index, () => writeValue(item, depth + 1)));
    return [counted(0x90, 0xdc, json.length), ...items];
  }
  return isMembers(json) ? writeMembers(json, depth) : [];
}

function writeMembers(json: ReadonlyMap<string, ExactJson>, depth: number): readonly Uint8Array[] {
  const word = wordOf(json, words);
  if (word === 'timestamp') return extension(TIMESTAMP, timestampBytes(json.get(word)));
  if (word === 'ext') {
    const type = at(word, () => smallOf(json.get(word), -128n, 127n));
    return extension(Number(type), bytesOf(json.get('base64')));
  }
  if (word === 'base64') {
    const bytes = bytesOf(json.get(word));
    return [sized(0xc4, bytes.length, 1), bytes];
  }
  const pairs = pairsOf(json);
  const written = pairs.flatMap(([key, value], index) => [
    ...writeValue(key, depth + 1),
    ...at(typeof key === 'string' ? key : index, () => writeValue(value, depth + 1)),
  ]);
  return [counted(0x80, 0xde, pairs.length), ...written];
}

function writeNumber(json: JsonNumber): Buffer {
  const number = integerOf(json);
  if (number === undefined) {
    const float = Number(json.text);
    if (!Number.isFinite(float)) throw new Misfit(phrase('is too large a number'));
    const bytes = Buffer.alloc(9, 0xcb);
    bytes.writeDoubleBE(float, 1);
    return bytes;
  }
  if (number >= -32n && number < 128n) return uintBytes(number, 1);
  const isNegative = number < 0n;
  for (const [power, size] of [1, 2, 4, 8].entries()) {
    const bits = 8 * size;
    const kept: bigint = isNegative ? BigInt.asIntN(bits, number) : BigInt.asUintN(bits, number);
    if (kept !== number) continue;
    return Buffer.concat([
      Uint8Array.of((isNegative ? 0xd0 : 0xcc) + power),
      uintBytes(number, size),
    ]);
  }
  throw new Misfit(phrase('must be a number from -2^63 to 2^64 - 1'));
}

/** Returns the type and count of an array or a map. */
function counted(small: number, large: number, count: number): Uint8Array {
  return count < 16 ? Uint8Array.of(small | count) : sized(large, count, 2);
}

/** Returns a type for as many bytes as a length takes, and the length. */
function sized(type: number, length: number, least: 1 | 2): Uint8Array {
  const size = length < 256 && least === 1 ? 1 : length < 65_536 ? 2 : 4;
  const step = Math.log2(size / least);
  return Buffer.concat([Uint8Array.of(type + step), uintBytes(BigInt(length), size)]);
}

function extension(type: number, bytes: Buffer): readonly Uint8Array[] {
  const power = [1, 2, 4, 8, 16].indexOf(bytes.length);
  const head = power >= 0 ? Uint8Array.of(0xd4 + power) : sized(0xc7, bytes.length, 1);
  return [head, uintBytes(BigInt(type), 1), bytes];
}
