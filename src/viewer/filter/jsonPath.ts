import { FilterError } from './filterError';
import type { Literal, Test } from './filterNode';
import { holding } from './holding';
import {
  compareTexts,
  exactNumber,
  isNumber,
  type Json,
  mayBeInexact,
  NumberOrder,
  parse,
  parseExact,
} from './path/json';
import { parsePath } from './path/parsePath';
import type { Path } from './path/path';
import { PathError } from './path/problem';
import { PathQuery, type Visit } from './path/query';

/**
 * Returns a test of whether a path selects something in a JSON text for which a comparison holds.
 * Numbers are compared exactly as written. A text that is not JSON, or is nested too deeply for the
 * path, does not match.
 *
 * @param at the index of the path in the filter
 * @throws FilterError for a bad path
 */
export function pathTest(path: string, at: number, test: Test | null): (text: string) => boolean {
  const numbers = new NumberOrder();
  const query = new PathQuery(checkedPath(path, at), numbers);
  const begin = path === '$' ? /^/ : /^[ \t\n\r]*[{[]/;
  const holds: Visit = holding(test, {
    text: (value) => (typeof value === 'string' ? value : undefined),
    order: (literal) => comparer(literal, numbers),
  });
  return (text) => {
    // For most texts that are not JSON, this saves the cost of an exception.
    if (!begin.test(text)) return false;
    try {
      const found = query.some(parse(text), holds);
      return numbers.takeDoubt() && mayBeInexact(text)
        ? query.some(parseExact(text), holds)
        : found;
    } catch {
      // The text is not JSON, or it exceeds the stack or a limit.
      return false;
    }
  };
}

/** Parses a JSON path that stands at an index of a filter. Throws `FilterError`. */
export function checkedPath(path: string, at: number): Path {
  try {
    return parsePath(path);
  } catch (error) {
    if (!(error instanceof PathError)) throw error;
    const place = Math.max(0, Math.min(error.at, path.length - 1));
    throw new FilterError(
      { kind: 'path', problem: error.problem },
      at + place,
      path.length - place,
    );
  }
}

/**
 * Returns a function that gives the order of a found value and the literal, or `undefined` if their
 * types differ.
 */
function comparer(literal: Literal, numbers: NumberOrder): (value: Json) => number | undefined {
  switch (literal.kind) {
    case 'constant':
      return (value) => (value === literal.value ? 0 : undefined);
    case 'text':
      return (value) => (typeof value === 'string' ? compareTexts(value, literal.text) : undefined);
    case 'number': {
      const number = exactNumber(literal.digits);
      return (value) => (isNumber(value) ? numbers.compare(value, number) : undefined);
    }
  }
}
