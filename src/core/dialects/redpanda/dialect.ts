import type { Dialect } from '../dialect';
import { CAPABILITIES } from './capabilities';

/** Redpanda's HTTP proxy (Pandaproxy). */
export const redpanda = {
  kind: 'redpanda',
  fields: {},
  signIn: 'basic',
  capabilities: CAPABILITIES,
} as const satisfies Dialect<never>;
