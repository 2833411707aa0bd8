import { randomUUID } from 'node:crypto';
import { TokenSigner, type Verdict } from './tokens';

/** The names in tokens that somebody hands out: who did, and for what. */
const ISSUER = 'https://tokens.example.com';
const AUDIENCE = 'kafka-rest';

/** A token that a person got elsewhere, and the check of the REST proxy that accepts only it. */
export interface HandedOut {
  readonly token: string;
  readonly verify: (token: string) => Verdict;
}

/**
 * Returns a given token, which may be any text, or else a new JSON Web Token.
 *
 * @param options the life of a new token in seconds, and the application that it is for
 */
export async function handedOut(
  given: string | undefined,
  { lifetime, clientId }: { readonly lifetime: number; readonly clientId: string },
): Promise<HandedOut> {
  if (given !== undefined) {
    return {
      token: given,
      verify: (token) =>
        token === given
          ? { valid: true, clientId }
          : { valid: false, reason: 'The token is not known' },
    };
  }
  const signer = await TokenSigner.create();
  const now = Math.floor(Date.now() / 1000);
  const token = signer.sign({
    iss: ISSUER,
    aud: AUDIENCE,
    sub: clientId,
    client_id: clientId,
    jti: randomUUID(),
    iat: now,
    nbf: now,
    exp: now + lifetime,
  });
  return { token, verify: (text) => signer.verify(text, { iss: ISSUER, aud: AUDIENCE }) };
}
