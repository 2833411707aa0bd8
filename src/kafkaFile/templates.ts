import * as l10n from '@vscode/l10n';
import { type CallProblem, endOfCall, parseCall } from './faker/call';
import { isTemplateName } from './faker/names';
import type { Span, Text } from './text';

/** What is wrong with a template. */
export interface TemplateProblem extends Omit<CallProblem, 'kind'> {
  readonly kind:
    | CallProblem['kind']
    /** `}}` is missing, so the text is sent unchanged. */
    | 'template-open';
}

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

/** Returns whether a template is not filled in as it is written, and nothing is sent. */
export function isRefused({ problem }: Template): boolean {
  return problem !== undefined && problem.kind !== 'template-open';
}

const START = /\{\{(?=[a-z]|\$[A-Za-z])/g;
const HELPER = /\{\{\$([A-Za-z][^{}\r\n]*)\}\}/g;
const HELPER_NAME = /^\$([\w.]+)/;
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
      const length = endOfCall(text.slice(inner, inner + MAX_LENGTH), 0) ?? name.length;
      const called = text.slice(inner, inner + length);
      const expression = { start: base + inner, end: base + inner + length, text: called };
      const span = { start: base + start, end: expression.end };
      templates.push({ ...span, kind, name, expression, problem: { kind: 'template-open' } });
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

/**
 * Returns a text with digits in place of its templates, so that all the rest stays where it is, and
 * JSON stays JSON. What is sent as it is stays as it is.
 */
export function maskTemplates({ text, start }: Text, templates: readonly Template[]): string {
  let masked = '';
  let done = 0;
  for (const template of templates) {
    if (template.problem?.kind === 'template-open') continue;
    masked += text.slice(done, template.start - start);
    masked += '1'.repeat(template.end - template.start);
    done = template.end - start;
  }
  return masked + text.slice(done);
}

interface Closed {
  /** The index of the closing `}}`. */
  readonly close: number;
  readonly name: string;
  readonly problem?: CallProblem;
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
  const shorter = read(first);
  if (kind === 'helper' || shorter.problem?.kind !== 'template-arguments') return shorter;
  // Inside arguments, `}}` may close objects or be part of a string.
  const rest = text.slice(inner, last);
  const end = endOfCall(rest, 0);
  const [blanks = '', braces] = /^\s*(\}\})?/.exec(rest.slice(end)) ?? [];
  return end === undefined || braces === undefined
    ? shorter
    : read(inner + end + blanks.length - braces.length);
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

/**
 * Returns the limits of `$randomInt a b` or `$randomInt(a, b)`, both inclusive; `undefined` if they
 * are not in order.
 */
export function parseRandomInt(rest: string): { low: bigint; high: bigint } | undefined {
  const [, low, high] =
    /^[\s(]\s*(-?\d{1,30})[\s,]\s*(-?\d{1,30})\s*\)?$/.exec(rest.trimEnd()) ?? [];
  if (low === undefined || high === undefined || BigInt(low) > BigInt(high)) return undefined;
  return { low: BigInt(low), high: BigInt(high) };
}

function checkHelper(expression: string): Pick<Closed, 'name' | 'problem'> {
  const { name, rest } = parseHelper(expression);
  if (!isHelper(`$${name}`)) return { name: `$${name}`, problem: { kind: 'template-unknown' } };
  const isValid =
    name === 'randomInt'
      ? parseRandomInt(rest) !== undefined
      : /^\s*(?:(?:\(\s*\))\s*)?$/.test(rest);
  const suggestions = name === 'randomInt' ? ['$randomInt 1 100'] : [`$${name}`];
  return {
    name: `$${name}`,
    ...(!isValid && { problem: { kind: 'template-arguments', suggestions } }),
  };
}

/** The templates that we fill in without faker, and the meaning of each. */
export const HELPERS: ReadonlyMap<string, () => string> = new Map([
  ['$timestamp', () => l10n.t('Now, in epoch milliseconds.')],
  ['$date.now', () => l10n.t('Now, in epoch milliseconds.')],
  ['$date.iso', () => l10n.t('Now, in ISO 8601.')],
  ['$date.unix', () => l10n.t('Now, in epoch seconds.')],
  ['$index', () => l10n.t('The number of the message in this run, from 0 on.')],
  [
    '$uuid',
    () => l10n.t('A random UUID. The first one in the key is the first one in the value as well.'),
  ],
  ['$randomInt', () => l10n.t('A random whole number between two limits: `{{$randomInt 1 6}}`.')],
  [
    '$env.',
    () => l10n.t('An environment variable: `{{$env.NAME}}`. Filled in only when it is sent.'),
  ],
]);

export function isHelper(name: string): boolean {
  return name.startsWith('$env.') ? /^\$env\.\w+$/.test(name) : HELPERS.has(name);
}

/** Replaces each template with `$` in a text by `fill(expression)`. */
export function fillHelpers(text: string, fill: (expression: string) => string): string {
  return text.replace(HELPER, (_, expression: string) => fill(`$${expression}`));
}
