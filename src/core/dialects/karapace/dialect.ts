import { type Dialect, PLAIN_SIGN_INS } from '../dialect';
import { CAPABILITIES } from './capabilities';
import { V2_API_PATH } from '../v2/endpoint';

/** The REST proxy of Karapace. */
export const karapace = {
  kind: 'karapace',
  fields: {},
  endpoint: { apiPath: V2_API_PATH },
  signIn: 'none',
  signIns: PLAIN_SIGN_INS,
  capabilities: CAPABILITIES,
} as const satisfies Dialect<never>;
