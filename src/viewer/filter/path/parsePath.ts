import {
  isSingular,
  type Operand,
  type Operator,
  type Path,
  type Segment,
  type Selector,
  type Test,
} from './path';
import { PathText } from './pathText';

/** The maximum nesting of brackets and parentheses. Each level takes some of the stack. */
const MAX_DEPTH = 100;

/**
 * Parses a JSON path as RFC 9535 defines it; names after a dot may also hold a minus. Throws
 * `PathError`.
 */
export function parsePath(text: string): Path {
  const parser = new PathParser(new PathText(text));
  return parser.whole();
}

/** What stands on one side of a comparison, or alone. */
type Term =
  | { readonly kind: 'operand'; readonly operand: Operand }
  | { readonly kind: 'path'; readonly path: Path }
  | { readonly kind: 'test'; readonly test: Test };

class PathParser {
  #depth = 0;

  constructor(private readonly input: PathText) {}

  whole(): Path {
    const { input } = this;
    if (!input.take('$')) input.fail('operand');
    const path = { root: '$', segments: this.#segments() } as const;
    if (!input.ended) input.fail('end');
    return path;
  }

  #segments(): readonly Segment[] {
    const { input } = this;
    const segments: Segment[] = [];
    for (;;) {
      const { at } = input;
      input.skipBlanks();
      const descends = input.take('..');
      if (input.next === '[') segments.push({ descends, selectors: this.#brackets() });
      else if (descends || input.take('.')) {
        segments.push({ descends, selectors: [this.#shorthand()] });
      } else {
        input.at = at;
        return segments;
      }
    }
  }

  /** What follows a dot. */
  #shorthand(): Selector {
    const { input } = this;
    if (input.take('*')) return { kind: 'wildcard' };
    return { kind: 'name', name: input.name() ?? input.fail('name') };
  }

  #brackets(): readonly Selector[] {
    const { input } = this;
    input.take('[');
    return this.#nested(() => {
      const selectors: Selector[] = [];
      do {
        input.skipBlanks();
        selectors.push(this.#selector());
        input.skipBlanks();
      } while (input.take(','));
      if (!input.take(']')) input.fail('unclosed');
      return selectors;
    });
  }

  #selector(): Selector {
    const { input } = this;
    if (input.next === '"' || input.next === "'") return { kind: 'name', name: input.string() };
    if (input.take('*')) return { kind: 'wildcard' };
    if (input.take('?')) return { kind: 'filter', test: this.#either() };
    const start = input.index();
    const { at } = input;
    input.skipBlanks();
    if (input.take(':')) return this.#slice(start);
    input.at = at;
    return start === undefined ? input.fail('selector') : { kind: 'index', index: start };
  }

  /** What follows the first colon. */
  #slice(start: number | undefined): Selector {
    const { input } = this;
    input.skipBlanks();
    const end = input.index();
    input.skipBlanks();
    if (!input.take(':')) return { kind: 'slice', start, end, step: 1 };
    input.skipBlanks();
    return { kind: 'slice', start, end, step: input.index() ?? 1 };
  }

  #either(): Test {
    return this.#group('or', '||', () => this.#group('and', '&&', () => this.#test()));
  }

  #group(kind: 'and' | 'or', operator: string, parse: () => Test): Test {
    const { input } = this;
    const first = parse();
    const tests = [first];
    input.skipBlanks();
    while (input.take(operator)) {
      tests.push(parse());
      input.skipBlanks();
    }
    return tests.length === 1 ? first : { kind, tests };
  }

  #test(): Test {
    const { input } = this;
    input.skipBlanks();
    if (input.take('!')) {
      input.skipBlanks();
      return { kind: 'not', test: this.#negated() };
    }
    if (input.next === '(') return this.#parentheses();
    const { at } = input;
    const term = this.#term();
    const end = input.at;
    input.skipBlanks();
    const operator = input.match(/[=!<>]=|[<>]/y);
    if (!isOperator(operator)) {
      input.at = end;
      return this.#alone(term, at);
    }
    const left = this.#comparable(term, at);
    input.skipBlanks();
    const rightAt = input.at;
    return { kind: 'compare', left, operator, right: this.#comparable(this.#term(), rightAt) };
  }

  #negated(): Test {
    const { at, next } = this.input;
    return next === '(' ? this.#parentheses() : this.#alone(this.#term(), at);
  }

  #parentheses(): Test {
    const { input } = this;
    input.take('(');
    return this.#nested(() => {
      const test = this.#either();
      input.skipBlanks();
      if (!input.take(')')) input.fail('unclosed');
      return test;
    });
  }

  /** A term that is not compared. */
  #alone(term: Term, at: number): Test {
    switch (term.kind) {
      case 'path':
        return { kind: 'exists', path: term.path };
      case 'test':
        return term.test;
      case 'operand':
        return this.input.fail('compare', at);
    }
  }

  #comparable(term: Term, at: number): Operand {
    if (term.kind === 'operand') return term.operand;
    if (term.kind === 'test' || !isSingular(term.path)) this.input.fail('incomparable', at);
    return { kind: 'path', path: term.path };
  }

  #term(): Term {
    const { input } = this;
    const root = input.match(/[$@]/y);
    if (root === '$' || root === '@') {
      return { kind: 'path', path: { root, segments: this.#segments() } };
    }
    const { at } = input;
    const name = input.match(/[a-z][a-z_0-9]*(?=\()/y);
    if (name !== undefined) {
      input.take('(');
      return this.#nested(() => this.#call(name, at));
    }
    const value = input.literal();
    return value === undefined
      ? input.fail('operand')
      : { kind: 'operand', operand: { kind: 'literal', value } };
  }

  /** What follows the opening parenthesis of a function. */
  #call(name: string, at: number): Term {
    const { input } = this;
    const terms: Term[] = [];
    input.skipBlanks();
    if (input.next !== ')') {
      do {
        input.skipBlanks();
        terms.push(this.#term());
        input.skipBlanks();
      } while (input.take(','));
    }
    if (!input.take(')')) input.fail('unclosed');
    const bad = () => input.fail('arguments', at);
    const operand = (term: Term | undefined) => (term ? this.#argument(term, at) : bad());
    const [first, second] = terms;
    switch (name) {
      case 'length': {
        const of = operand(first);
        return terms.length === 1 ? { kind: 'operand', operand: { kind: name, of } } : bad();
      }
      case 'count':
      case 'value':
        return first?.kind === 'path' && terms.length === 1
          ? { kind: 'operand', operand: { kind: name, path: first.path } }
          : bad();
      case 'match':
      case 'search': {
        const [text, pattern] = [operand(first), operand(second)];
        return terms.length === 2 ? { kind: 'test', test: { kind: name, text, pattern } } : bad();
      }
      default:
        return input.fail('function', at);
    }
  }

  #argument(term: Term, at: number): Operand {
    if (term.kind === 'operand') return term.operand;
    if (term.kind === 'test' || !isSingular(term.path)) this.input.fail('arguments', at);
    return { kind: 'path', path: term.path };
  }

  #nested<T>(parse: () => T): T {
    this.#depth += 1;
    if (this.#depth > MAX_DEPTH) this.input.fail('deep');
    const parsed = parse();
    this.#depth -= 1;
    return parsed;
  }
}

function isOperator(text: string | undefined): text is Operator {
  return text !== undefined && ['==', '!=', '<', '<=', '>', '>='].includes(text);
}
