import type { TimeContext } from '../../core/time/parse';
import { FieldError, parseNumbers, parseTimes } from './filterFields';
import type { FilterNode, Literal, PathTest, Where } from './filterNode';
import type { Operator } from './path/path';
import { FilterText } from './filterText';

const MAX_LENGTH = 10_000;
/** The maximum nesting of parentheses and negations. Each level takes some of the stack. */
const MAX_DEPTH = 100;

const FIELD = /(?:key|value|header|partition|offset|time|timestamp|size):/iy;
const AND = /and(?=[\s()]|$)/iy;
const OR = /or(?=[\s()]|$)/iy;
/** A minus before any other character, as in "->", belongs to a text. */
const NOT = /not(?=[\s()]|$)|-(?=[\p{L}\p{N}"(/$_{[])/iuy;
/** The name ends before an operator. */
const HEADER_NAME = /[^\s()=!"]+/y;
const HEADER_OPERATOR = /\s*(?:=~|[=!]=|=)/y;
const OPERATOR = /\s*(?:=~|[=!<>]=|[=<>])/y;
/** A text that continues in another way after a dollar is not a path. */
const PATH = /\$(?:[.[]|\s*(?:=~|[=!<>]=|[=<>]))/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:e[+-]?\d+)?/iy;

/**
 * Parses a filter. Returns `null` for an empty one, which matches everything. Its terms:
 *
 * - `text` or `"quoted text"`, which occurs in the key or value in any case; `/regex/ims`
 * - `key:` and `value:` with one of these, with `null`, or with several in parentheses
 * - `partition:`, `offset:` and `size:` with numbers (see `parseNumbers`)
 * - `header:name`, which `== !=` may compare with a text or null, and `=~` with a `/regex/`; quotes
 *   surround a name or a text with blanks
 * - `time:` with a span of time (see `parseTimes`), in quotes if it has blanks
 * - `$.path` selects something in a JSON value (RFC 9535), which `== != < <= > >=` may compare with
 *   a number, a "text", true, false or null, and `=~` with a `/regex/`
 *
 * Terms side by side must all match, as with `and`. `or` binds less tightly; `not` and a `-` in
 * front bind more tightly. Parentheses group terms. Only the worker checks paths. Throws
 * `FilterError`.
 */
export function parseFilter(text: string, timeContext: TimeContext): FilterNode | null {
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

  constructor(
    private readonly input: FilterText,
    private readonly timeContext: TimeContext,
  ) {}

  whole(): FilterNode {
    const node = this.#either();
    const { input } = this;
    // Anything but a closing parenthesis would have been taken as a term.
    if (!input.ended) input.fail({ kind: 'unopened' }, input.at, input.at + 1);
    return node;
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
    if (field !== undefined) {
      input.skipBlanks();
      this.#expectValue(field, at);
      return this.#field(field, at);
    }
    return input.peek(PATH) === undefined ? this.#textual() : this.#path();
  }

  #field(field: string, at: number): FilterNode {
    const name = field.slice(0, -1).toLowerCase();
    switch (name) {
      case 'key':
      case 'value': {
        const outer = this.#where;
        this.#where = name;
        const node = this.input.next === '(' ? this.#term() : this.#textual();
        this.#where = outer;
        return node;
      }
      case 'header':
        return this.#header(field, at);
      case 'partition':
      case 'offset':
      case 'size':
        return this.#compared(field, at, (text) => parseNumbers(name, text));
      default:
        return this.#compared(field, at, (text) => parseTimes(text, this.timeContext));
    }
  }

  /** A field whose value may begin with an operator. */
  #compared(field: string, at: number, parse: (text: string) => FilterNode): FilterNode {
    const { input } = this;
    const from = input.at;
    const operator = input.take(/[=!<>]+\s*/y) ?? '';
    this.#expectValue(field + operator.trim(), at);
    const value = input.next === '"' ? input.quotedOrWord() : input.word();
    try {
      return parse(operator + value);
    } catch (error) {
      if (!(error instanceof FieldError)) throw error;
      return input.fail(error.fault, from);
    }
  }

  #header(field: string, at: number): FilterNode {
    const { input } = this;
    const name = input.next === '"' ? input.json() : input.take(HEADER_NAME);
    if (name === undefined) {
      return input.fail({ kind: 'value-missing', after: field }, at, Math.max(input.at, at + 1));
    }
    const end = input.at;
    const operator = input.take(HEADER_OPERATOR)?.trim();
    if (operator === undefined) return { kind: 'header', name, test: null };
    input.skipBlanks();
    this.#expectValue(operator, end);
    if (operator === '=~') {
      const from = input.at;
      if (input.next === '/')
        return { kind: 'header', name, test: { operator, pattern: input.regex() } };
      return input.fail({ kind: 'literal', text: input.word() }, from);
    }
    const isQuoted = input.next === '"';
    const word = isQuoted ? input.quotedOrWord() : input.word();
    const text = word === 'null' && !isQuoted ? null : word;
    return { kind: 'header', name, test: { operator: operator === '!=' ? operator : '==', text } };
  }

  #textual(): FilterNode {
    const { input } = this;
    const where = this.#where;
    if (input.next === '/') return { kind: 'regex', where, pattern: input.regex() };
    if (input.next === '"') return { kind: 'text', where, text: input.quotedOrWord() };
    const text = input.word();
    return where !== 'any' && text === 'null'
      ? { kind: 'null', where }
      : { kind: 'text', where, text };
  }

  #path(): FilterNode {
    const { input } = this;
    const { at } = input;
    const path = input.path();
    const end = input.at;
    const operator = input.take(OPERATOR)?.trim();
    if (operator === undefined) return { kind: 'path', path, at, test: null };
    input.skipBlanks();
    this.#expectValue(operator, end);
    return { kind: 'path', path, at, test: this.#test(operator) };
  }

  #test(operator: string): PathTest {
    const { input } = this;
    const from = input.at;
    const bad = () => input.fail({ kind: 'literal', text: input.text.slice(from, input.at) }, from);
    if (operator === '=~') {
      if (input.next === '/') return { operator, pattern: input.regex() };
      input.word();
      return bad();
    }
    const literal = this.#literal();
    // Text directly after a literal makes it invalid.
    if (input.word() !== '' || !literal) return bad();
    return { operator: comparison(operator), literal };
  }

  #literal(): Literal | undefined {
    const { input } = this;
    if (/["']/.test(input.next)) {
      const text = input.json();
      return text === undefined ? undefined : { kind: 'text', text };
    }
    const digits = input.take(NUMBER);
    if (digits !== undefined) return { kind: 'number', digits };
    const constant = input.take(/true|false|null/y);
    if (constant === undefined) return undefined;
    return { kind: 'constant', value: constant === 'null' ? null : constant === 'true' };
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

function comparison(operator: string): Operator {
  switch (operator) {
    case '!=':
    case '<':
    case '<=':
    case '>':
    case '>=':
      return operator;
    default:
      return '==';
  }
}
