import { KafkaError } from '../core/errors';
import type { Authorizer, HttpClient } from '../core/http/client';
import { known, lenient, map, object, type Schema, string } from '../core/schema';
import { visible } from '../core/text/visible';
import { type FoundCluster, toFoundCluster } from './foundCluster';

/** A tenant or a subscription. */
export interface Named {
  readonly id: string;
  readonly name: string;
}

/**
 * Reads from Azure Resource Manager. All calls reject with the signal's reason or a `KafkaError`:
 * what `HttpClient.request` and the authorizer reject with, or `protocol`.
 */
export interface Management {
  /** Lists the tenants that the person belongs to. */
  tenants(signal: AbortSignal): Promise<readonly Named[]>;
  /** Lists the subscriptions of the tenant of the token. */
  subscriptions(signal: AbortSignal): Promise<readonly Named[]>;
  /** Lists the HDInsight clusters with Kafka of a subscription, also those without a REST proxy. */
  clusters(subscription: string, signal: AbortSignal): Promise<readonly FoundCluster[]>;
  /** Reads one cluster. Also rejects with kind `not-found`, which it does for what is no ID. */
  cluster(resourceId: string, signal: AbortSignal): Promise<FoundCluster>;
}

const text: Schema<string> = map(string, (read) => visible(read));

const tenant: Schema<Named> = map(
  object({ tenantId: text, displayName: lenient(text), defaultDomain: lenient(text) }),
  ({ tenantId: id, displayName, defaultDomain }) => ({
    id,
    name: displayName || defaultDomain || id,
  }),
);

const subscription: Schema<Named> = map(
  object({ subscriptionId: text, displayName: lenient(text) }),
  ({ subscriptionId: id, displayName }) => ({ id, name: displayName || id }),
);

/** A list that goes on for longer goes in circles. */
const MAX_PAGES = 1000;

/**
 * Opens Azure Resource Manager; the authorizer says at which origin. Lists of several pages are read
 * to their end, at this origin only. Entries that cannot be understood are left out.
 */
export function openManagement(http: HttpClient, authorizer: Authorizer): Management {
  const { origin } = authorizer;

  /** Reads what is at an address. Returns `undefined` if it cannot be understood. */
  async function read<T>(url: URL, schema: Schema<T>, signal: AbortSignal): Promise<T | undefined> {
    const response = await http.request({
      method: 'GET',
      url,
      idempotent: true,
      authorizer,
      signal,
    });
    return schema(parse(response.text));
  }

  async function list<T>(path: string, item: Schema<T>, signal: AbortSignal): Promise<T[]> {
    const schema = object({ value: known(item), nextLink: lenient(string) });
    const items: T[] = [];
    let url = new URL(path, origin);
    for (let pages = 0; pages < MAX_PAGES; pages++) {
      const page = await read(url, schema, signal);
      if (!page) throw protocolError(url.host, 'not a list');
      items.push(...page.value);
      if (!page.nextLink) return items;
      url = nextPage(page.nextLink, origin);
    }
    throw protocolError(url.host, `more than ${MAX_PAGES} pages`);
  }

  return {
    tenants: (signal) => list('/tenants?api-version=2022-12-01', tenant, signal),
    subscriptions: (signal) => list('/subscriptions?api-version=2022-12-01', subscription, signal),
    clusters: (id, signal) =>
      list(
        `/subscriptions/${encodeURIComponent(id)}/providers/Microsoft.HDInsight/clusters?api-version=2021-06-01`,
        toFoundCluster,
        signal,
      ),
    cluster: async (id, signal) => {
      const { host } = new URL(origin);
      const path = pathOf(id);
      if (path === undefined) throw new KafkaError('not-found', { host, detail: 'not an ID' });
      const url = new URL(`${path}?api-version=2021-06-01`, origin);
      const cluster = await read(url, toFoundCluster, signal);
      if (!cluster) throw protocolError(host, 'not a cluster with Kafka');
      return cluster;
    },
  };
}

const RESOURCE_ID =
  /^\/subscriptions\/([^/]+)\/resourceGroups\/([^/]+)\/providers\/Microsoft\.HDInsight\/clusters\/([^/]+)$/i;

/**
 * Returns the path of a cluster. The ID may be from the settings of a workspace, so it must not lead
 * to anything else.
 */
function pathOf(id: string): string | undefined {
  const names = RESOURCE_ID.exec(id)?.slice(1);
  if (!names || names.some((name) => /^\.+$/.test(name))) return undefined;
  const [subscription, group, cluster] = names.map(encodeURIComponent);
  return `/subscriptions/${subscription}/resourceGroups/${group}/providers/Microsoft.HDInsight/clusters/${cluster}`;
}

/** Returns the address of the next page. A token must not follow it to another origin. */
function nextPage(link: string, origin: string): URL {
  const { host } = new URL(origin);
  if (!URL.canParse(link)) throw protocolError(host, 'nextLink is not an address');
  const url = new URL(link);
  if (url.origin !== origin) throw new KafkaError('redirect', { detail: url.origin, host });
  return url;
}

function protocolError(host: string, detail: string): KafkaError {
  return new KafkaError('protocol', { host, detail });
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
