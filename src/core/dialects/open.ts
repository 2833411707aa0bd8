import type { Chosen } from '../cluster/definition';
import { KafkaError } from '../errors';
import type { HttpClient } from '../http/client';
import type { KafkaProxy } from '../kafka';
import { ConfluentProxy } from './confluent/proxy';
import type { ProxyAccess } from './dialect';
import { HdinsightProxy } from './hdinsight/proxy';
import { KarapaceProxy } from './karapace/proxy';
import { RedpandaProxy } from './redpanda/proxy';
import { type DialectFields, type DialectKind, dialects } from './registry';
import { StrimziProxy } from './strimzi/proxy';

/** Opens the proxies of a dialect, given the values of its own fields. */
interface Opener<Fields> {
  open(access: ProxyAccess, fields: Fields): KafkaProxy;
}

const OPENERS: {
  readonly [K in DialectKind]: Opener<DialectFields<K> & Pick<Chosen, 'kind'>>;
} = {
  'hdinsight-v1': { open: (access) => new HdinsightProxy(access) },
  karapace: { open: (access) => new KarapaceProxy(access) },
  confluent: { open: (access, fields) => new ConfluentProxy(access, fields) },
  redpanda: { open: (access) => new RedpandaProxy(access) },
  strimzi: { open: (access, fields) => new StrimziProxy(access, fields) },
};

export interface ProxyOptions extends ProxyAccess {
  /** Missing: the default dialect. */
  readonly dialect?: Chosen;
  /**
   * Whether requests that write are refused before they are sent, with kind `read-only`. Default:
   * false.
   */
  readonly readOnly?: boolean;
}

/**
 * Returns the cluster behind an endpoint. Sends nothing yet. Failures of the server name the
 * dialect. Its `dispose` disposes of `http`.
 */
export function openProxy({
  dialect = { kind: dialects[0].kind },
  readOnly = false,
  http,
  ...access
}: ProxyOptions): KafkaProxy {
  const opener = new Map<string, Opener<Chosen>>(Object.entries(OPENERS)).get(dialect.kind);
  if (!opener) throw new Error(`There is no dialect '${dialect.kind}'.`);
  const named = inDialect(http, dialect.kind);
  return opener.open({ ...access, http: readOnly ? withoutWrites(named) : named }, dialect);
}

/** Names the dialect in each request, for the wording of a failure. */
function inDialect(http: HttpClient, dialect: string): HttpClient {
  return {
    request: async (request) => http.request({ ...request, dialect }),
    dispose: () => {
      http.dispose();
    },
  };
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
