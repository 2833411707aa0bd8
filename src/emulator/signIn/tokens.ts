import {
  createPublicKey,
  generateKeyPair,
  randomUUID,
  sign,
  verify,
  type JsonWebKey,
  type KeyObject,
} from 'node:crypto';
import { promisify } from 'node:util';

/** The claims that every token of an application has; times are seconds since the epoch. */
export interface CommonClaims {
  readonly iss: string;
  readonly aud: string;
  readonly iat: number;
  readonly nbf: number;
  readonly exp: number;
}

/** The claims of a token of Entra ID. */
export interface Claims extends CommonClaims {
  readonly appid: string;
  readonly tid: string;
  readonly oid: string;
  /** Makes each token unique, as Entra ID's are. */
  readonly uti: string;
  readonly ver: '1.0';
}

/** The claims of a token of any other provider (RFC 9068, 2.2). */
export interface AccessClaims extends CommonClaims {
  readonly sub: string;
  readonly client_id: string;
  readonly jti: string;
  readonly scope?: string;
}

/** The application that a token belongs to, or the reason why it is not valid. */
export type Verdict =
  | { readonly valid: true; readonly clientId: string }
  | { readonly valid: false; readonly reason: string };

/** Signs and verifies JSON Web Tokens (RFC 7519) with RS256 and a key of its own. */
export class TokenSigner {
  readonly #keyId = randomUUID();
  readonly #publicKey: KeyObject;

  private constructor(private readonly privateKey: KeyObject) {
    this.#publicKey = createPublicKey(privateKey);
  }

  static async create(): Promise<TokenSigner> {
    const { privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 });
    return new TokenSigner(privateKey);
  }

  /** The public key, as a member of a JWKS document. */
  get jwk(): JsonWebKey {
    return {
      ...this.#publicKey.export({ format: 'jwk' }),
      use: 'sig',
      alg: 'RS256',
      kid: this.#keyId,
    };
  }

  sign(claims: Claims | AccessClaims): string {
    return signJwt(claims, { kid: this.#keyId, key: this.privateKey });
  }

  /** Checks signature, issuer, audience and lifetime. Accepts any text. */
  verify(token: string, expected: { readonly iss: string; readonly aud: string }): Verdict {
    const [header = '', payload = '', signature = '', ...rest] = token.split('.');
    const { alg, kid } = decode(header);
    if (alg !== 'RS256' || kid !== this.#keyId || rest.length > 0) {
      return { valid: false, reason: 'The token is not signed with a known key' };
    }
    const signed = Buffer.from(`${header}.${payload}`);
    if (!verify('sha256', signed, this.#publicKey, Buffer.from(signature, 'base64url'))) {
      return { valid: false, reason: 'The signature is invalid' };
    }
    const { iss, aud, appid, client_id: clientId, nbf, exp } = decode(payload);
    if (iss !== expected.iss) return { valid: false, reason: 'The issuer is invalid' };
    if (aud !== expected.aud) return { valid: false, reason: 'The audience is invalid' };
    const now = Date.now() / 1000;
    if (!(Number(nbf) <= now)) return { valid: false, reason: 'The token is not valid yet' };
    if (!(Number(exp) > now)) return { valid: false, reason: 'The token is expired' };
    return { valid: true, clientId: String(appid ?? clientId) };
  }
}

/** Returns a JSON Web Token that is signed with RS256. `kid` names the key. */
export function signJwt(
  claims: object,
  { kid, key }: { readonly kid: string; readonly key: KeyObject },
): string {
  const signed = [{ typ: 'JWT', alg: 'RS256', kid }, claims]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.');
  const signature = sign('sha256', Buffer.from(signed), key);
  return `${signed}.${signature.toString('base64url')}`;
}

/** Returns the object in a part of a token; empty if it is not an object. */
export function decode(part: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString());
    return { ...(typeof value === 'object' ? value : undefined) };
  } catch {
    return {};
  }
}
