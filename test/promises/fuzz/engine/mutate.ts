import type { Random } from './random';

/** Longer input finds nothing that shorter input would not, and takes longer. */
export const MAX_BYTES = 4096;

/** Texts that parsers stumble over. */
const UNUSUAL = [
  '\0',
  '\r\n',
  '\r',
  '\u2028',
  '\ufeff',
  '\u202e',
  '\u{1f600}',
  '\u0130',
  '\\',
  '"',
  "'",
  '\\u0000',
  '\\ud800',
  '__proto__',
  'constructor',
  'toString',
  '{"__proto__":{"polluted":1}}',
  '..',
  '/../',
  '%2e%2e',
  '-1',
  '1e400',
  '9007199254740993',
  '9223372036854775808',
  '1'.repeat(40),
  '[['.repeat(20),
  '{"a":'.repeat(20),
  ')'.repeat(20),
] as const;

const EDGES = [
  0, 1, 9, 10, 13, 32, 34, 44, 45, 47, 58, 91, 92, 93, 123, 125, 127, 128, 255,
] as const;

type Mutation = (input: Buffer, random: Random, pool: Pool) => Buffer;

/** What mutations may put in: other inputs, and words. */
export interface Pool {
  readonly inputs: readonly Buffer[];
  readonly words: readonly Buffer[];
}

const mutations: readonly [Mutation, ...Mutation[]] = [
  // A bit, a byte.
  (input, random) => changed(input, random, (byte) => byte ^ (1 << random.below(8))),
  (input, random) => changed(input, random, () => random.of(EDGES)),
  (input, random) => changed(input, random, () => random.below(256)),
  // A stretch: taken out, doubled, put elsewhere, repeated.
  (input, random) => {
    const [from, to] = stretch(input, random);
    return Buffer.concat([input.subarray(0, from), input.subarray(to)]);
  },
  (input, random) => {
    const [from, to] = stretch(input, random);
    return inserted(input, random.below(input.length + 1), input.subarray(from, to));
  },
  (input, random) => {
    const [from, to] = stretch(input, random);
    const times = 2 + random.below(30);
    const part = input.subarray(from, Math.min(to, from + 64));
    return inserted(input, to, Buffer.concat(Array.from({ length: times }, () => part)));
  },
  // Words, for something or in between.
  (input, random, { words }) => {
    const word = random.of(words) ?? Buffer.from('');
    return inserted(input, random.below(input.length + 1), word);
  },
  (input, random, { words }) => {
    const [from, to] = stretch(input, random);
    const word = random.of(words) ?? Buffer.from('');
    return inserted(Buffer.concat([input.subarray(0, from), input.subarray(to)]), from, word);
  },
  (input, random) =>
    inserted(input, random.below(input.length + 1), Buffer.from(random.of(UNUSUAL))),
  // Digits.
  (input, random) =>
    Buffer.from(
      input
        .toString('latin1')
        .replace(/\d+/g, (digits) =>
          random.below(3) > 0 ? digits : String(random.below(2) ? random.below(300) : -1),
        ),
      'latin1',
    ),
  // Another input, for the end or in between.
  (input, random, { inputs }) => {
    const other = random.of(inputs) ?? input;
    const cut = random.below(input.length + 1);
    return Buffer.concat([input.subarray(0, cut), other.subarray(random.below(other.length + 1))]);
  },
  (input, random, { inputs }) => {
    const other = random.of(inputs) ?? input;
    const [from, to] = stretch(other, random);
    return inserted(input, random.below(input.length + 1), other.subarray(from, to));
  },
];

/** The input, changed in one to eight ways; never longer than `MAX_BYTES`. */
export function mutate(input: Buffer, random: Random, pool: Pool): Buffer {
  let result = input;
  for (let left = 1 + random.below(8); left > 0; left -= 1) {
    result = random.of(mutations)(result, random, pool).subarray(0, MAX_BYTES);
  }
  return result;
}

function changed(input: Buffer, random: Random, change: (byte: number) => number): Buffer {
  const copy = Buffer.from(input);
  const at = random.below(copy.length);
  if (copy.length > 0) copy[at] = change(copy[at] ?? 0);
  return copy;
}

function inserted(input: Buffer, at: number, part: Buffer): Buffer {
  return Buffer.concat([input.subarray(0, at), part, input.subarray(at)]);
}

function stretch(input: Buffer, random: Random): readonly [from: number, to: number] {
  const from = random.below(input.length + 1);
  const longest = random.below(2) ? 8 : input.length;
  return [from, Math.min(input.length, from + 1 + random.below(longest + 1))];
}
