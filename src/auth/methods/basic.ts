import { type Parsed, parseName } from '../../core/cluster/definition';
import { KafkaError } from '../../core/errors';
import type { SignInMethod } from './signInMethod';

const KIND = 'basic';

/** A user name and a password, which go to the endpoint with each request (RFC 7617). */
export const basic = {
  kind: KIND,
  fields: { username: { parse: parseUsername } },
  secret: {
    parse: parsePassword,
    boundTo: ({ username }) => [KIND, username],
  },
  culprits: { 'secret-missing': 'secret', unauthorized: 'secret' },
  authorizer: ({ username }, { origin, secret }) => ({
    kind: KIND,
    origin,
    credentials: async (signal) => {
      const password = await secret();
      signal.throwIfAborted();
      if (password === undefined || password === '') {
        throw new KafkaError('secret-missing', { host: new URL(origin).host, signIn: KIND });
      }
      const pair = Buffer.from(`${username}:${password}`, 'utf8').toString('base64');
      return { headers: { authorization: `Basic ${pair}` }, hidden: [pair, password] };
    },
  }),
} as const satisfies SignInMethod<'username'>;

/** A user name. A colon would end it, and the rest would be taken for a part of the password. */
function parseUsername(text: string): Parsed<string> {
  const { value, problem } = parseName(text);
  if (problem !== undefined) return { problem };
  return value.includes(':') ? { problem: 'has-colon' } : { value };
}

/** A password as it is: blanks at its ends may be part of it. Control characters are forbidden. */
function parsePassword(text: string): Parsed<string> {
  if (text === '') return { problem: 'empty' };
  return /\p{Cc}/u.test(text) ? { problem: 'has-control' } : { value: text };
}
