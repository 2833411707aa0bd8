import { SingleFlight } from '../../core/async/singleFlight';
import type { Authorizer, Credentials } from '../../core/http/client';

/** Issues bearer tokens. */
export interface TokenSource {
  /**
   * Returns a token that is valid now. `refused` is a token to which the server responded with 401;
   * the result is then another one. Rejects with the signal's reason when that aborts.
   */
  token(options: { signal?: AbortSignal; refused?: string }): Promise<string>;
}

/**
 * Returns an authorizer that uses the tokens of a source. If the server refuses a token, it gets a
 * new one.
 */
export function bearer(kind: string, origin: string, source: TokenSource): Authorizer {
  const credentials = async (signal: AbortSignal, refused?: string): Promise<Credentials> => {
    const token = await source.token({ signal, ...(refused !== undefined && { refused }) });
    return {
      headers: { authorization: `Bearer ${token}` },
      hidden: [token],
      renew: (again) => credentials(again, token),
    };
  };
  return { kind, origin, credentials: (signal) => credentials(signal) };
}

export interface Token {
  readonly value: string;
  /** When to get the next one, in epoch milliseconds. */
  readonly renewAt: number;
}

/** How long before its end a token is renewed, in milliseconds. */
const RENEW_EARLY_MS = 5 * 60_000;

/**
 * Returns when to renew a token that is valid until `end`, in epoch milliseconds. A short-lived one
 * is renewed when a tenth of its life is left.
 */
export function renewalBefore(end: number): number {
  return end - Math.min(RENEW_EARLY_MS, (end - Date.now()) / 10);
}

/**
 * Returns a source that keeps the token of the last sign-in in memory until it must be renewed.
 * Callers that need a new one at the same time share one sign-in. `token` rejects with what
 * `signIn` rejects with, or with the signal's reason.
 */
export function cachedTokens(signIn: (signal: AbortSignal) => Promise<Token>): TokenSource {
  let current: Token | undefined;
  let flight: SingleFlight<Token> | undefined;
  return {
    async token({ signal, refused }) {
      signal?.throwIfAborted();
      if (current && current.value !== refused && Date.now() < current.renewAt) {
        return current.value;
      }
      if (!flight || flight.aborted) {
        const own = new SingleFlight(async (end) => {
          try {
            return (current = await signIn(end));
          } finally {
            if (flight === own) flight = undefined;
          }
        });
        flight = own;
      }
      return (await flight.join(signal)).value;
    },
  };
}
