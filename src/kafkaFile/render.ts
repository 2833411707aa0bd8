import { createHash, randomBytes } from 'node:crypto';
import { nearest } from '../core/text/nearest';
import { parseCall } from './faker/call';
import type { TemplateFaker } from './faker/templateFaker';
import { suggestTemplates } from './suggestions';
import type { Template, TemplateProblem } from './templates';
import { fillHelpers, findTemplates, isRefused, parseHelper, parseRandomInt } from './templates';
import type { Span } from './text';

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

/** What is wrong with a template: its place, its name, and perhaps the error message of faker. */
export interface RenderProblem extends Span, Omit<TemplateProblem, 'kind'> {
  readonly kind: TemplateProblem['kind'] | 'env-missing' | 'template-failed';
  readonly name: string;
}

export type Rendered =
  | { readonly text: string; readonly problem?: never }
  | { readonly text?: never; readonly problem: RenderProblem };

/** Returns whether faker must be loaded to fill in a text. */
export function usesFaker(text: string): boolean {
  return findTemplates(text).some(
    (template) => template.kind === 'faker' && !isRefused(template) && !isOpen(template),
  );
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
  const templates = findTemplates(text, base).filter((template) => !isOpen(template));
  const random = new Random(context.seed);
  if (templates.some(({ kind }) => kind === 'faker')) {
    context.faker?.seed(context.seed, context.now);
  }
  let rendered = '';
  let at = base;
  for (const template of templates) {
    const { start, end, kind, name, expression, problem } = template;
    rendered += text.slice(at - base, start - base);
    at = end;
    try {
      if (problem && isRefused(template)) throw new Unfilled(problem);
      rendered +=
        kind === 'helper'
          ? fillHelper(expression.text, context, random)
          : fillFaker(expression.text, context, random);
    } catch (error) {
      return { problem: { start, end, name, ...describe(error, name) } };
    }
  }
  return { text: rendered + text.slice(at - base) };
}

function isOpen({ problem }: Template): boolean {
  return problem?.kind === 'template-open';
}

type Failure = Omit<RenderProblem, 'start' | 'end' | 'name'> & Partial<Pick<RenderProblem, 'name'>>;

class Unfilled extends Error {
  constructor(readonly failure: Failure) {
    super(failure.kind);
  }
}

function describe(error: unknown, name: string): Failure {
  if (!(error instanceof Unfilled)) {
    return { kind: 'template-failed', ...(error instanceof Error && { detail: error.message }) };
  }
  const { failure } = error;
  return failure.kind === 'template-unknown' && !failure.suggestions
    ? { ...failure, suggestions: suggestTemplates(name) }
    : failure;
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
      if (!limits) throw new Unfilled({ kind: 'template-arguments' });
      return String(random.integer(limits.low, limits.high));
    }
    default: {
      const value = context.env(name.slice('env.'.length));
      if (value === undefined) throw new Unfilled({ kind: 'env-missing' });
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
  let at = name;
  for (const step of path) {
    const whole = value;
    value = single(member(whole, step));
    if (value === undefined) throw noMember(at, whole, step);
    at += `.${step}`;
  }
  if (value === undefined || value === null) throw new Unfilled({ kind: 'template-unknown' });
  return toText(value);
}

/** Returns the error that a value has no such part, with the parts that it has. */
function noMember(name: string, whole: unknown, step: string): Unfilled {
  const names = typeof whole === 'object' && whole !== null ? Object.keys(whole) : [];
  const close = nearest(step, names);
  const suggestions = (close.length > 0 ? close : names.slice(0, 3)).map(
    (each) => `${name}.${each}`,
  );
  return new Unfilled({ kind: 'template-unknown', name: `${name}.${step}`, suggestions });
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
