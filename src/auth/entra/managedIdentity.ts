import { AsyncLocalStorage } from 'node:async_hooks';
import type { INetworkModule, ManagedIdentityIdParams } from '@azure/msal-node';
import { KafkaError } from '../../core/errors';
import { serverDetail } from '../../core/http/serverDetail';
import { cachedTokens, type TokenSource } from '../base/bearer';
import { isGuid } from './fields';
import { IdentityNetwork, type IdentityNetworkOptions } from './identityNetwork';
import { usableToken } from './usableToken';

/** How a definition names the identity: that of the computer, or a user-assigned one by an ID. */
export type IdentityKind = 'system' | 'clientId' | 'objectId' | 'resourceId';

export interface ManagedIdentity extends Omit<IdentityNetworkOptions, 'signal' | 'field'> {
  readonly identity: string;
  /** The ID of a user-assigned identity. */
  readonly identityId: string;
  /** Such as `https://hib.azurehdinsight.net/.default`. */
  readonly scope: string;
}

/**
 * The network of the sign-in that is under way. MSAL keeps the network of the first sign-in for the
 * whole process, whichever is given later.
 */
const underWay = new AsyncLocalStorage<INetworkModule>();

const network: INetworkModule = {
  sendGetRequestAsync: (url, options) => current().sendGetRequestAsync(url, options),
  sendPostRequestAsync: (url, options) => current().sendPostRequestAsync(url, options),
};

function current(): INetworkModule {
  const own = underWay.getStore();
  if (!own) throw new Error('There is no sign-in under way.');
  return own;
}

/**
 * Returns a source of tokens for a managed identity of this computer. `token` rejects with the
 * signal's reason or a `KafkaError`: `identity-missing` with no `detail` if there is no service for
 * managed identities, `credential-unusable` if the ID does not fit, `scope-unknown`, `timeout`,
 * `throttled`, `unavailable` or `sign-in-failed`.
 */
export function managedIdentityTokens(options: ManagedIdentity): TokenSource {
  const { identity, identityId, scope, signIn, ...how } = options;
  const field = identity === 'system' ? 'identity' : 'identityId';
  return cachedTokens(async (signal) => {
    const managedIdentityIdParams = paramsOf(identity, identityId, signIn);
    // Loaded here because it is large, and the start of VS Code must not wait for it.
    const { ManagedIdentityApplication } = await import('./library');
    const own = new IdentityNetwork({ ...how, signIn, field, signal });
    const application = new ManagedIdentityApplication({
      managedIdentityIdParams,
      system: { networkClient: network, disableInternalRetries: true },
    });
    try {
      const result = await underWay.run(own, () =>
        application.acquireToken({
          resource: scope.replace(/\/\.default$/, ''),
          forceRefresh: true,
        }),
      );
      return usableToken(result, { signIn });
    } catch (error) {
      signal.throwIfAborted();
      if (own.failure instanceof KafkaError) throw own.failure;
      if (error instanceof KafkaError) throw error;
      const detail = error instanceof Error ? serverDetail(error.message) : '';
      throw new KafkaError('sign-in-failed', { detail, signIn, cause: error });
    }
  });
}

function paramsOf(identity: string, id: string, signIn: string): ManagedIdentityIdParams {
  const fits = identity === 'resourceId' ? /^\/subscriptions\/./i.test(id) : isGuid(id);
  if (identity !== 'system' && !fits) {
    throw new KafkaError('credential-unusable', { signIn, field: 'identityId', detail: id });
  }
  switch (identity) {
    case 'clientId':
      return { userAssignedClientId: id };
    case 'objectId':
      return { userAssignedObjectId: id };
    case 'resourceId':
      return { userAssignedResourceId: id };
    default:
      return {};
  }
}
