import { type Dialect, PLAIN_SIGN_INS } from '../dialect';
import { CAPABILITIES } from './capabilities';
import { V2_API_PATH } from '../v2/endpoint';

/** Redpanda's HTTP proxy (Pandaproxy). */
export const redpanda = {
  kind: 'redpanda',
  fields: {},
  endpoint: { apiPath: V2_API_PATH },
  signIn: 'basic',
  signIns: PLAIN_SIGN_INS,
  capabilities: CAPABILITIES,
} as const satisfies Dialect<never>;
