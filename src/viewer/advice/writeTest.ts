import { escapeHidden } from '../../core/json/hidden';
import type { Literal, Test } from '../filter/filterNode';

/** Returns an operator and its operand as a filter writes them, such as `== "x"`. */
export function writeTest(test: Test): string {
  switch (test.operator) {
    case '=~':
      return `=~ /${test.pattern.source}/${test.pattern.flags}`;
    case 'in':
    case 'not in':
      return `${test.operator} [${test.literals.map(writeLiteral).join(', ')}]`;
    case '==':
    case '!=':
    case '<':
    case '<=':
    case '>':
    case '>=':
      return `${test.operator} ${writeLiteral(test.literal)}`;
  }
}

export function writeLiteral(literal: Literal): string {
  switch (literal.kind) {
    case 'text':
      return JSON.stringify(literal.text);
    case 'number':
      return literal.digits;
    case 'constant':
      return String(literal.value);
  }
}

/** Returns a text as a term that looks for it. */
export function writeWord(text: string): string {
  return /^[\p{L}\p{N}_-]+$/u.test(text) ? text : writeQuoted(text);
}

/** Returns a text in quotes as a term that looks for it. */
export function writeQuoted(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&')}"`;
}

/** Returns the name of a header as it follows `header:`. Hidden characters are escaped. */
export function writeHeaderName(name: string): string {
  const json = escapeHidden(JSON.stringify(name));
  return /^[^\s()=!<>"]+$/.test(name) && json === `"${name}"` ? name : json;
}
