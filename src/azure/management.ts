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

  async function list<T>(path: string, item: Schema<T>, signal: AbortSignal): Promise<T[]> {
    const page = object({ value: known(item), nextLink: lenient(string) });
    const items: T[] = [];
    let url = new URL(path, origin);
    for (let pages = 0; pages < MAX_PAGES; pages++) {
      const response = await http.request({
        method: 'GET',
        url,
        idempotent: true,
        authorizer,
        signal,
      });
      const read = page(parse(response.text));
      if (!read) throw protocolError(url.host, 'not a list');
      items.push(...read.value);
      if (!read.nextLink) return items;
      url = nextPage(read.nextLink, origin);
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
  };
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
