import type { TimeProblem } from './problem';

/** One way of writing a part of a time. */
export interface Form<T> {
  /** Sticky; for normal text (see `normal`). */
  readonly pattern: RegExp;
  /** Returns what the groups of the pattern mean. */
  readonly read: (groups: Groups) => T | TimeProblem;
}

export type Groups = readonly (string | undefined)[];

export function form<T>(source: string, read: Form<T>['read']): Form<T> {
  return { pattern: new RegExp(source, 'y'), read };
}

/** Longer texts are not times. */
const MAX_LENGTH = 100;
const PAIRS = new Set(['[]', '()', '<>', '""', "''", '``', '“”', '‘’', '«»']);

/**
 * Converts to lower case, with single blanks between words and plain characters for typographic
 * ones. A long dash becomes " - ", which separates the ends of a span. Quotes and brackets around
 * the text are removed.
 */
export function normal(text: string): string {
  if (text.length > MAX_LENGTH) return '';
  const plain = text
    .normalize('NFKC')
    .replace(/(\d{4})[–—](\d\d?)[–—](\d\d?)/g, '$1-$2-$3')
    .replace(/[–—―]/g, ' - ')
    .replace(/[‐‑‒−]/g, '-')
    .replace(/\s+/g, ' ')
    .trim();
  const isWrapped = PAIRS.has(plain.charAt(0) + plain.slice(1).slice(-1));
  return (isWrapped ? plain.slice(1, -1).trim() : plain).toLowerCase();
}
