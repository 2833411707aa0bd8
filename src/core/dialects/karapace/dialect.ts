import type { Dialect } from '../dialect';
import { CAPABILITIES } from './capabilities';

/** The REST proxy of Karapace. */
export const karapace = {
  kind: 'karapace',
  fields: {},
  signIn: 'none',
  capabilities: CAPABILITIES,
} as const satisfies Dialect<never>;
