import type { Literal, LiteralTest } from './filterNode';
import { pathTest } from './jsonPath';
import { fits } from './path/fits';
import { compareTexts } from './path/json';

/**
 * Returns a test of a whole text, such as that of a key. A text literal is compared with the text
 * or, if that is a string of JSON, with what it stands for. A number is compared with a text that
 * is a number of JSON.
 */
export function wholeTest(test: LiteralTest): (text: string) => boolean {
  switch (test.operator) {
    case 'in':
    case 'not in': {
      const equals = test.literals.map((literal) => wholeTest({ operator: '==', literal }));
      const wanted = test.operator === 'in';
      return (text) => equals.some((equal) => equal(text)) === wanted;
    }
    case '!=': {
      const equal = wholeTest({ ...test, operator: '==' });
      return (text) => !equal(text);
    }
    case '==':
    case '<':
    case '<=':
    case '>':
    case '>=':
      return comparison(test.operator, test.literal);
  }
}

function comparison(
  operator: Exclude<LiteralTest['operator'], 'in' | 'not in' | '!='>,
  literal: Literal,
): (text: string) => boolean {
  switch (literal.kind) {
    case 'constant':
      return () => false;
    case 'number':
      return pathTest('$', 0, { operator, literal });
    case 'text': {
      const ofString = pathTest('$', 0, { operator, literal });
      return (text) =>
        fits(operator, compareTexts(text, literal.text)) ||
        (text.startsWith('"') && ofString(text));
    }
  }
}
