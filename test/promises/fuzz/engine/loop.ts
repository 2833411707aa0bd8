import { check, type Target } from '../target';
import { mutate } from './mutate';
import { Random } from './random';

export interface LoopOptions {
  readonly seconds: number;
  readonly seed: number;
  /** Inputs to begin with. */
  readonly inputs: readonly Uint8Array[];
  readonly words: readonly string[];
  /** The counters of the branches that the code has. */
  readonly counters: Uint32Array;
  /** Where the input at hand is left, for the case that it is never done with. */
  readonly desk: Desk;
}

export interface Found {
  readonly input: Uint8Array;
  readonly message: string;
}

/** What a run of the fuzzer came to. */
export interface Summary {
  readonly runs: number;
  readonly seconds: number;
  /** Inputs that each went somewhere new. */
  readonly corpus: readonly Uint8Array[];
  /** 1 for each counter that has ever counted. */
  readonly reached: Uint8Array;
  readonly slowest: { readonly input: Uint8Array; readonly milliseconds: number };
  readonly found: readonly Found[];
}

/** Memory that two threads see: how many runs were begun, and the input of the last one. */
export class Desk {
  readonly #head: Int32Array;
  readonly #bytes: Uint8Array;

  constructor(readonly buffer = new SharedArrayBuffer(8 + (1 << 20))) {
    this.#head = new Int32Array(buffer, 0, 2);
    this.#bytes = new Uint8Array(buffer, 8);
  }

  get runs(): number {
    return Atomics.load(this.#head, 0);
  }

  get input(): Buffer {
    return Buffer.from(this.#bytes.subarray(0, Atomics.load(this.#head, 1)));
  }

  put(input: Uint8Array): void {
    this.#bytes.set(input);
    Atomics.store(this.#head, 1, input.length);
    Atomics.add(this.#head, 0, 1);
  }
}

/** A short input that takes longer than this is a finding. */
const SLOW_MS = 3000;
/** How long one finding may be made shorter. */
const SHRINK_MS = 5000;
/** The most different failures that are looked for in one run. */
const MOST_FOUND = 20;

/** Runs a target on inputs that go ever further into its code, for so many seconds. */
export async function fuzz(target: Target, options: LoopOptions): Promise<Summary> {
  const { counters, desk } = options;
  const random = new Random(options.seed);
  const pool = {
    inputs: new Array<Buffer>(),
    words: options.words.map((word) => Buffer.from(word)),
  };
  /** For each counter, the magnitudes of its counts so far, a bit each. */
  const seen = new Uint8Array(counters.length);
  const found = new Map<string, Found>();
  let slowest: Summary['slowest'] = { input: Buffer.from(''), milliseconds: 0 };
  let runs = 0;

  const failureOf = async (input: Buffer): Promise<Error | undefined> => {
    runs += 1;
    desk.put(input);
    counters.fill(0);
    const from = performance.now();
    try {
      const done = check(target, input);
      if (done) await done;
    } catch (error) {
      return error instanceof Error ? error : new Error(String(error));
    }
    const milliseconds = performance.now() - from;
    if (milliseconds > slowest.milliseconds) slowest = { input, milliseconds };
    return milliseconds > SLOW_MS ? new Error('slow') : undefined;
  };
  const isNew = (): boolean => {
    let isNews = false;
    for (let at = 0; at < counters.length; at += 1) {
      const count = counters[at] ?? 0;
      if (count === 0) continue;
      const bit = 1 << Math.min(7, 32 - Math.clz32(count) - 1);
      if (((seen[at] ?? 0) & bit) !== 0) continue;
      seen[at] = (seen[at] ?? 0) | bit;
      isNews = true;
    }
    return isNews;
  };
  const look = async (input: Buffer): Promise<void> => {
    const failure = await failureOf(input);
    if (!failure) {
      if (isNew()) pool.inputs.push(input);
      return;
    }
    const key = keyOf(failure);
    if (found.has(key)) return;
    const small = await shrunk(input, async (each) => {
      const other = await failureOf(each);
      return other !== undefined && keyOf(other) === key;
    });
    found.set(key, { input: small, message: failure.stack ?? failure.message });
  };

  const begin = performance.now();
  for (const input of options.inputs) await look(Buffer.from(input));
  const end = begin + options.seconds * 1000;
  while (performance.now() < end && found.size < MOST_FOUND) {
    // What went somewhere new of late is most likely to lead on.
    const { length } = pool.inputs;
    const recent = random.below(2)
      ? random.below(length)
      : length - 1 - random.below(Math.min(length, 20));
    await look(mutate(pool.inputs[recent] ?? Buffer.from(''), random, pool));
  }
  return {
    runs,
    seconds: (performance.now() - begin) / 1000,
    corpus: pool.inputs,
    reached: seen.map((bits) => (bits === 0 ? 0 : 1)),
    slowest,
    found: [...found.values()],
  };
}

/** Failures that come from the same place are the same. */
function keyOf({ name, message, stack = '' }: Error): string {
  const place = stack.split('\n').find((line) => line.trimStart().startsWith('at ')) ?? message;
  return `${name} ${place.trim()}`;
}

/** A shorter input that still fails, as far as leaving stretches out can make one. */
async function shrunk(input: Buffer, fails: (input: Buffer) => Promise<boolean>): Promise<Buffer> {
  const end = performance.now() + SHRINK_MS;
  let small = input;
  for (let size = small.length >> 1; size > 0; size >>= 1) {
    for (let at = 0; at + size <= small.length && performance.now() < end;) {
      const less = Buffer.concat([small.subarray(0, at), small.subarray(at + size)]);
      if (await fails(less)) small = less;
      else at += size;
    }
  }
  return small;
}
