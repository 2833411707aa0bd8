import type { TimeContext } from '../../core/time/parse';
import { FieldError, parseNumbers, parseTimes, timeLikeness } from './filterFields';
import type { FilterNode, Test } from './filterNode';
import type { FilterText } from './filterText';
import { Operands } from './operands';
import type { Operator } from './path/path';
import type { Subject } from './subject';

/** An operator that another sign follows directly, such as `=>`, is none. */
const SYMBOL = /\s*(?:===?|!==?|=~|[<>]=|<>|[=<>])(?![=<>~])/y;
const LIST = /\s+(?:not\s+)?in(?=\s*[[(])/iy;
const WORD = /\s+(?:contains|starts_?with|ends_?with|like)(?=\s+[^\s)])/iy;
const IS_NULL = /\s+is\s+(?:not\s+)?null(?=[\s)]|$)/iy;

/** The fields whose values are no texts. */
type Field = Extract<Subject, { readonly kind: 'number' | 'time' }>;
type Payload = Exclude<Subject, Field>;

/**
 * Reads comparisons: what follows a subject.
 *
 * A subject that is `loose` may as well be a text. Then it is compared only by an operator that is
 * rare in texts, such as `==`, or by one with blanks on both sides.
 */
export class ComparisonParser {
  readonly #operands: Operands;

  constructor(
    private readonly input: FilterText,
    private readonly timeContext: TimeContext,
  ) {
    this.#operands = new Operands(input);
  }

  /** Takes an operator and its operand. Returns `undefined`, and takes nothing, without one. */
  take(subject: Subject, isLoose: boolean): FilterNode | undefined {
    const { input } = this;
    const { at } = input;
    const isField = subject.kind === 'number' || subject.kind === 'time';
    const takers = [
      () => this.#list(subject, isLoose),
      () => (isField || isLoose ? undefined : this.#word(subject)),
      () => this.#symbol(subject, isLoose),
    ];
    for (const taker of takers) {
      const node = taker();
      if (node) return node;
      input.at = at;
    }
    return undefined;
  }

  /** Takes numbers or a time. Their operator, if any, has been taken. */
  field(field: Field, operator: string, from = this.input.at): FilterNode {
    const operand =
      field.kind === 'time'
        ? this.#operands.time((text) => timeLikeness(operator !== '', text, this.timeContext))
        : this.#operands.number(field.field);
    return this.#parse(field, operator + operand, from);
  }

  #parse(field: Field, text: string, from: number): FilterNode {
    try {
      return field.kind === 'time'
        ? parseTimes(text, this.timeContext)
        : parseNumbers(field.field, text);
    } catch (error) {
      if (!(error instanceof FieldError)) throw error;
      return this.input.fail(error.fault, from);
    }
  }

  #list(subject: Subject, isLoose: boolean): FilterNode | undefined {
    const { input } = this;
    const words = input.take(LIST);
    if (words === undefined || subject.kind === 'time') return undefined;
    input.skipBlanks();
    // "in (" may also be a text before a group.
    if (isLoose && input.next === '(' && !this.#operands.isList) return undefined;
    const operator = /not/i.test(words) ? 'not in' : 'in';
    if (subject.kind === 'number') {
      const from = input.at;
      const node = this.#parse(subject, this.#operands.listText(), from);
      return operator === 'in' ? node : { kind: 'not', node };
    }
    return compared(subject, { operator, literals: this.#operands.list(subject.kind !== 'path') });
  }

  /** An operator that is a word. */
  #word(subject: Payload): FilterNode | undefined {
    const { input } = this;
    const isNull = input.take(IS_NULL);
    if (isNull !== undefined) {
      const operator = /not/i.test(isNull) ? '!=' : '==';
      return compared(subject, { operator, literal: { kind: 'constant', value: null } });
    }
    const word = input.take(WORD)?.trim().toLowerCase().replace('_', '');
    if (word === undefined) return undefined;
    input.skipBlanks();
    const text = this.#operands.text();
    if (word === 'contains' && subject.kind === 'whole') {
      return { kind: 'text', where: subject.where, text };
    }
    const pattern = { source: patternOf(word, text), flags: 'isu' };
    return compared(subject, { operator: '=~', pattern });
  }

  #symbol(subject: Subject, isLoose: boolean): FilterNode | undefined {
    const { input } = this;
    const from = input.at;
    const taken = input.take(SYMBOL);
    if (taken === undefined) return undefined;
    const symbol = taken.trim();
    const isApart = taken !== symbol;
    const isAttached = !input.isBetweenTerms;
    if (isLoose && !isComparison(symbol, isApart, isAttached)) return undefined;
    input.skipBlanks();
    if (input.isBetweenTerms) {
      // At the end, a single sign is a text until a blank follows.
      if (isLoose && symbol.length === 1 && input.at === from + taken.length) return undefined;
      input.fail({ kind: 'value-missing', after: symbol }, from, Math.max(input.at, from + 1));
    }
    if (subject.kind === 'number' || subject.kind === 'time') {
      try {
        return this.field(subject, symbol === '=~' ? symbol : operatorOf(symbol));
      } catch (error) {
        // Texts such as "time=none" are common in logs.
        if (symbol === '=' && !isApart && isAttached) return undefined;
        throw error;
      }
    }
    if (symbol !== '=~') {
      const literal = this.#operands.literal(subject.kind !== 'path');
      return compared(subject, { operator: operatorOf(symbol), literal });
    }
    const { at } = input;
    if (input.next !== '/') input.fail({ kind: 'literal', text: input.word() }, at);
    return compared(subject, { operator: '=~', pattern: input.regex() });
  }
}

/**
 * Returns whether an operator compares something that may as well be a text.
 *
 * @param isApart whether a blank stands before it
 * @param isAttached whether what follows stands directly after it
 */
function isComparison(symbol: string, isApart: boolean, isAttached: boolean): boolean {
  switch (symbol) {
    case '=':
    case '<':
    case '>':
    case '<>':
      return isApart && !isAttached;
    case '==':
      // Base64 ends like this.
      return isApart || isAttached;
    default:
      return true;
  }
}

function compared(subject: Payload, test: Test): FilterNode {
  switch (subject.kind) {
    case 'path':
    case 'header':
      return { ...subject, test };
    case 'whole':
      return whole(subject.where, test);
  }
}

/** Null is neither equal to a text nor less or greater, so that `!=` is the opposite of `==`. */
function whole(where: 'key' | 'value', test: Test): FilterNode {
  switch (test.operator) {
    case '=~':
      return { kind: 'regex', where, pattern: test.pattern };
    case '!=':
      return { kind: 'not', node: whole(where, { ...test, operator: '==' }) };
    case 'not in':
      return { kind: 'not', node: whole(where, { ...test, operator: 'in' }) };
    case 'in': {
      const literals = test.literals.filter(({ kind }) => kind !== 'constant');
      const node: FilterNode = { kind: 'whole', where, test: { operator: 'in', literals } };
      if (literals.length === test.literals.length) return node;
      return { kind: 'or', nodes: [{ kind: 'null', where }, node] };
    }
    case '==':
      if (test.literal.kind === 'constant') return { kind: 'null', where };
      return { kind: 'whole', where, test };
    case '<':
    case '<=':
    case '>':
    case '>=':
      return { kind: 'whole', where, test };
  }
}

/** Returns the source of a pattern that finds a text. */
export function escapePattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}

/** Returns the source of the pattern for an operator that is a word. */
function patternOf(word: string, text: string): string {
  const escaped = escapePattern(text);
  switch (word) {
    case 'startswith':
      return `^${escaped}`;
    case 'endswith':
      return `${escaped}$`;
    case 'like':
      return `^${escaped.replaceAll('%', '.*').replaceAll('_', '.')}$`;
    default:
      return escaped;
  }
}

function operatorOf(symbol: string): Operator {
  switch (symbol) {
    case '!=':
    case '!==':
    case '<>':
      return '!=';
    case '<':
    case '<=':
    case '>':
    case '>=':
      return symbol;
    default:
      return '==';
  }
}
