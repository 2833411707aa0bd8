import { isTemplateName } from './templateNames';
import type { Span, Text } from './text';

/** Why a template cannot be filled in. */
export type TemplateProblem =
  /** There is no such template. Nothing is sent. */
  | 'template-unknown'
  /** The arguments are not JSON, or the helper does not accept them. */
  | 'template-arguments'
  /** `}}` is missing, so the text is sent unchanged. */
  | 'template-open';

/** `{{...}}` in a key, header or value. The span includes the braces. */
export interface Template extends Span {
  /** `helper`: `$` before the name, filled in by us. `faker`: filled in by the faker library. */
  readonly kind: 'helper' | 'faker';
  /** `$index`, `person.firstName`: without arguments, and without the path after a faker call. */
  readonly name: string;
  /** The text between the braces. */
  readonly expression: Text;
  readonly problem?: TemplateProblem;
}

/** The parts of `module.method(arguments).path`. */
export interface FakerCall {
  readonly name: string;
  /** Missing if the method is called without parentheses. */
  readonly args?: readonly unknown[];
  readonly path: readonly string[];
  readonly problem?: TemplateProblem;
}

const START = /\{\{(?=[a-z]|\$[A-Za-z])/g;
const HELPER = /\{\{\$([A-Za-z][^{}\r\n]*)\}\}/g;
const HELPER_NAME = /^\$([\w.]+)/;
const CALL_HEAD = /^[a-z]\w*\.\w+/;
/**
 * The longest template, in UTF-16 units. Without a limit, a search for the end at every `{{`
 * would take quadratic time.
 */
const MAX_LENGTH = 10_000;

/**
 * Returns the templates of a text, in order. `base` is the offset of the text's first character. As
 * with faker, `{{` begins a template only before a small letter, or before `$` and a letter. So
 * `{{ person.x }}` is not a template, and the brackets of JSON never begin one.
 */
export function findTemplates(text: string, base = 0): Template[] {
  const templates: Template[] = [];
  if (!text.includes('{{')) return templates;
  START.lastIndex = 0;
  let first = 0;
  for (let match = START.exec(text); match; match = START.exec(text)) {
    const start = match.index;
    const inner = start + 2;
    const kind = text[inner] === '$' ? 'helper' : 'faker';
    if (first >= 0 && first < inner) first = text.indexOf('}}', inner);
    const closed = first < 0 ? undefined : closing(text, inner, first, kind);
    if (!closed) {
      const [name = ''] = /^\$?[\w.]*\w/.exec(text.slice(inner, inner + 80)) ?? [];
      if (!isTemplateName(name) && !isHelper(name)) continue;
      const expression = { start: base + inner, end: base + inner + name.length, text: name };
      const span = { start: base + start, end: expression.end };
      templates.push({ ...span, kind, name, expression, problem: 'template-open' });
      continue;
    }
    const { close, name, problem } = closed;
    START.lastIndex = close + 2;
    templates.push({
      start: base + start,
      end: base + close + 2,
      kind,
      expression: { start: base + inner, end: base + close, text: text.slice(inner, close) },
      name,
      ...(problem && { problem }),
    });
  }
  return templates;
}

interface Closed {
  /** The index of the closing `}}`. */
  readonly close: number;
  readonly name: string;
  readonly problem?: TemplateProblem;
}

/**
 * Returns the end of a template whose expression begins at `inner`, or `undefined` if the template
 * would be too long. `first` is the index of the next `}}`.
 */
function closing(
  text: string,
  inner: number,
  first: number,
  kind: Template['kind'],
): Closed | undefined {
  const last = inner + MAX_LENGTH;
  if (first > last) return undefined;
  const read = (close: number): Closed => {
    const expression = text.slice(inner, close);
    return { close, ...(kind === 'helper' ? checkHelper(expression) : parseCall(expression)) };
  };
  if (kind === 'helper') return read(first);
  // Inside arguments, `}}` may close objects or be part of a string.
  const [head = ''] = CALL_HEAD.exec(text.slice(inner, first)) ?? [];
  const open = inner + head.length;
  const isCall = isTemplateName(head) && text[open] === '(';
  const end = isCall ? argumentsEnd(text, open, last) : -1;
  const close = end < first ? first : text.indexOf('}}', end);
  const longer = close > first && close <= last ? read(close) : undefined;
  return longer && longer.problem !== 'template-arguments' ? longer : read(first);
}

/**
 * Returns the index of the first `)` between `open`, the index of a `(`, and `last` that is not
 * inside a string; -1 if there is none.
 */
function argumentsEnd(text: string, open: number, last = text.length): number {
  let quoted = false;
  for (let at = open + 1; at < text.length && at < last; at += 1) {
    const character = text[at];
    if (character === '"') quoted = !quoted;
    else if (quoted && character === '\\') at += 1;
    else if (!quoted && character === ')') return at;
  }
  return -1;
}

/** Parses the inside of a faker template. Arguments are JSON; a bare word counts as a string. */
export function parseCall(expression: string): FakerCall {
  const [name = ''] = CALL_HEAD.exec(expression) ?? [];
  if (!isTemplateName(name)) {
    return { name: expression.split('(', 1)[0] ?? '', path: [], problem: 'template-unknown' };
  }
  if (name.length === expression.length) return { name, path: [] };
  const rest = expression.slice(name.length).replace(HELPER, '0');
  if (!rest.startsWith('(')) return { name, ...parsePath(rest) };
  const close = argumentsEnd(rest, 0);
  const args = close < 0 ? undefined : parseArguments(rest.slice(1, close));
  if (args) return { name, args, ...parsePath(rest.slice(close + 1)) };
  return { name, path: [], problem: 'template-arguments' };
}

function parsePath(rest: string): Pick<FakerCall, 'path' | 'problem'> {
  if (!/^(?:\.\w+)*$/.test(rest)) return { path: [], problem: 'template-unknown' };
  return { path: rest.split('.').slice(1) };
}

function parseArguments(text: string): unknown[] | undefined {
  for (const json of /['"]/.test(text) ? [`[${text}]`] : [`[${text}]`, `["${text}"]`]) {
    try {
      const args: unknown = JSON.parse(json);
      if (Array.isArray(args)) {
        const list: unknown[] = args;
        return list;
      }
    } catch {
      // This is not JSON: go on with the next interpretation.
    }
  }
  return undefined;
}

/** A template with `$`: its name without the `$`, and the text after the name. */
export interface HelperCall {
  readonly name: string;
  readonly rest: string;
}

export function parseHelper(expression: string): HelperCall {
  const [head = '', name = ''] = HELPER_NAME.exec(expression) ?? [];
  return { name, rest: name && expression.slice(head.length) };
}

/** Returns the limits of `$randomInt a b`, both inclusive; `undefined` if they are not in order. */
export function parseRandomInt(rest: string): { low: bigint; high: bigint } | undefined {
  const [, low, high] = /^\s+(-?\d{1,30})\s+(-?\d{1,30})\s*$/.exec(rest) ?? [];
  if (low === undefined || high === undefined || BigInt(low) > BigInt(high)) return undefined;
  return { low: BigInt(low), high: BigInt(high) };
}

function checkHelper(expression: string): Pick<Template, 'name' | 'problem'> {
  const { name, rest } = parseHelper(expression);
  if (!isHelper(`$${name}`)) return { name: `$${name}`, problem: 'template-unknown' };
  const valid = name === 'randomInt' ? parseRandomInt(rest) !== undefined : rest === '';
  return { name: `$${name}`, ...(!valid && { problem: 'template-arguments' }) };
}

/** The templates that we fill in without faker, and the meaning of each. */
export const HELPERS: ReadonlyMap<string, string> = new Map([
  ['$timestamp', 'Now, in epoch milliseconds.'],
  ['$date.now', 'Now, in epoch milliseconds.'],
  ['$date.iso', 'Now, in ISO 8601.'],
  ['$date.unix', 'Now, in epoch seconds.'],
  ['$index', 'The number of the message in this run, from 0 on.'],
  ['$uuid', 'A random UUID. The first one in the key is the first one in the value as well.'],
  ['$randomInt', 'A random whole number between two limits: `{{$randomInt 1 6}}`.'],
  ['$env.', 'An environment variable: `{{$env.NAME}}`. Filled in only when it is sent.'],
]);

function isHelper(name: string): boolean {
  return name.startsWith('$env.') ? /^\$env\.\w+$/.test(name) : HELPERS.has(name);
}

/** Replaces each template with `$` in a text by `fill(expression)`. */
export function fillHelpers(text: string, fill: (expression: string) => string): string {
  return text.replace(HELPER, (_, expression: string) => fill(`$${expression}`));
}
