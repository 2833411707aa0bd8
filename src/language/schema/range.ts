import type { JsonNode } from './jsonTree';
import { integerOf } from './numbers';
import { type Schema, typesOf } from './walker';

/** Returns the range of numbers that a schema allows; `undefined` if a number is in it. */
export function rangeMissed({ text }: JsonNode, schema: Schema): string | undefined {
  const low = limitOf(schema['minimum'], schema['exclusiveMinimum']);
  const high = limitOf(schema['maximum'], schema['exclusiveMaximum']);
  // Comparing a bigint with a number is exact.
  const number = integerOf(text) ?? Number(text);
  const isAbove = !low || (low.isOut ? number > low.at : number >= low.at);
  const isBelow = !high || (high.isOut ? number < high.at : number <= high.at);
  if (isAbove && isBelow) return undefined;
  const isWhole = typesOf(schema).every((type) => type === 'integer');
  const from = low ? inWords(low, isWhole ? 1n : '>') : '-Infinity';
  return `${from} … ${high ? inWords(high, isWhole ? -1n : '<') : 'Infinity'}`;
}

interface Limit {
  readonly at: number;
  /** Whether the limit itself is not allowed. */
  readonly isOut: boolean;
}

/** Draft 4 says of a limit, by `true`, that it is not allowed itself; later ones have two limits. */
function limitOf(limit: unknown, outer: unknown): Limit | undefined {
  if (typeof outer === 'number') return { at: outer, isOut: true };
  return typeof limit === 'number' ? { at: limit, isOut: outer === true } : undefined;
}

/** `inside`: what leads from a limit that is not allowed to the next number that is. */
function inWords({ at, isOut }: Limit, inside: bigint | '<' | '>'): string {
  const text = Number.isInteger(at) ? String(BigInt(at)) : String(at);
  if (!isOut) return text;
  return typeof inside === 'bigint' && Number.isInteger(at)
    ? String(BigInt(at) + inside)
    : `${typeof inside === 'bigint' ? '' : `${inside} `}${text}`;
}
