import { withoutEndSlashes } from '../../cluster/endpoint';
import { KafkaError } from '../../errors';
import type { HttpRequest, HttpResponse } from '../../http/client';
import { array, decodeJson, type Decoder, field, optionalField, string } from '../../json/decode';
import type { CallOptions } from '../../kafka';
import type { ProxyAccess } from '../dialect';

/** More pages than any cluster has. A proxy that gives a next page for ever is wrong. */
const MAX_PAGES = 10_000;

type Path = readonly (string | number)[];

/** A request of API v3 that changes the cluster. */
export interface V3Write extends Pick<HttpRequest, 'accept' | 'signal'> {
  readonly method: 'POST' | 'PATCH' | 'DELETE';
  /** Below the cluster; not encoded. */
  readonly path: Path;
  /** Added to the path as it is, such as `:alter`. */
  readonly action?: string;
  readonly body?: string | Buffer;
}

/** The calls of API v3 to one cluster. */
export class V3Wire {
  readonly #base: string;

  constructor(
    private readonly access: ProxyAccess,
    readonly clusterId: string,
  ) {
    this.#base = `${clustersUrl(access)}/${encode(clusterId)}`;
  }

  /** Returns what `decode` takes from the response to a GET. */
  async get<T>(path: Path, options: CallOptions = {}, decode: Decoder<T>): Promise<T> {
    return decodeJson((await this.#get(path, '', options)).text, decode);
  }

  /** Returns what `decode` takes from each entry of a list, on all its pages. */
  async list<T>(path: Path, options: CallOptions = {}, decode: Decoder<T>): Promise<readonly T[]> {
    const found: T[] = [];
    let query = '';
    for (let pages = 0; pages < MAX_PAGES; pages += 1) {
      const { text } = await this.#get(path, query, options);
      const { data, next } = decodeJson(text, (page) => ({
        data: field(page, 'data', (list) => array(list, decode)),
        next: optionalField(page, 'metadata', (metadata) =>
          optionalField(metadata, 'next', string),
        ),
      }));
      found.push(...data);
      if (next === undefined) return found;
      // Only the query is taken, because the address may be one that only the proxy knows.
      query = URL.canParse(next, this.#base) ? new URL(next, this.#base).search : '';
      if (query === '') return found;
    }
    throw new KafkaError('protocol', { detail: 'a list without an end' });
  }

  /**
   * Sends a request that changes the cluster, once. An HTML page comes from a server in between,
   * which may or may not have forwarded the request.
   */
  async write({ path, action = '', body, ...request }: V3Write): Promise<HttpResponse> {
    const { http, authorizer } = this.access;
    const url = this.#url(path, action);
    const response = await http.request({
      ...request,
      url,
      headers: {
        accept: 'application/json',
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body }),
      ...(authorizer && { authorizer }),
      idempotent: false,
    });
    const { status, text } = response;
    if (!/^\s*<(!doctype|html)\b/i.test(text.slice(0, 100))) return response;
    throw new KafkaError('unclear', { status, detail: 'an HTML page', host: url.host });
  }

  async #get(path: Path, query: string, options: CallOptions): Promise<HttpResponse> {
    const { http, authorizer } = this.access;
    return http.request({
      method: 'GET',
      url: this.#url(path, query),
      headers: { accept: 'application/json' },
      ...(authorizer && { authorizer }),
      idempotent: true,
      ...options,
    });
  }

  #url(path: Path, rest: string): URL {
    return new URL([this.#base, ...path.map(encode)].join('/') + rest);
  }
}

/** Returns the ids of the clusters that the proxy knows. */
export async function clusterIds(
  access: ProxyAccess,
  options: CallOptions,
): Promise<readonly string[]> {
  const { http, authorizer } = access;
  const response = await http.request({
    method: 'GET',
    url: new URL(clustersUrl(access)),
    headers: { accept: 'application/json' },
    ...(authorizer && { authorizer }),
    idempotent: true,
    ...options,
  });
  return decodeJson(response.text, (page) =>
    field(page, 'data', (list) => array(list, (each) => field(each, 'cluster_id', string))),
  );
}

function clustersUrl({ endpoint }: ProxyAccess): string {
  return `${withoutEndSlashes(endpoint)}/v3/clusters`;
}

/** Encodes a name as one segment of a path. Rejects names that no URL can express. */
function encode(name: string | number): string {
  const text = String(name);
  if (/^\.{0,2}$|\p{Surrogate}/u.test(text)) {
    throw new KafkaError('rejected', { detail: 'invalid name' });
  }
  return encodeURIComponent(text);
}
