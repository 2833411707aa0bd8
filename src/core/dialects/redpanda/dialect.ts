import type { Dialect } from '../dialect';
import { CAPABILITIES } from './capabilities';
import { V2_API_PATH } from '../v2/endpoint';

/** Redpanda's HTTP proxy (Pandaproxy). */
export const redpanda = {
  kind: 'redpanda',
  fields: {},
  endpoint: { apiPath: V2_API_PATH },
  signIn: 'basic',
  capabilities: CAPABILITIES,
} as const satisfies Dialect<never>;
