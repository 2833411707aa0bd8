import { methodOf } from '../../auth/methods/registry';
import type { SecretSource } from '../../auth/methods/signInMethod';
import { plainHost, type SignInHost } from '../../auth/base/signInHost';
import type { ClusterDefinition } from '../../core/cluster/definition';
import {
  DETECTION_BYTES,
  DETECTION_MS,
  type Detected,
  detectDialect,
} from '../../core/dialects/detect';
import type { Leftovers } from '../../core/dialects/dialect';
import { openProxy } from '../../core/dialects/open';
import { type HttpOptions, openHttp } from '../../core/http/client';
import type { KafkaProxy, ReadingProxy } from '../../core/kafka';

/** Opens a connection to a cluster. Nothing is sent before the proxy is used. */
export type Connect = (definition: ClusterDefinition, secret: SecretSource) => Promise<KafkaProxy>;

/** As `Connect`, but only for reading. Writing goes through `Connections.toWrite`. */
export type ConnectToRead = (...given: Parameters<Connect>) => Promise<ReadingProxy>;

/** What connections use of the surroundings. */
export interface Surroundings {
  /** Notes what connections keep open on a server. */
  readonly leftovers?: (endpoint: string) => Leftovers;
  /** Missing: there is no VS Code. */
  readonly host?: SignInHost;
}

/**
 * Returns what opens the connections. It calls `options` for each one, so that changed settings
 * apply to the next.
 */
export function connectWith(
  options: () => HttpOptions,
  { leftovers, host = plainHost }: Surroundings = {},
): (...given: Parameters<Connect>) => KafkaProxy {
  return ({ endpoint, dialect, signIn, caFile, protection, azure }, secret) => {
    const http = openHttp({ ...options(), ...(caFile && { caFile }) });
    const { origin } = new URL(endpoint);
    const authorizer = methodOf(signIn).authorizer(signIn, { origin, http, secret, host });
    return openProxy({
      dialect,
      endpoint,
      http,
      authorizer: azure ? { ...authorizer, azure } : authorizer,
      ...(leftovers && { leftovers: leftovers(endpoint) }),
      readOnly: protection === 'readOnly',
    });
  };
}

/**
 * Finds out which dialect the REST proxy at an endpoint has, as `detectDialect` does. `caFile` may
 * be empty.
 */
export type Detect = (
  endpoint: string,
  caFile: string,
  signal: AbortSignal,
) => Promise<Detected | undefined>;

/** As `connectWith`, to find out the dialect. */
export function detectWith(options: () => HttpOptions): Detect {
  return async (endpoint, caFile, signal) => {
    const http = openHttp({
      ...options(),
      ...(caFile && { caFile }),
      requestTimeoutMs: DETECTION_MS,
      maxResponseBytes: DETECTION_BYTES,
      retries: 0,
    });
    try {
      return await detectDialect(endpoint, http, signal);
    } finally {
      http.dispose();
    }
  };
}
