import { isDeepStrictEqual } from 'node:util';
import { escapeHidden } from '../../core/json/hidden';
import { replaceHiddenBeyondC0 } from '../../core/text/visible';
import type { TimeContext } from '../../core/time/parse';
import { escapePattern } from '../filter/comparison';
import { parseTerms } from '../filter/filterParser';
import type { JsonLeaf } from '../protocol';
import { stepTo } from './seenFields';
import { writeQuoted } from './writeTest';

/** Returns the term that finds messages with exactly this key or value; `null`: Kafka's null. */
export function termForWhole(part: 'key' | 'value', text: string | null): string {
  if (text === null) return `${part} == null`;
  const pattern = escapeControls(escapePattern(text));
  // The field of the filter has one line, and a hidden character there would mislead.
  if (pattern !== escapePattern(text)) return `${part} =~ /^${pattern}$/u`;
  const isPlain = /^\p{L}[\p{L}\p{N}_-]*$/u.test(text) && text !== 'null';
  return `${part} == ${isPlain ? text : writeQuoted(text)}`;
}

/**
 * Returns the term that finds messages with the same text, number, boolean or null in the same
 * place. Returns `undefined` if a path cannot lead there.
 */
export function termForLeaf({ part, path, json }: JsonLeaf): string | undefined {
  const steps = path.map((step) => (typeof step === 'number' ? `[${step}]` : stepTo(step)));
  if (steps.includes(undefined)) return undefined;
  const value: unknown = JSON.parse(json);
  // A number keeps all of its digits.
  const literal = typeof value === 'string' ? escapeHidden(JSON.stringify(value)) : json.trim();
  return `${part === 'key' ? 'key:' : ''}$${steps.join('')} == ${literal}`;
}

/** Returns a term for messages that match at least one of these terms. */
export function anyOf(terms: readonly string[]): string {
  const different = [...new Set(terms)];
  return different.length === 1 ? different.join() : `(${different.join(' or ')})`;
}

/** Returns a valid filter narrowed by a term, unless the term is already a part of it. */
export function narrowed(filter: string, term: string, timeContext: TimeContext): string {
  const parsed = parseTerms(filter, timeContext);
  if (!parsed) return term;
  const { node, terms } = parsed;
  const parts = node.kind === 'and' ? node.nodes : [node];
  const isThere = terms.some(
    (each) => parts.includes(each.node) && filter.slice(each.at, each.end).trim() === term,
  );
  if (isThere) return filter;
  const plain = `${filter.trim()} ${term}`;
  // The end of the filter may not take in the beginning of the term: "a =" would.
  const separate = [...termsOf(filter, timeContext), ...termsOf(term, timeContext)];
  const keeps = node.kind !== 'or' && isDeepStrictEqual(termsOf(plain, timeContext), separate);
  return keeps ? plain : `(${filter.trim()}) ${term}`;
}

/** Returns the texts of the terms of a filter; empty if it is wrong. */
function termsOf(filter: string, timeContext: TimeContext): readonly string[] {
  try {
    const { terms = [] } = parseTerms(filter, timeContext) ?? {};
    return terms.map(({ at, end }) => filter.slice(at, end).trim());
  } catch {
    return [];
  }
}

function escapeControls(pattern: string): string {
  const escape = (character: string) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
  const escaped = replaceHiddenBeyondC0(pattern, escape);
  return Array.from(escaped, (each) => (each < ' ' ? escape(each) : each)).join('');
}
