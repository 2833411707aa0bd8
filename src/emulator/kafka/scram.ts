import { createHash, createHmac, pbkdf2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

/** More rounds than any server asks for; a hostile one must not keep us busy. */
const MAX_ITERATIONS = 1_000_000;

const derive = promisify(pbkdf2);

export interface ScramLogin {
  readonly hash: 'sha256' | 'sha512';
  readonly username: string;
  readonly password: string;
  /** A random text that is new for each login, without commas. */
  readonly nonce?: string;
}

/**
 * Signs in by SCRAM (RFC 5802, without channel binding), which proves to each side that the other
 * one knows the password.
 *
 * @param send sends a message to the server and returns its response
 * @throws if the server does not prove it, or does not follow the RFC
 */
export async function signInByScram(
  { hash, username, password, nonce = randomBytes(24).toString('base64url') }: ScramLogin,
  send: (message: string) => Promise<string>,
): Promise<void> {
  const name = username.replaceAll('=', '=3D').replaceAll(',', '=2C');
  const clientFirst = `n=${name},r=${nonce}`;
  const serverFirst = await send(`n,,${clientFirst}`);
  const { r: fullNonce = '', s: salt = '', i: rounds = '' } = attributes(serverFirst);
  const iterations = /^\d{1,7}$/.test(rounds) ? Number(rounds) : 0;
  if (!fullNonce.startsWith(nonce) || iterations < 1 || iterations > MAX_ITERATIONS) {
    throw new Error('The broker does not follow SCRAM.');
  }
  const { length } = createHash(hash).digest();
  const salted = await derive(password, Buffer.from(salt, 'base64'), iterations, length, hash);
  const hmac = (key: Buffer, text: string) => createHmac(hash, key).update(text).digest();
  const clientKey = hmac(salted, 'Client Key');
  const storedKey = createHash(hash).update(clientKey).digest();
  const withoutProof = `c=biws,r=${fullNonce}`;
  const exchanged = `${clientFirst},${serverFirst},${withoutProof}`;
  const signature = hmac(storedKey, exchanged);
  const proof = clientKey.map((byte, index) => byte ^ (signature[index] ?? 0));

  const serverFinal = await send(`${withoutProof},p=${Buffer.from(proof).toString('base64')}`);
  const given = Buffer.from(attributes(serverFinal)['v'] ?? '', 'base64');
  const expected = hmac(hmac(salted, 'Server Key'), exchanged);
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
    throw new Error('The broker does not know the password.');
  }
}

/** Returns the values of a message such as `r=abc,s=QSXCR+Q6sek8bf92,i=4096` by their letters. */
function attributes(message: string): Partial<Record<string, string>> {
  return Object.fromEntries(message.split(',').map((each) => [each.slice(0, 1), each.slice(2)]));
}
