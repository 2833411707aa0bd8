import { createHash, randomBytes } from 'node:crypto';
import type { TemplateProblem } from './templates';
import { fillHelpers, findTemplates, parseCall, parseHelper, parseRandomInt } from './templates';
import type { Span } from './text';

/** The faker library in one language, as templates call it. */
export interface TemplateFaker {
  /** Begins a series of random values. The same numbers give the same values. */
  seed(seed: readonly number[], now: number): void;
  /**
   * Calls a method by its template name and returns its result. Throws for an unknown name, if too
   * much is asked for, and whatever faker throws.
   */
  call(name: string, args: readonly unknown[]): unknown;
  /** Returns one of the items, at random. */
  oneOf(items: readonly unknown[]): unknown;
}

/** The data that templates are filled in with. */
export interface RenderContext {
  /** The number of the record in this run, counted from 0. */
  readonly index: number;
  /** The seed of the record. Its key, its value and each of its headers start from this seed. */
  readonly seed: readonly number[];
  /** Epoch milliseconds. */
  readonly now: number;
  readonly env: (name: string) => string | undefined;
  /** Needed only if `usesFaker` returns true. */
  readonly faker?: TemplateFaker | undefined;
}

/** Why a template could not be filled in: its place, its name, and the error message of faker. */
export interface RenderProblem extends Span {
  readonly kind: TemplateProblem | 'env-missing' | 'template-failed';
  readonly name: string;
  readonly detail?: string;
}

export type Rendered =
  | { readonly text: string; readonly problem?: never }
  | { readonly text?: never; readonly problem: RenderProblem };

/** Returns whether faker must be loaded to fill in a text. */
export function usesFaker(text: string): boolean {
  return findTemplates(text).some(({ kind, problem }) => kind === 'faker' && !problem);
}

/** Returns a random seed for a run: four unsigned 32-bit numbers. */
export function newSeed(): number[] {
  const bytes = randomBytes(16);
  return [0, 4, 8, 12].map((at) => bytes.readUInt32BE(at));
}

/**
 * Returns the text with its templates filled in, or the problem of the first template that cannot
 * be. `base` is the offset of the text's first character, for the spans of problems. The same
 * context gives the same text. Templates inside a filled-in value are left as they are.
 */
export function render(text: string, context: RenderContext, base = 0): Rendered {
  const templates = findTemplates(text, base).filter(({ problem }) => problem !== 'template-open');
  const random = new Random(context.seed);
  if (templates.some(({ kind }) => kind === 'faker')) {
    context.faker?.seed(context.seed, context.now);
  }
  let rendered = '';
  let at = base;
  for (const { start, end, kind, name, expression, problem } of templates) {
    rendered += text.slice(at - base, start - base);
    at = end;
    try {
      if (problem) throw new Unfilled(problem);
      rendered +=
        kind === 'helper'
          ? fillHelper(expression.text, context, random)
          : fillFaker(expression.text, context, random);
    } catch (error) {
      return { problem: { start, end, name, ...describe(error) } };
    }
  }
  return { text: rendered + text.slice(at - base) };
}

class Unfilled extends Error {
  constructor(readonly kind: RenderProblem['kind']) {
    super(kind);
  }
}

function describe(error: unknown): Pick<RenderProblem, 'kind' | 'detail'> {
  if (error instanceof Unfilled) return { kind: error.kind };
  return { kind: 'template-failed', ...(error instanceof Error && { detail: error.message }) };
}

function fillHelper(expression: string, context: RenderContext, random: Random): string {
  const { name, rest } = parseHelper(expression);
  switch (name) {
    case 'timestamp':
    case 'date.now':
      return String(context.now);
    case 'date.iso':
      return new Date(context.now).toISOString();
    case 'date.unix':
      return String(Math.floor(context.now / 1000));
    case 'index':
      return String(context.index);
    case 'uuid':
      return random.uuid();
    case 'randomInt': {
      const limits = parseRandomInt(rest);
      if (!limits) throw new Unfilled('template-arguments');
      return String(random.integer(limits.low, limits.high));
    }
    default: {
      const value = context.env(name.slice('env.'.length));
      if (value === undefined) throw new Unfilled('env-missing');
      return value;
    }
  }
}

function fillFaker(expression: string, context: RenderContext, random: Random): string {
  const filled = fillHelpers(expression, (helper) => fillHelper(helper, context, random));
  const { name, args, path, problem } = parseCall(filled);
  if (problem) throw new Unfilled(problem);
  const { faker } = context;
  if (!faker) throw new Error('faker is not loaded');
  // Like faker's own templates, take one item of an array, except after a call without parentheses.
  const single = (value: unknown) => (Array.isArray(value) ? faker.oneOf(value) : value);
  let value = faker.call(name, args ?? []);
  if (args || path.length > 0) value = single(value);
  for (const step of path) value = single(member(value, step));
  if (value === undefined || value === null) throw new Unfilled('template-unknown');
  return toText(value);
}

/** Like faker's own templates, except that objects become JSON instead of `[object Object]`. */
function toText(value: unknown): string {
  if (typeof value === 'string' || typeof value === 'number') return String(value);
  if (typeof value === 'bigint' || typeof value === 'boolean') return String(value);
  if (Array.isArray(value)) return value.map(toText).join(',');
  return value instanceof Date ? value.toString() : JSON.stringify(value);
}

/** Returns a member that the value itself owns. Inherited ones and getters would lead to code. */
function member(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
  return Object.getOwnPropertyDescriptor(value, name)?.value;
}

/** A series of random values for the helpers, independent of faker's. */
class Random {
  #calls = 0;

  constructor(private readonly seed: readonly number[]) {}

  /** Returns a version 4 UUID. */
  uuid(): string {
    const bytes = this.#bytes();
    bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x40, 6);
    bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
    const hex = bytes.toString('hex');
    return [0, 8, 12, 16, 20].map((at, part) => hex.slice(at, [8, 12, 16, 20, 32][part])).join('-');
  }

  integer(low: bigint, high: bigint): bigint {
    return low + (BigInt(`0x${this.#bytes().toString('hex')}`) % (high - low + 1n));
  }

  #bytes(): Buffer {
    this.#calls += 1;
    return createHash('sha256')
      .update(JSON.stringify([this.#calls, ...this.seed]))
      .digest();
  }
}
