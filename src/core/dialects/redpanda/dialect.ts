import type { Dialect } from '../dialect';

/** Redpanda's HTTP proxy (Pandaproxy). */
export const redpanda = {
  kind: 'redpanda',
  fields: {},
  signIn: 'basic',
} as const satisfies Dialect<never>;
