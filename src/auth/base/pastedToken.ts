import { KafkaError } from '../../core/errors';
import type { Parsed } from '../../core/cluster/parsed';
import { isToken } from './tokenText';

/** When a token is valid, in epoch milliseconds, as far as it tells. */
export interface TokenLife {
  readonly from?: number;
  readonly until?: number;
}

/** By how many milliseconds the clocks of this computer and of a server may differ. */
const CLOCK_TOLERANCE_MS = 5 * 60_000;

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
  const { nbf, exp } = claimsIn(token);
  return {
    ...(isDate(nbf) && { from: nbf * 1000 }),
    ...(isDate(exp) && { until: exp * 1000 }),
  };
}

function claimsIn(token: string): { readonly nbf?: unknown; readonly exp?: unknown } {
  try {
    const claims: unknown = JSON.parse(
      Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'),
    );
    return typeof claims === 'object' && claims !== null ? claims : {};
  } catch {
    return {};
  }
}

/** Returns whether a claim is a number of seconds that a `Date` can represent. */
function isDate(claim: unknown): claim is number {
  return typeof claim === 'number' && Math.abs(claim) <= 8.64e12;
}

/**
 * Throws a `KafkaError` of kind `credential-expired` if a token says that it is not valid now. The
 * clock of this computer may be a little slow.
 */
export function checkLife(
  token: string,
  facts: { readonly host: string; readonly signIn: string },
) {
  const { from, until } = lifeOf(token);
  const now = Date.now();
  const isOver = until !== undefined && until <= now;
  const isEarly = from !== undefined && from > now + CLOCK_TOLERANCE_MS;
  if (!isOver && !isEarly) return;
  const detail = new Date(isOver ? until : (from ?? now)).toISOString();
  throw new KafkaError('credential-expired', { ...facts, detail });
}
