import { parseEndpoint, withoutEndSlashes } from '../cluster/endpoint';
import { KafkaError, type KafkaErrorKind } from '../errors';
import type { HttpClient, HttpResponse } from '../http/client';
import { array, literal, number, object, string } from '../schema';
import { hdinsightEndpoint } from './hdinsight/endpoint';
import { type DialectKind, dialectOf } from './registry';

/** The dialect that a REST proxy seems to have, and how that is known. */
export interface Detected {
  /** The name of the dialect in the settings. */
  readonly kind: string;
  /** The name of its host, to which nothing was sent, or its responses. */
  readonly by: 'host' | 'response';
  /** The version that the server gives, if it gives one. */
  readonly version?: string;
}

/** Returns the response to a GET of a path below the endpoint; `undefined` if there is none. */
type Get = (path: string) => Promise<HttpResponse | undefined>;

interface Recogniser {
  /** Returns whether only REST proxies of this kind have such a host name. */
  readonly host?: (name: string) => boolean;
  /** Returns whether a REST proxy responds as this kind does, with its version if it tells one. */
  readonly response: (get: Get) => Promise<{ readonly version?: string } | undefined>;
}

/**
 * How each dialect is recognised, by its name in the settings. The responses were taken from the
 * servers themselves or from their sources; no server gives those of two kinds.
 */
const RECOGNISERS: Readonly<Record<DialectKind, Recogniser>> = {
  'hdinsight-v1': {
    host: (name) => hdinsightEndpoint.clusterOf(name) !== undefined,
    response: async (get) =>
      object({ topics: array(string) })(bodyOf(await get('v1/metadata/topics'))) && {},
  },
  strimzi: {
    response: async (get) => {
      const { bridge_version: version } =
        object({ bridge_version: string })(bodyOf(await get(''))) ?? {};
      return version === undefined ? undefined : { version };
    },
  },
  karapace: {
    response: async (get) => {
      const server = (await get(''))?.headers.get('server') ?? '';
      const [match, version = ''] = /^Karapace\/(\S*)/i.exec(server) ?? [];
      return match === undefined ? undefined : { version };
    },
  },
  confluent: {
    host: (name) => name.endsWith('.confluent.cloud'),
    response: async (get) => clusterList(bodyOf(await get('v3/clusters'))) && {},
  },
  redpanda: {
    // Others have the same two lists, but not this path for health checks.
    response: async (get) => {
      const [ready, topics, brokers] = await Promise.all(
        ['status/ready', 'topics', 'brokers'].map(get),
      );
      const isReady = ready?.status === 200 && !isHtml(ready);
      const lists = array(string)(bodyOf(topics)) && brokerList(bodyOf(brokers));
      return isReady && lists ? {} : undefined;
    },
  },
};

const clusterList = object({ kind: literal('KafkaClusterList') });
const brokerList = object({ brokers: array(number) });

/** How long to wait for evidence, in milliseconds. */
export const DETECTION_MS = 3_000;
/** The largest list of topics that counts as evidence, in bytes. */
export const DETECTION_BYTES = 4 * 1024 * 1024;

/**
 * Returns the dialect of the REST proxy at an endpoint, as its host name or its responses show it;
 * `undefined` if they do not, as behind a gateway that wants a sign-in. Sends no credentials, and
 * nothing to another origin. Give it a client of its own with `DETECTION_MS` and `DETECTION_BYTES`
 * as limits and without retries. Rejects with the reason of the signal, or if no request reached a
 * server, with a `KafkaError` that says why.
 */
export async function detectDialect(
  endpoint: string,
  http: HttpClient,
  signal?: AbortSignal,
): Promise<Detected | undefined> {
  const { hostname } = new URL(endpoint);
  const name = hostname.replace(/\.$/, '');
  for (const [kind, { host }] of Object.entries(RECOGNISERS)) {
    if (host?.(name)) return { kind, by: 'host' };
  }
  const decided = new AbortController();
  const either = signal ? AbortSignal.any([signal, decided.signal]) : decided.signal;
  const responses = new Map<string, Promise<HttpResponse | undefined>>();
  const failures: unknown[] = [];
  const getOnce = (url: string) => {
    const response =
      responses.get(url) ??
      get(new URL(url), http, either).catch((error: unknown) => {
        failures.push(error);
        return undefined;
      });
    responses.set(url, response);
    return response;
  };
  try {
    return await Promise.any(
      Object.entries(RECOGNISERS).map(async ([kind, { response }]): Promise<Detected> => {
        const base = baseOf(endpoint, kind);
        const evidence = await response((path) => getOnce(`${base}/${path}`));
        if (!evidence) throw new Error(`It is not ${kind}.`);
        const { version = '' } = evidence;
        return { kind, by: 'response', ...(VERSION.test(version) && { version }) };
      }),
    );
  } catch {
    signal?.throwIfAborted();
    const [first] = failures;
    if (failures.length === responses.size && failures.every(isUnreached)) throw first;
    return undefined;
  } finally {
    decided.abort();
  }
}

const VERSION = /^\d[\w.+-]{0,40}$/;

/** Returns the endpoint without the path of the API of a dialect. */
function baseOf(endpoint: string, kind: string): string {
  return (
    parseEndpoint(endpoint, dialectOf({ kind }).endpoint, true).value ?? withoutEndSlashes(endpoint)
  );
}

/** Returns the response, whatever its status, and does not follow redirects. */
async function get(url: URL, http: HttpClient, signal: AbortSignal): Promise<HttpResponse> {
  return http.request({
    method: 'GET',
    url,
    headers: { accept: '*/*' },
    signal,
    idempotent: true,
    accept: () => true,
  });
}

const UNREACHED: readonly KafkaErrorKind[] = [
  'host-not-found',
  'connection',
  'timeout',
  'tls',
  'tls-name',
  'http-proxy-refused',
  'ca-file',
];

/** Whether a failure says that a request reached no server that could have responded. */
function isUnreached(error: unknown): boolean {
  return error instanceof KafkaError && UNREACHED.includes(error.kind);
}

/** Returns the JSON of a successful response. */
function bodyOf(response: HttpResponse | undefined): unknown {
  if (response?.status !== 200) return undefined;
  try {
    return JSON.parse(response.text);
  } catch {
    return undefined;
  }
}

function isHtml({ headers, text }: HttpResponse): boolean {
  return /html/i.test(headers.get('content-type') ?? '') || /^\s*</.test(text);
}
