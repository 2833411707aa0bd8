import { methodOf } from '../../auth/methods/registry';
import type { SecretSource } from '../../auth/methods/signInMethod';
import type { ClusterDefinition } from '../../core/cluster/definition';
import { openProxy } from '../../core/dialects/open';
import { type HttpOptions, openHttp } from '../../core/http/client';
import type { KafkaProxy, ReadingProxy } from '../../core/kafka';

/** Opens a connection to a cluster. Nothing is sent before the proxy is used. */
export type Connect = (definition: ClusterDefinition, secret: SecretSource) => KafkaProxy;

/** As `Connect`, but only for reading. Writing goes through `Connections.toWrite`. */
export type ConnectToRead = (...given: Parameters<Connect>) => ReadingProxy;

/** Calls `options` for each connection, so that changed settings apply to the next one. */
export function connectWith(options: () => HttpOptions): Connect {
  return ({ endpoint, dialect, signIn, caFile, protection }, secret) => {
    const http = openHttp({ ...options(), ...(caFile && { caFile }) });
    const { origin } = new URL(endpoint);
    const authorizer = methodOf(signIn).authorizer(signIn, { origin, http, secret });
    return openProxy({ dialect, endpoint, http, authorizer, readOnly: protection === 'readOnly' });
  };
}
