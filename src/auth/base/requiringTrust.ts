import { KafkaError } from '../../core/errors';
import type { Authorizer } from '../../core/http/client';
import type { SignInHost } from './signInHost';

/**
 * Returns an authorizer that rejects with kind `workspace-untrusted`, before it reads or runs
 * anything, in a workspace that the person does not trust.
 */
export function requiringTrust(authorizer: Authorizer, host: SignInHost): Authorizer {
  return {
    ...authorizer,
    credentials: async (signal) => {
      if (!host.isTrusted()) {
        throw new KafkaError('workspace-untrusted', { signIn: authorizer.kind });
      }
      return authorizer.credentials(signal);
    },
  };
}
