import { JSONPathEnvironment, JSONPathError, type JSONPathNode, type JSONValue } from 'json-p3';
import { JsonScanner } from '../../core/json/scanner';
import { compareDecimals } from './decimals';
import { FilterError } from './filterError';
import type { Literal, Operator, PathTest } from './filterNode';

/** The maximum depth to which `$..` descends in a message. */
const MAX_DEPTH = 500;
/** Matches numbers that a double may not hold exactly: 16 digits or more, or a huge exponent. */
const INEXACT = /[\d.]{16}|\de[+-]?\d{3}/i;

const parseJson: (text: string) => JSONValue = JSON.parse;

/**
 * Returns a test of whether a path selects something in a JSON text for which a comparison holds.
 * Numbers are compared exactly as written, except within `[?...]`, where they are doubles. A text
 * that is not JSON, or is nested too deeply for the path, does not match.
 *
 * @param at the index of the path in the filter
 * @throws FilterError for a bad path
 */
export function pathTest(
  path: string,
  at: number,
  test: PathTest | null,
): (text: string) => boolean {
  const query = compile(path, at);
  const begin = path === '$' ? /^/ : /^[ \t\n\r]*[{[]/;
  const holds = test ? toPredicate(test) : () => true;
  return (text) => {
    // For most texts that are not JSON, this saves the cost of an exception.
    if (!begin.test(text)) return false;
    try {
      for (const node of query.lazyQuery(parseJson(text))) if (holds(node, text)) return true;
    } catch {
      // The text is not JSON, or it exceeds the stack or a limit of the library.
    }
    return false;
  };
}

function compile(path: string, at: number) {
  try {
    return new JSONPathEnvironment({ maxRecursionDepth: MAX_DEPTH }).compile(path);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    // Removes the path and the position at the end of the message.
    const detail = error.message.replace(/ \('.*':\d+\)$/s, '');
    const index = error instanceof JSONPathError ? error.token.index : 0;
    const place = Math.max(0, Math.min(index, path.length - 1));
    throw new FilterError({ kind: 'path', detail }, at + place, path.length - place);
  }
}

function toPredicate(test: PathTest): (node: JSONPathNode, text: string) => boolean {
  if (test.operator === '=~') {
    const regex = new RegExp(test.pattern.source, test.pattern.flags);
    return ({ value }) => typeof value === 'string' && regex.test(value);
  }
  const { operator, literal } = test;
  const compare = comparer(literal);
  return (node, text) => {
    const order = compare(node, text);
    return order === undefined ? operator === '!=' : fits(operator, order);
  };
}

/** Returns whether a comparison holds, given the order of the found value and the literal. */
function fits(operator: Operator, order: number): boolean {
  switch (operator) {
    case '==':
      return order === 0;
    case '!=':
      return order !== 0;
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
    case '>':
      return order > 0;
    case '>=':
      return order >= 0;
  }
}

/**
 * Returns a function that gives the order of a found value and the literal, or `undefined` if their
 * types differ.
 */
function comparer(literal: Literal): (node: JSONPathNode, text: string) => number | undefined {
  switch (literal.kind) {
    case 'constant':
      return ({ value }) => (value === literal.value ? 0 : undefined);
    case 'text': {
      // RFC 9535 compares by code points, and the bytes of UTF-8 have the same order.
      const bytes = Buffer.from(literal.text);
      return ({ value }) => {
        if (typeof value !== 'string') return undefined;
        return value === literal.text ? 0 : Buffer.compare(Buffer.from(value), bytes) || undefined;
      };
    }
    case 'number': {
      const number = Number(literal.digits);
      const inexact = INEXACT.test(literal.digits);
      return ({ value, location }, text) => {
        if (typeof value !== 'number') return undefined;
        // Rounding keeps the order, so only numbers that round to the same are in doubt.
        if (value !== number) return value - number;
        if (!inexact && !INEXACT.test(text)) return 0;
        return compareDecimals(sourceAt(text, location), literal.digits);
      };
    }
  }
}

/**
 * Returns a value of a JSON text as it is written. If members have the same name, the last counts.
 */
function sourceAt(text: string, location: readonly (string | number)[]): string {
  const scanner = new JsonScanner(text);
  for (const step of location) {
    let found = scanner.at;
    let index = 0;
    const pass = (name: string | number) => {
      scanner.skipBlanks();
      if (name === step) found = scanner.at;
      scanner.value();
    };
    if (typeof step === 'string') scanner.members(pass);
    else
      scanner.elements(() => {
        pass(index++);
      });
    scanner.at = found;
  }
  return scanner.value();
}
