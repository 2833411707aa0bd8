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

/** As `Connect`, for those who only read; writing goes by `ClusterStore.toWrite`. */
export type ConnectToRead = (...given: Parameters<Connect>) => ReadingProxy;

/** `options` is asked for each connection, so that changed settings hold for the next one. */
export function connectWith(options: () => HttpOptions): Connect {
  return ({ endpoint, dialect, signIn, caFile, protection }, secret) => {
    const http = openHttp({ ...options(), ...(caFile && { caFile }) });
    const { origin } = new URL(endpoint);
    const authorizer = methodOf(signIn).authorizer(signIn, { origin, http, secret });
    return openProxy({ dialect, endpoint, http, authorizer, readOnly: protection === 'readOnly' });
  };
}

/** The open connections, one for each cluster that is in use, by the cluster's name. */
export class Connections {
  readonly #proxies = new Map<string, KafkaProxy>();

  constructor(private readonly connect: Connect) {}

  /** The proxy of a cluster, opened at the first call. */
  open(definition: ClusterDefinition, secret: () => Promise<string | undefined>): KafkaProxy {
    const { name } = definition;
    const proxy = this.#proxies.get(name) ?? this.connect(definition, secret);
    this.#proxies.set(name, proxy);
    return proxy;
  }

  /** Ends a connection, with what is under way. */
  close(name: string): void {
    void this.#proxies.get(name)?.dispose();
    this.#proxies.delete(name);
  }

  /** Opens others for what begins from now on. What is under way goes on: it would have no clear end. */
  renew(): void {
    this.#proxies.clear();
  }

  dispose(): void {
    for (const name of this.#proxies.keys()) this.close(name);
  }
}
