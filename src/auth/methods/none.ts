import type { SignInMethod } from './signInMethod';

const KIND = 'none';

/** Requests carry no credentials. */
export const none = {
  kind: KIND,
  fields: {},
  secrets: {},
  culprits: {},
  authorizer: (_, { origin }) => ({
    kind: KIND,
    origin,
    credentials: () => Promise.resolve({ headers: {}, hidden: [] }),
  }),
} as const satisfies SignInMethod<never, never>;
