import { KafkaError, type KafkaErrorFacts } from '../../core/errors';
import { parseJsonObject } from './parseJson';

/** When a token is valid, in epoch milliseconds, as far as it tells. */
export interface TokenLife {
  readonly from?: number;
  readonly until?: number;
}

/** By how many milliseconds the clocks of this computer and of a server may differ. */
const CLOCK_TOLERANCE_MS = 5 * 60_000;

/** Returns the JSON object in a part of a JSON Web Token, or `undefined` if there is none. */
export function objectInPart(part: string): object | undefined {
  return parseJsonObject(Buffer.from(part, 'base64url').toString('utf8'));
}

/** Returns the life of a token as its claims `nbf` and `exp` tell it (RFC 7519, 4.1). */
export function lifeIn({
  nbf,
  exp,
}: {
  readonly nbf?: unknown;
  readonly exp?: unknown;
}): TokenLife {
  return {
    ...(isDate(nbf) && { from: nbf * 1000 }),
    ...(isDate(exp) && { until: exp * 1000 }),
  };
}

/** Returns whether a claim is a number of seconds that a `Date` can represent. */
function isDate(claim: unknown): claim is number {
  return typeof claim === 'number' && Math.abs(claim) <= 8.64e12;
}

/**
 * Throws a `KafkaError` of kind `credential-expired` if a token is not valid now. Its `detail` is
 * the date at which the token expired or becomes valid. The clock of this computer may be a little
 * slow.
 */
export function checkLife(
  { from, until }: TokenLife,
  facts: Pick<KafkaErrorFacts, 'host' | 'signIn' | 'field'>,
): void {
  const now = Date.now();
  const isOver = until !== undefined && until <= now;
  const isEarly = from !== undefined && from > now + CLOCK_TOLERANCE_MS;
  if (!isOver && !isEarly) return;
  const detail = new Date(isOver ? until : (from ?? now)).toISOString();
  throw new KafkaError('credential-expired', { ...facts, detail });
}
