import type { SignInMethod } from './signInMethod';

const kind = 'none';

/** Requests carry no credentials. */
export const none = {
  kind,
  fields: {},
  culprits: {},
  authorizer: (_, { origin }) => ({
    kind,
    origin,
    credentials: () => Promise.resolve({ headers: {}, hidden: [] }),
  }),
} as const satisfies SignInMethod<never>;
