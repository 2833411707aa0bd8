import type fc from 'fast-check';

/** Something that reads hostile input, and what must hold of it whatever it is given. */
export interface Target {
  /** What the fuzzer begins with, beside the kept cases in `cases/`: good input, of all kinds. */
  readonly seeds: readonly (string | Uint8Array)[];
  /** Words that matter to it. Those in quotes in the code that it runs are known anyway. */
  readonly words?: readonly string[];
  /** Input with a structure that mutations would be long to find. */
  readonly structured?: fc.Arbitrary<string | Uint8Array>;
  /** Throws what breaks the contract: an assertion, or an error that nobody promised. */
  readonly run: (input: Buffer) => void | Promise<void>;
  /** Ends what it has started. */
  readonly close?: () => Promise<void>;
}

/** What is left of the input after its first byte, which picks one of several ways. */
export function pick(input: Buffer): { readonly way: number; readonly rest: Buffer } {
  return { way: input[0] ?? 0, rest: input.subarray(1) };
}

const PROTOTYPES = [Object, Array, Function, String, Number, Map, Promise, Error].map(
  ({ name, prototype }) => ({ name, prototype: prototype as object }),
);
const KNOWN = new Map(PROTOTYPES.map(({ prototype }) => [prototype, Reflect.ownKeys(prototype)]));

/** Runs a target once. Throws also if a prototype is not what it was, after mending that. */
export function check({ run }: Target, input: Buffer): void | Promise<void> {
  const done = run(input);
  if (done) return done.then(checkPrototypes);
  checkPrototypes();
}

function checkPrototypes(): void {
  for (const { name, prototype } of PROTOTYPES) {
    const known = KNOWN.get(prototype) ?? [];
    const keys = Reflect.ownKeys(prototype);
    if (keys.length === known.length) continue;
    const added = keys.filter((key) => !known.includes(key));
    for (const key of added) Reflect.deleteProperty(prototype, key);
    throw new Error(`${name}.prototype has ${added.map(String).join()}`);
  }
}

/** As `assert.equal`, but for its message, which takes seconds for texts that differ much. */
export function same(actual: string, expected: string, what: string): void {
  if (actual !== expected) throw new Error(`not the same ${what}`);
}
