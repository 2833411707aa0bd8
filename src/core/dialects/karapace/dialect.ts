import type { Dialect } from '../dialect';

/** The REST proxy of Karapace. */
export const karapace = {
  kind: 'karapace',
  fields: {},
  signIn: 'none',
} as const satisfies Dialect<never>;
