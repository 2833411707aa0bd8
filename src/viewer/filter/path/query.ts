import { fits } from './fits';
import { iRegexp } from './iRegexp';
import {
  compareTexts,
  isArray,
  isNumber,
  isObject,
  type Json,
  member,
  type NumberOrder,
} from './json';
import type { Operand, Operator, Path, Segment, Selector, Test } from './path';

/** The maximum depth to which `..` descends. */
const MAX_DEPTH = 500;

/** Looks at a selected value. Returns whether that is enough. */
export type Visit = (value: Json) => boolean;

/** Visits what is selected from a value. Returns whether it was enough. */
type Step = (value: Json, visit: Visit) => boolean;

/** A JSON path that is ready to be applied to many values. */
export class PathQuery {
  /** The whole value, for paths in `[?...]` that begin with `$`. */
  #root: Json = null;
  readonly #step: Step;

  constructor(
    path: Path,
    private readonly numbers: NumberOrder,
  ) {
    this.#step = this.#segments(path);
  }

  /**
   * Visits what the path selects until `visit` returns true, and returns whether it did. Throws
   * `RangeError` if the value is nested too deeply.
   */
  some(root: Json, visit: Visit): boolean {
    this.#root = root;
    return this.#step(root, visit);
  }

  #segments({ segments }: Path): Step {
    return segments.reduceRight<Step>(
      (next, segment) => this.#segment(segment, next),
      (value, visit) => visit(value),
    );
  }

  #segment({ descends, selectors }: Segment, next: Step): Step {
    const steps = selectors.map((selector) => this.#selector(selector, next));
    const [only] = steps;
    const step: Step =
      only && steps.length === 1
        ? only
        : (value, visit) => steps.some((each) => each(value, visit));
    return descends ? descent(step) : step;
  }

  #selector(selector: Selector, next: Step): Step {
    switch (selector.kind) {
      case 'name': {
        const { name } = selector;
        return (value, visit) => {
          const child = member(value, name);
          return child !== undefined && next(child, visit);
        };
      }
      case 'index': {
        const { index } = selector;
        return (value, visit) => {
          const child = isArray(value) ? value.at(index) : undefined;
          return child !== undefined && next(child, visit);
        };
      }
      case 'slice':
        return (value, visit) =>
          isArray(value) && slice(value, selector, (child) => next(child, visit));
      case 'wildcard':
        return (value, visit) => children(value).some((child) => next(child, visit));
      case 'filter': {
        const holds = this.#test(selector.test);
        return (value, visit) =>
          children(value).some((child) => holds(child) && next(child, visit));
      }
    }
  }

  /** Returns the function that tests a value, which is `@` in the test. */
  #test(test: Test): (current: Json) => boolean {
    switch (test.kind) {
      case 'and': {
        const tests = test.tests.map((each) => this.#test(each));
        return (current) => tests.every((holds) => holds(current));
      }
      case 'or': {
        const tests = test.tests.map((each) => this.#test(each));
        return (current) => tests.some((holds) => holds(current));
      }
      case 'not': {
        const holds = this.#test(test.test);
        return (current) => !holds(current);
      }
      case 'exists': {
        const nodes = this.#nodes(test.path);
        return (current) => nodes(current, () => true);
      }
      case 'compare': {
        const [left, right] = [this.#operand(test.left), this.#operand(test.right)];
        return (current) => this.#compare(left(current), right(current), test.operator);
      }
      case 'match':
      case 'search':
        return this.#match(
          test.kind === 'match',
          this.#operand(test.text),
          this.#operand(test.pattern),
        );
    }
  }

  /** Returns the nodes of a path in a test. */
  #nodes(path: Path): Step {
    const step = this.#segments(path);
    return path.root === '@' ? step : (_, visit) => step(this.#root, visit);
  }

  /** Returns the function that gives the value of an operand; `undefined`: it has none. */
  #operand(operand: Operand): (current: Json) => Json | undefined {
    switch (operand.kind) {
      case 'literal':
        return () => operand.value;
      case 'length': {
        const of = this.#operand(operand.of);
        return (current) => length(of(current));
      }
      case 'count': {
        const nodes = this.#nodes(operand.path);
        return (current) => {
          let count = 0;
          nodes(current, () => {
            count += 1;
            return false;
          });
          return count;
        };
      }
      case 'path':
      case 'value': {
        const nodes = this.#nodes(operand.path);
        return (current) => {
          const found: Json[] = [];
          nodes(current, (value) => found.push(value) > 1);
          return found.length === 1 ? found[0] : undefined;
        };
      }
    }
  }

  #match(
    whole: boolean,
    text: (current: Json) => Json | undefined,
    pattern: (current: Json) => Json | undefined,
  ): (current: Json) => boolean {
    let last: { readonly source: string; readonly regex: RegExp | undefined } | undefined;
    return (current) => {
      const [subject, source] = [text(current), pattern(current)];
      if (typeof subject !== 'string' || typeof source !== 'string') return false;
      // The pattern is almost always the same.
      if (last?.source !== source) last = { source, regex: iRegexp(source, whole) };
      return last.regex?.test(subject) ?? false;
    };
  }

  #compare(left: Json | undefined, right: Json | undefined, operator: Operator): boolean {
    if (isNumber(left) && isNumber(right)) return fits(operator, this.numbers.compare(left, right));
    if (typeof left === 'string' && typeof right === 'string') {
      return fits(operator, compareTexts(left, right));
    }
    // All other values are equal or not, and have no order.
    const equal = this.#equal(left, right);
    return operator === '!=' ? !equal : equal && operator !== '<' && operator !== '>';
  }

  #equal(left: Json | undefined, right: Json | undefined): boolean {
    if (left === undefined || right === undefined) return left === right;
    if (isNumber(left) && isNumber(right)) return this.numbers.compare(left, right) === 0;
    if (isArray(left) && isArray(right)) {
      return left.length === right.length && left.every((each, at) => this.#equal(each, right[at]));
    }
    if (isObject(left) && isObject(right)) {
      const names = Object.keys(left);
      return (
        names.length === Object.keys(right).length &&
        names.every((name) => this.#equal(left[name], member(right, name)))
      );
    }
    return left === right;
  }
}

function children(value: Json): readonly Json[] {
  if (isArray(value)) return value;
  return isObject(value) ? Object.values(value) : [];
}

/** Returns a step that also visits everything below a value. */
function descent(step: Step): Step {
  const descend = (value: Json, visit: Visit, depth: number): boolean => {
    if (depth > MAX_DEPTH) throw new RangeError('The value is nested too deeply.');
    return (
      step(value, visit) ||
      children(value).some(
        (child) => typeof child === 'object' && child !== null && descend(child, visit, depth + 1),
      )
    );
  };
  return (value, visit) => descend(value, visit, 0);
}

function slice(
  values: readonly Json[],
  { start, end, step }: Extract<Selector, { kind: 'slice' }>,
  visit: Visit,
): boolean {
  const { length } = values;
  const normal = (index: number) => (index < 0 ? length + index : index);
  if (step > 0) {
    const to = Math.min(normal(end ?? length), length);
    for (let at = Math.max(normal(start ?? 0), 0); at < to; at += step) {
      if (visit(values[at] ?? null)) return true;
    }
  } else if (step < 0) {
    const to = end === undefined ? -1 : Math.max(normal(end), -1);
    const from = start === undefined ? length - 1 : Math.min(normal(start), length - 1);
    for (let at = from; at > to; at += step) if (visit(values[at] ?? null)) return true;
  }
  return false;
}

/** The number of characters, elements or members. */
function length(value: Json | undefined): number | undefined {
  if (typeof value === 'string') return Array.from(value).length;
  if (value === undefined || (!isArray(value) && !isObject(value))) return undefined;
  return children(value).length;
}
