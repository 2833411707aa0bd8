import type { Authorizer, Credentials } from '../../core/http/client';

/** Who is asked for bearer tokens. */
export interface TokenSource {
  /**
   * Returns a token that is valid now. `refused` is a token to which the server responded with 401;
   * the result is then another one. Rejects with the signal's reason when that aborts.
   */
  token(options: { signal?: AbortSignal; refused?: string }): Promise<string>;
}

/** Signs in with the tokens of a source, and with a fresh one where the server refuses the first. */
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
