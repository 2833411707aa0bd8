import { withoutCredentials } from '../base/withoutCredentials';
import type { SignInMethod } from './signInMethod';

const KIND = 'none';

/** Requests carry no credentials. */
export const none = {
  kind: KIND,
  fields: {},
  secrets: {},
  culprits: {},
  authorizer: (_, { origin }) => withoutCredentials(KIND, origin),
} as const satisfies SignInMethod<never, never>;
