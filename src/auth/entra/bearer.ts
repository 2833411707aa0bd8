import type { Authorizer, Credentials } from '../../core/http/client';

/** Who is asked for bearer tokens. */
export interface TokenSource {
  /**
   * A token that is valid now. `refused` is one that the server answered with 401: it gives another.
   * Rejects with the signal's reason when that aborts.
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
