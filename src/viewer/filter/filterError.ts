import type { TimeProblem } from '../../core/time/parse';
import type { NumberField } from './filterNode';
import type { PathProblem } from './path/problem';

/** The kind of a mistake in a filter. The user interface alone turns it into prose. */
export type FilterFault =
  /** A quote, regex, parenthesis or bracket begins here and is not closed. */
  | { readonly kind: 'unclosed'; readonly what: 'quote' | 'regex' | 'parenthesis' | 'bracket' }
  /** A closing parenthesis without an opening one. */
  | { readonly kind: 'unopened' }
  /** A term is missing after `after`, which is "and", "or", "not", "(", or "" at the beginning. */
  | { readonly kind: 'term-missing'; readonly after: string }
  /** A value is missing after `after`, such as "key:", "offset:>=" or "==". */
  | { readonly kind: 'value-missing'; readonly after: string }
  /** Not a regular expression; `detail` is what the JavaScript engine says. */
  | { readonly kind: 'regex'; readonly detail: string }
  /** A flag other than i, m, s and u, or a flag that is repeated. */
  | { readonly kind: 'regex-flag'; readonly flag: string }
  /** Not a whole number, a range such as 1..5, or a list of these. Sizes may have a unit. */
  | { readonly kind: 'number'; readonly field: NumberField; readonly text: string }
  /** Not a span of time or, after an operator, not a time. */
  | { readonly kind: 'time'; readonly text: string; readonly problem: TimeProblem }
  /** A range whose end lies before its beginning. */
  | { readonly kind: 'empty-range'; readonly text: string }
  /**
   * A JSON path is compared with something other than a number, a quoted text, true, false, null,
   * or a regex after `=~`.
   */
  | { readonly kind: 'literal'; readonly text: string }
  /** Not a JSON path (RFC 9535). */
  | { readonly kind: 'path'; readonly problem: PathProblem }
  /** Longer than `limit` characters. */
  | { readonly kind: 'too-long'; readonly limit: number }
  /** More than `limit` parentheses or negations within each other. */
  | { readonly kind: 'too-deep'; readonly limit: number };

/** A filter that cannot be understood: the mistake, and its place in the text (UTF-16 units). */
export class FilterError extends Error {
  constructor(
    readonly fault: FilterFault,
    readonly at: number,
    readonly length: number,
  ) {
    super(`${fault.kind} at ${at}`);
    this.name = 'FilterError';
  }
}
