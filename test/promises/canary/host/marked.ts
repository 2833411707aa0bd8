import { randomBytes } from 'node:crypto';

/** Returns a word that the search finds, and that no format escapes. */
export function newWord(): string {
  return randomBytes(18).toString('hex');
}

/**
 * Returns a new secret. It has long words for the search and, between them, characters that every
 * format escapes in its own way.
 */
export function newSecret(): string {
  const word = () => randomBytes(12).toString('hex');
  return `${word()}~${word()}+/&=%"'\\<é> ${word()}`;
}

/** A text that the search must find in every place. */
export const control = `Control-${randomBytes(18).toString('hex')}`;

export const secrets = { right: newSecret(), expired: newSecret(), wrong: newSecret() };
export const passwords = { right: newSecret(), wrong: newSecret() };

/** What messages hold; see `Canaries`. */
export const body = `Body-${randomBytes(18).toString('hex')}`;

/** The tokens that the emulator has issued so far. */
export const tokens: string[] = [];

/** Returns the client secrets and the passwords, which must not be found anywhere. */
export function allSecrets(): string[] {
  return [...Object.values(secrets), ...Object.values(passwords)];
}
