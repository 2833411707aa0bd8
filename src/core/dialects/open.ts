import { DEFAULT_DIALECT, type Dialect } from '../cluster/definition';
import { KafkaError } from '../errors';
import type { Authorizer, HttpClient } from '../http/client';
import type { KafkaProxy } from '../kafka';
import { HdinsightProxy } from './hdinsight/proxy';

/** The class that implements each dialect. */
const DIALECTS = { 'hdinsight-v1': HdinsightProxy } as const satisfies Record<Dialect, unknown>;

export interface ProxyOptions {
  /** Default: `hdinsight-v1`. */
  readonly dialect?: Dialect;
  /** Base address of the proxy, without the path of the API. */
  readonly endpoint: string;
  readonly http: HttpClient;
  /** Signs in. Missing: requests carry no credentials. */
  readonly authorizer?: Authorizer;
  /**
   * Whether requests that write are refused before they are sent, with kind `read-only`. Default:
   * false.
   */
  readonly readOnly?: boolean;
}

/** Returns the cluster behind an endpoint. Sends nothing yet. Its `dispose` disposes of `http`. */
export function openProxy({
  dialect = DEFAULT_DIALECT,
  readOnly = false,
  http,
  ...options
}: ProxyOptions): KafkaProxy {
  return new DIALECTS[dialect]({ ...options, http: readOnly ? withoutWrites(http) : http });
}

/** Forwards only idempotent requests, because these change nothing on the server. */
function withoutWrites(http: HttpClient): HttpClient {
  return {
    request: async (request) => {
      if (request.idempotent) return http.request(request);
      throw new KafkaError('read-only', { host: request.url.host });
    },
    dispose: () => {
      http.dispose();
    },
  };
}
