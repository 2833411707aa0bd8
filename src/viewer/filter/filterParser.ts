import type { TimeContext } from '../../core/time/parse';
import { ComparisonParser } from './comparison';
import type { FilterNode, Where } from './filterNode';
import { FilterText } from './filterText';
import { takeNames, takeSubject } from './subject';

const MAX_LENGTH = 10_000;
/** The maximum nesting of parentheses and negations. Each level takes some of the stack. */
const MAX_DEPTH = 100;

const FIELD = /(?:key|value|headers?|partition|offset|time|timestamp|size):/iy;
const AND = /and(?=[\s()]|$)|&&/iy;
const OR = /or(?=[\s()]|$)|\|\|/iy;
/**
 * A minus or an exclamation mark before any other character, as in "->", belongs to a text, and so
 * does a minus before a digit.
 */
const NOT = /not(?=[\s()]|$)|-(?=[\p{L}"(/$_{[])|!(?=\s*\(|!*[\p{L}\p{N}"/$_{[])/iuy;
/** The name ends before an operator. */
const HEADER_NAME = /[^\s()=!<>"]+/y;
/** A text that continues in another way after a dollar is not a path. */
const PATH = /\$(?:[.[]|\s*(?:=~|[=!<>]=|[=<>])|\s+(?:not\s+)?in\s*[[(])/iy;
/** The same after `key:` or `value:`, where prices such as $.50 are texts. */
const PATH_IN = /\$(?:\.[.*\p{L}_]|\[|\s*(?:=~|[=!<>]=|[=<>]))/uy;
/** `/var/log` and `/api/v1`, which are texts: a regular expression ends with flags of JavaScript. */
const PATH_TEXT = /\/[^\s/\\]+\/(?![dgimsuvy]*(?:[\s)]|&&|\|\||$))/y;
/** After `key:` or `value:`, these compare the whole of it. */
const WHOLE = /(?:[=!]==?|=~|[<>]=)\s*[^\s)]/y;

/** A part of a filter that is no combination of others, and its place in the text. */
export interface Term {
  readonly node: FilterNode;
  /** The field of the parentheses around it. */
  readonly where: Where;
  readonly at: number;
  readonly end: number;
}

/**
 * Parses a filter. Returns `null` for an empty one, which matches everything. Its terms:
 *
 * - `text` or `"quoted text"`, which occurs in the key or value in any case; `/regex/ims`
 * - `key:` and `value:` with one of these, with `null`, with a path or with several in parentheses
 * - `partition:`, `offset:` and `size:` with numbers (see `parseNumbers`)
 * - `header:name`
 * - `time:` with a span of time (see `parseTimes`), in quotes if it has blanks
 * - `$.path`, which selects something in a JSON value (RFC 9535)
 * - a comparison of a path, a header or one of `key`, `value`, `partition`, `offset`, `size`, `time`
 *   and `header.name`, with `== != < <= > >=` and a number, a text with or without quotes, true,
 *   false or null, with `=~` and a `/regex/`, with `in` or `not in` and a list; see `takeSubject`
 *   for how else a path may be written
 *
 * Terms side by side must all match, as with `and` or `&&`. `or` and `||` bind less tightly; `not`,
 * and `-` or `!` in front, bind more tightly. Parentheses group terms. Only the worker checks paths.
 * Throws `FilterError`.
 */
export function parseFilter(text: string, timeContext: TimeContext): FilterNode | null {
  return parseTerms(text, timeContext)?.node ?? null;
}

/** Parses a filter as `parseFilter` does, and returns its terms, too. */
export function parseTerms(
  text: string,
  timeContext: TimeContext,
): { readonly node: FilterNode; readonly terms: readonly Term[] } | null {
  const input = new FilterText(text);
  if (text.length > MAX_LENGTH) {
    input.fail({ kind: 'too-long', limit: MAX_LENGTH }, MAX_LENGTH, text.length);
  }
  input.skipBlanks();
  return input.ended ? null : new FilterParser(input, timeContext).whole();
}

class FilterParser {
  #depth = 0;
  /** The field of terms that do not name one. */
  #where: Where = 'any';
  /** The last word or character that may need a term after it. */
  #before = { text: '', at: 0 };

  readonly #terms: Term[] = [];
  readonly #comparisons: ComparisonParser;

  constructor(
    private readonly input: FilterText,
    timeContext: TimeContext,
  ) {
    this.#comparisons = new ComparisonParser(input, timeContext);
  }

  whole(): { readonly node: FilterNode; readonly terms: readonly Term[] } {
    const node = this.#either();
    const { input } = this;
    // Anything but a closing parenthesis would have been taken as a term.
    if (!input.ended) input.fail({ kind: 'unopened' }, input.at, input.at + 1);
    return { node, terms: this.#terms };
  }

  #either(): FilterNode {
    const nodes = [this.#both()];
    while (this.#takes(OR)) nodes.push(this.#both());
    return group('or', nodes);
  }

  #both(): FilterNode {
    const nodes = [this.#term()];
    const { input } = this;
    while (this.#takes(AND) || !(input.ended || input.next === ')' || input.peek(OR))) {
      nodes.push(this.#term());
    }
    return group('and', nodes);
  }

  #term(): FilterNode {
    const { input } = this;
    input.skipBlanks();
    const { at } = input;
    const other = input.peek(AND) ?? input.peek(OR) ?? input.peek(/\)/y);
    if (input.ended || other !== undefined) {
      const { text: after, at: from } = this.#before;
      const fault = { kind: 'term-missing', after } as const;
      if (after === '') input.fail(fault, at, at + (other?.length ?? 0));
      input.fail(fault, from, from + after.length);
    }
    if (this.#takes(NOT)) return { kind: 'not', node: this.#nested(at, () => this.#term()) };
    if (!this.#takes(/\(/y)) return this.#leaf();
    const node = this.#nested(at, () => this.#either());
    if (!this.#takes(/\)/y)) input.fail({ kind: 'unclosed', what: 'parenthesis' }, at, at + 1);
    return node;
  }

  /** Skips blanks and then the match of the sticky pattern. */
  #takes(pattern: RegExp): boolean {
    const { input } = this;
    input.skipBlanks();
    const { at } = input;
    const text = input.take(pattern);
    if (text === undefined) return false;
    this.#before = { text, at };
    return true;
  }

  #nested(at: number, parse: () => FilterNode): FilterNode {
    this.#depth += 1;
    if (this.#depth > MAX_DEPTH) this.input.fail({ kind: 'too-deep', limit: MAX_DEPTH }, at);
    const node = parse();
    this.#depth -= 1;
    return node;
  }

  #leaf(): FilterNode {
    const { input } = this;
    const { at } = input;
    const field = input.take(FIELD);
    if (field === undefined) return this.#ended(at, this.#unnamed());
    input.skipBlanks();
    this.#expectValue(field, at);
    const name = field.slice(0, -1).toLowerCase();
    if ((name === 'key' || name === 'value') && input.next === '(') {
      return this.#inside(name, () => this.#term());
    }
    return this.#ended(at, this.#field(name, field, at));
  }

  #ended(at: number, node: FilterNode): FilterNode {
    this.#terms.push({ node, where: this.#where, at, end: this.input.at });
    return node;
  }

  /** A term without a field and its colon. */
  #unnamed(): FilterNode {
    const { input } = this;
    if (input.peek(PATH) !== undefined) return this.#path();
    const { at } = input;
    const subject = takeSubject(input, this.#pathWhere);
    const isLoose = subject?.kind === 'path' && !/^(?:key|value)[.[]/i.test(input.text.slice(at));
    const comparison = subject && this.#comparisons.take(subject, isLoose);
    if (comparison) return comparison;
    input.at = at;
    return this.#textual();
  }

  #field(name: string, field: string, at: number): FilterNode {
    const { input } = this;
    switch (name) {
      case 'key':
      case 'value':
        return this.#inside(name, () => this.#payload(name));
      case 'header':
      case 'headers':
        return this.#header(field, at);
      default: {
        const from = input.at;
        const operator = input.take(/[=!<>]+\s*/y) ?? '';
        this.#expectValue(field + operator.trim(), at);
        return this.#comparisons.field(fieldOf(name), operator, from);
      }
    }
  }

  #inside(where: 'key' | 'value', parse: () => FilterNode): FilterNode {
    const outer = this.#where;
    this.#where = where;
    const node = parse();
    this.#where = outer;
    return node;
  }

  /** What follows `key:` or `value:`. */
  #payload(where: 'key' | 'value'): FilterNode {
    const { input } = this;
    if (input.peek(PATH_IN) !== undefined) return this.#path();
    const { at } = input;
    const subject =
      input.peek(WHOLE) === undefined
        ? takeNames(input, where)
        : ({ kind: 'whole', where } as const);
    const comparison = subject && this.#comparisons.take(subject, subject.kind === 'path');
    if (comparison) return comparison;
    input.at = at;
    return this.#textual();
  }

  #header(field: string, at: number): FilterNode {
    const { input } = this;
    const name = input.next === '"' ? input.json() : input.take(HEADER_NAME);
    if (name === undefined) {
      return input.fail({ kind: 'value-missing', after: field }, at, Math.max(input.at, at + 1));
    }
    const comparison = this.#comparisons.take({ kind: 'header', name }, false);
    return comparison ?? { kind: 'header', name, test: null };
  }

  #textual(): FilterNode {
    const { input } = this;
    const where = this.#where;
    if (input.next === '/' && input.peek(PATH_TEXT) === undefined) {
      return { kind: 'regex', where, pattern: input.regex() };
    }
    if (input.next === '"') return { kind: 'text', where, text: input.quotedOrWord() };
    const text = input.word();
    return where !== 'any' && text === 'null'
      ? { kind: 'null', where }
      : { kind: 'text', where, text };
  }

  /** What paths lead into. */
  get #pathWhere(): 'key' | 'value' {
    return this.#where === 'any' ? 'value' : this.#where;
  }

  #path(): FilterNode {
    const { input } = this;
    const { at } = input;
    const subject = { kind: 'path', where: this.#pathWhere, path: input.path(), at } as const;
    return this.#comparisons.take(subject, false) ?? { ...subject, test: null };
  }

  /** Throws unless something follows the part that begins at `at`. */
  #expectValue(after: string, at: number): void {
    const { input } = this;
    if (!input.ended && input.next !== ')') return;
    input.fail({ kind: 'value-missing', after }, at, Math.max(input.at, at + 1));
  }
}

function group(kind: 'and' | 'or', nodes: readonly FilterNode[]): FilterNode {
  const [only] = nodes;
  return only && nodes.length === 1 ? only : { kind, nodes };
}

function fieldOf(name: string) {
  return name === 'partition' || name === 'offset' || name === 'size'
    ? ({ kind: 'number', field: name } as const)
    : ({ kind: 'time' } as const);
}
