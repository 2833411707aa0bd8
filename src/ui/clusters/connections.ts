import { methodOf } from '../../auth/methods/registry';
import type { ClusterDefinition } from '../../core/cluster/definition';
import { openProxy } from '../../core/dialects/open';
import { type HttpOptions, openHttp } from '../../core/http/client';
import type { KafkaProxy, ReadingProxy } from '../../core/kafka';

/** Opens a connection to a cluster. Nothing is sent before the proxy is used. */
export type Connect = (
  definition: ClusterDefinition,
  secret: () => Promise<string | undefined>,
) => KafkaProxy;

/** As `Connect`, but only for reading. Writing goes through `ClusterStore.toWrite`. */
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

/** The open connections, one for each cluster in use, by the name of the cluster. */
export class Connections {
  readonly #proxies = new Map<string, KafkaProxy>();

  constructor(private readonly connect: Connect) {}

  /** Returns the proxy of a cluster, opened at the first call. */
  open(definition: ClusterDefinition, secret: () => Promise<string | undefined>): KafkaProxy {
    const { name } = definition;
    const proxy = this.#proxies.get(name) ?? this.connect(definition, secret);
    this.#proxies.set(name, proxy);
    return proxy;
  }

  /** Closes a connection and aborts its requests. */
  close(name: string): void {
    void this.#proxies.get(name)?.dispose();
    this.#proxies.delete(name);
  }

  /**
   * Opens new connections for requests from now on. Requests under way continue, because aborting
   * them would leave their outcome unclear.
   */
  renew(): void {
    this.#proxies.clear();
  }

  dispose(): void {
    for (const name of this.#proxies.keys()) this.close(name);
  }
}
