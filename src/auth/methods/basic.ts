import { parseName } from '../../core/cluster/definition';
import type { Parsed } from '../../core/cluster/parsed';
import { KafkaError } from '../../core/errors';
import { parsePassphrase } from '../base/passphrase';
import type { SignInMethod } from './signInMethod';

const KIND = 'basic';

/** A user name and a password, which are sent to the endpoint with each request (RFC 7617). */
export const basic = {
  kind: KIND,
  fields: { username: { parse: parseUsername } },
  secrets: {
    password: { parse: parsePassphrase, boundTo: ({ username }) => [KIND, username] },
  },
  culprits: { 'secret-missing': 'password', unauthorized: 'password' },
  authorizer: ({ username }, { origin, secret }) => ({
    kind: KIND,
    origin,
    credentials: async (signal) => {
      const password = await secret('password');
      signal.throwIfAborted();
      if (password === undefined || password === '') {
        throw new KafkaError('secret-missing', { host: new URL(origin).host, signIn: KIND });
      }
      const pair = Buffer.from(`${username}:${password}`, 'utf8').toString('base64');
      return { headers: { authorization: `Basic ${pair}` }, hidden: [pair, password] };
    },
  }),
} as const satisfies SignInMethod<'username', 'password'>;

/** Parses a user name. It cannot hold a colon, which separates it from the password. */
function parseUsername(text: string): Parsed<string> {
  const { value, problem } = parseName(text);
  if (problem !== undefined) return { problem };
  return value.includes(':') ? { problem: 'has-colon' } : { value };
}
