import type { Literal, Test } from './filterNode';
import { fits } from './path/fits';

/** How values are read that a test is about. */
interface Reading<Value> {
  /** Returns the text that a value is; `undefined`: it is none. */
  readonly text: (value: Value) => string | undefined;
  /**
   * Returns a function that gives the order of a value and the literal, or `undefined` if their types
   * differ.
   */
  readonly order: (literal: Literal) => (value: Value) => number | undefined;
}

/** Returns a function that tells whether a test holds for a value. Without a test, it always does. */
export function holding<Value>(
  test: Test | null,
  { text, order }: Reading<Value>,
): (value: Value) => boolean {
  if (!test) return () => true;
  if (test.operator === '=~') {
    const regex = new RegExp(test.pattern.source, test.pattern.flags);
    return (value) => {
      const tested = text(value);
      return tested !== undefined && regex.test(tested);
    };
  }
  if (test.operator === 'in' || test.operator === 'not in') {
    const wanted = test.operator === 'in';
    const orders = test.literals.map(order);
    return (value) => orders.some((compare) => compare(value) === 0) === wanted;
  }
  const { operator, literal } = test;
  const compare = order(literal);
  return (value) => {
    const found = compare(value);
    return found === undefined ? operator === '!=' : fits(operator, found);
  };
}
