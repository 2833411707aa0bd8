import type { Parsed } from '../../core/cluster/parsed';
import { lifeIn, objectInPart, type TokenLife } from './tokenLife';
import { isToken } from './tokenText';

/**
 * Returns the token in a pasted text, which may have quotes around it, the name of its header or
 * the word "Bearer" before it, and, in a JSON Web Token, blanks where a terminal broke the line. An
 * expired token is refused.
 */
export function parseToken(text: string): Parsed<string> {
  const token = tokenIn(text);
  if (token === '') return { problem: 'empty' };
  if (!isToken(token)) return { problem: 'not-a-token' };
  const { until } = lifeOf(token);
  return until !== undefined && until <= Date.now() ? { problem: 'expired' } : { value: token };
}

function tokenIn(text: string): string {
  const plain = text
    .replace(/^[\s"'`]+/, '')
    .replace(/(?<![\s"'`,;])[\s"'`,;]+$/, '')
    .replace(/^(?:-H\s*["']?)?(?:authorization\s*:\s*)?(?:bearer(?:\s+|$))?/i, '')
    .replace(/^[\s"'`]+/, '');
  const joined = plain.replace(/\s+/g, '');
  return JWT.test(joined) ? joined : plain;
}

/** A JSON Web Token begins with a JSON object, and has two or four dots (RFC 7519, RFC 7516). */
const JWT = /^eyJ[\w-]+(?:\.[\w-]*){2,4}$/;

/**
 * Returns the life of the token in a text, as its claims `nbf` and `exp` tell it (RFC 7519, 4.1).
 * Its signature is not verified. Returns an empty life for any other text.
 */
export function lifeOf(text: string): TokenLife {
  const token = tokenIn(text);
  if (!JWT.test(token)) return {};
  return lifeIn(objectInPart(token.split('.')[1] ?? '') ?? {});
}
