import { escapePattern } from '../filter/comparison';
import { writeQuoted, writeWord } from './writeTest';

/** Operators of other languages, and what they are in a filter. */
const OPERATORS: ReadonlyMap<string, string> = new Map([
  ...['=>', 'ge', 'gte'].map((name) => [name, '>='] as const),
  ...['=<', 'le', 'lte'].map((name) => [name, '<='] as const),
  ...['~=', 'matches'].map((name) => [name, '=~'] as const),
  ...['~', 'has', 'includes'].map((name) => [name, 'contains'] as const),
  ...['eq', 'equals'].map((name) => [name, '=='] as const),
  ...['ne', 'neq'].map((name) => [name, '!='] as const),
  ['gt', '>'],
  ['lt', '<'],
]);
const COMPARED =
  /^([^\s=<>~]+)(?:\s*(=>|=<|~=|~)\s*|\s+(gte?|ge|lte?|le|eq|equals|neq?|matches|has|includes)\s+)(\S+)$/i;
const LIST = /^(\S+)\s+in\s+([^\s[(].*)$/is;
/** A comparison whose path is on the right. */
const REVERSED = /^(\S+)\s*(==?|!=|[<>]=?)\s*(\$[.[]\S*)$/;
const TURNED: Readonly<Record<string, string>> = { '<': '>', '<=': '>=', '>': '<', '>=': '<=' };
/** Quotes that are typographic or, around a text, single. */
const QUOTED = /^(key:|value:)?[“”„‘'«]([^"“”„‘’«»]+)[“”’'»]$/is;

/** Returns `a >= 5` for `a => 5` and `a gte 5`, and the name of what is compared. */
export function withKnownOperator(
  source: string,
): { readonly subject: string; readonly text: string } | undefined {
  const [, subject, symbol, word, operand = ''] = COMPARED.exec(source) ?? [];
  const operator = OPERATORS.get((symbol ?? word ?? '').toLowerCase());
  if (subject !== undefined && operator !== undefined) {
    return { subject, text: `${subject} ${operator} ${operand}` };
  }
  const [, listed, items = ''] = LIST.exec(source) ?? [];
  if (listed !== undefined) return { subject: listed, text: `${listed} in [${items}]` };
  const [, value = '', turned = '', path] = REVERSED.exec(source) ?? [];
  return path === undefined
    ? undefined
    : { subject: path, text: `${path} ${TURNED[turned] ?? turned} ${value}` };
}

/** Returns a text in other quotes as one in those of a filter. */
export function withPlainQuotes(source: string): string | undefined {
  const [, field = '', text] = QUOTED.exec(source) ?? [];
  return text === undefined ? undefined : field + writeQuoted(text);
}

/** Returns a text with asterisks as a text or a pattern without them. */
export function withoutStars(source: string): string | undefined {
  const [, field = '', text = ''] = /^(key:|value:)?([^"]*)$/is.exec(source) ?? [];
  const parts = text.split('*').filter((part) => part !== '');
  const [only] = parts;
  if (!text.includes('*') || only === undefined) return undefined;
  return parts.length === 1
    ? field + writeWord(only)
    : `${field}/${parts.map(escapePattern).join('.*')}/i`;
}

/** Returns `a || b` for `a||b`. */
export function separated(source: string): string | undefined {
  const [, field = '', words = source] = /^(key:|value:)?(.*)$/is.exec(source) ?? [];
  if (!/\S(?:\|\||&&)\S/.test(words) || words.includes('"')) return undefined;
  const apart = words.replace(/\|\||&&/g, ' $& ').trim();
  return field === '' ? apart : `${field}(${apart})`;
}
