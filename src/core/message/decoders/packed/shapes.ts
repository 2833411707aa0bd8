import { phrase } from '../../../phrase';
import { isUtf8 } from 'node:buffer';
import { type ExactJson, isElements, isMembers, JsonNumber } from '../../../json/exact';
import { decimal } from '../floats';
import { Misfit } from '../schemas/problems';

const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;

/** Objects whose first member has such a name stand for something that JSON does not have. */
export type Words = ReadonlySet<string>;

/** Returns the JSON of a text; of bytes that are no text, an object with them. */
export function textJson(bytes: Buffer): string {
  return isUtf8(bytes) ? JSON.stringify(bytes.toString()) : bytesJson(bytes);
}

export function bytesJson(bytes: Buffer): string {
  return `{"base64":"${bytes.toString('base64')}"}`;
}

/**
 * Returns the JSON of a map: an object, or `{"map":[[key, value], ...]}` if not all keys are texts,
 * or if the object would stand for something else.
 */
export function mapJson(
  pairs: readonly (readonly [key: string, value: string])[],
  words: Words,
): string {
  const [first = ''] = pairs[0] ?? [];
  const isPlain = pairs.every(([key]) => key.startsWith('"')) && !words.has(first.slice(1, -1));
  if (isPlain) return `{${pairs.map(([key, value]) => `${key}:${value}`).join()}}`;
  return `{"map":[${pairs.map(([key, value]) => `[${key},${value}]`).join()}]}`;
}

/** Returns the JSON of a floating point number: with a point, so that it is not taken for another. */
export function floatJson(number: number, text = decimal(number)): string {
  if (!Number.isFinite(number)) return `"${number}"`;
  return /^-?\d+$/.test(text) ? `${text}.0` : text;
}

/** Returns the keys and values of an object, or of what `mapJson` made of a map. */
export function pairsOf(
  json: ReadonlyMap<string, ExactJson>,
): readonly (readonly [key: ExactJson, value: ExactJson])[] {
  const pairs = json.get('map');
  const [first] = json.keys();
  if (first !== 'map' || json.size !== 1) return [...json];
  if (!isElements(pairs)) throw new Misfit(phrase('must be an array of pairs'), ['map']);
  return pairs.map((pair, index) => {
    if (isElements(pair) && pair.length === 2) return [pair[0] ?? null, pair[1] ?? null];
    throw new Misfit(phrase('must be a pair of a key and a value'), ['map', index]);
  });
}

export function bytesOf(json: ExactJson | undefined): Buffer {
  if (typeof json === 'string' && BASE64.test(json)) return Buffer.from(json, 'base64');
  throw new Misfit(phrase('must be Base64'), ['base64']);
}

/** Returns the whole number of JSON; `undefined` if it has a fraction or an exponent. */
export function integerOf(json: ExactJson | undefined): bigint | undefined {
  if (!(json instanceof JsonNumber) || !/^-?\d{1,1000}$/.test(json.text)) return undefined;
  return json.text === '-0' ? undefined : BigInt(json.text);
}

/** Returns a small whole number, such as a tag. */
export function smallOf(json: ExactJson | undefined, min: bigint, max: bigint): bigint {
  const number = integerOf(json);
  if (number !== undefined && number >= min && number <= max) return number;
  throw new Misfit(phrase('must be a whole number from {0} to {1}', String(min), String(max)));
}

/** Returns the object and the word that its first member is, if it is one of these. */
export function wordOf(json: ExactJson, words: Words): string | undefined {
  const [first] = isMembers(json) ? json.keys() : [];
  return first !== undefined && words.has(first) ? first : undefined;
}
