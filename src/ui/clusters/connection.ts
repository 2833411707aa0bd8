import { clientCredentials } from '../../auth/methods/clientSecret';
import type { ClusterDefinition } from '../../core/cluster/definition';
import { type HttpOptions, openHttp } from '../../core/http/client';
import type { KafkaProxy, ReadingProxy } from '../../core/kafka';
import { openProxy } from '../../core/dialects/open';

/** Opens the way to a cluster. Nothing is sent before the proxy is used. */
export type Connect = (
  definition: ClusterDefinition,
  secret: () => Promise<string | undefined>,
) => KafkaProxy;

/** As `Connect`, for those who only read; writing goes by `ClusterStore.toWrite`. */
export type ConnectToRead = (...given: Parameters<Connect>) => ReadingProxy;

/** `options` is asked for each connection, so that changed settings hold for the next one. */
export function connectWith(options: () => HttpOptions): Connect {
  return (definition, secret) => {
    const { endpoint, authority, tenantId, clientId, scope, caFile, protection } = definition;
    const http = openHttp({ ...options(), ...(caFile && { caFile }) });
    const { origin } = new URL(endpoint);
    const token = clientCredentials({ authority, tenantId, clientId, scope, origin, secret, http });
    return openProxy({ endpoint, http, token, readOnly: protection === 'readOnly' });
  };
}
