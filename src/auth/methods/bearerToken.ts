import { KafkaError } from '../../core/errors';
import { lifeOf, parseToken } from '../base/pastedToken';
import { checkLife } from '../base/tokenLife';
import type { SignInMethod } from './signInMethod';

const KIND = 'bearerToken';

/** A token that a person got elsewhere (RFC 6750). It cannot be renewed. */
export const bearerToken = {
  kind: KIND,
  fields: {},
  secrets: {
    token: {
      parse: parseToken,
      expiry: (text) => lifeOf(text).until,
      boundTo: () => [KIND],
    },
  },
  culprits: {
    'secret-missing': 'token',
    'credential-expired': 'token',
    unauthorized: 'token',
  },
  authorizer: (_, { origin, secret }) => ({
    kind: KIND,
    origin,
    credentials: async (signal) => {
      const token = await secret('token');
      signal.throwIfAborted();
      const facts = { host: new URL(origin).host, signIn: KIND };
      if (token === undefined || token === '') throw new KafkaError('secret-missing', facts);
      checkLife(lifeOf(token), facts);
      return { headers: { authorization: `Bearer ${token}` }, hidden: [token] };
    },
  }),
} as const satisfies SignInMethod<never, 'token'>;
