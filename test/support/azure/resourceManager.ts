import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { makeServerCertificate } from '../../../src/emulator/certificate';

/** A response in place of the usual one. */
export interface Fault {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface ArmSubscription {
  readonly subscriptionId: string;
  readonly displayName: string;
  /** The clusters as Azure Resource Manager has them. */
  readonly clusters?: readonly unknown[];
  /** Responses to the first requests for its clusters. */
  readonly faults?: readonly Fault[];
}

export interface ResourceManager {
  /** With the name that it is for, which may lead elsewhere. */
  readonly origin: string;
  readonly port: number;
  /** The certificate to trust, as PEM. */
  readonly ca: string;
  /** What was asked for so far: paths with their queries. */
  readonly requests: readonly string[];
  stop(): Promise<void>;
}

export interface ResourceManagerOptions {
  readonly host?: string;
  /** Whether a token is for this audience; others get 401. */
  readonly accepts: (token: string) => boolean;
  readonly tenants: readonly object[];
  readonly subscriptions: readonly ArmSubscription[];
  /** How many clusters a page holds. */
  readonly pageSize?: number;
  /** Where the links to further pages lead. Missing: here. */
  readonly linkOrigin?: string;
}

/** Starts the part of Azure Resource Manager that tells of HDInsight clusters, over TLS. */
export async function startResourceManager(
  options: ResourceManagerOptions,
): Promise<ResourceManager> {
  const { host = '127.0.0.1', pageSize = 2 } = options;
  const { ca, cert, key } = makeServerCertificate([host, '127.0.0.1']);
  const requests: string[] = [];
  const faults = new Map(options.subscriptions.map((each) => [each, [...(each.faults ?? [])]]));
  let origin = '';

  function respond(url: URL): Fault {
    const { pathname, searchParams } = url;
    const version = searchParams.get('api-version');
    const ok = (body: object) => ({ status: 200, body: JSON.stringify(body) });
    if (pathname === '/tenants' && version === '2022-12-01') return ok({ value: options.tenants });
    if (pathname === '/subscriptions' && version === '2022-12-01') {
      return ok({
        value: options.subscriptions.map(({ subscriptionId, displayName }) => {
          return { id: `/subscriptions/${subscriptionId}`, subscriptionId, displayName };
        }),
      });
    }
    const one = options.subscriptions
      .flatMap(({ clusters = [] }) => clusters)
      .find((cluster) => isAt(cluster, pathname));
    if (one && version === '2021-06-01') return ok(one);
    const [, id] =
      /^\/subscriptions\/([^/]+)\/providers\/Microsoft\.HDInsight\/clusters$/.exec(pathname) ?? [];
    const subscription = options.subscriptions.find((each) => each.subscriptionId === id);
    if (!subscription || version !== '2021-06-01') {
      return { status: 404, body: '{"error":{"code":"NotFound","message":"Not found"}}' };
    }
    const fault = faults.get(subscription)?.shift();
    if (fault) return fault;
    const { clusters = [] } = subscription;
    const start = Number(searchParams.get('$skiptoken') ?? 0);
    const end = start + pageSize;
    const next = new URL(url.pathname + url.search, options.linkOrigin ?? origin);
    next.searchParams.set('$skiptoken', String(end));
    return ok({
      value: clusters.slice(start, end),
      ...(end < clusters.length && { nextLink: next.href }),
    });
  }

  const server = createServer({ cert, key }, (request, response) => {
    const url = new URL(request.url ?? '', origin);
    requests.push(url.pathname + url.search);
    const [, token = ''] = /^Bearer (.+)$/.exec(request.headers.authorization ?? '') ?? [];
    const { status, headers, body } = options.accepts(token)
      ? respond(url)
      : { status: 401, body: '{"error":{"code":"InvalidAuthenticationTokenAudience"}}' };
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  origin = host === '127.0.0.1' ? `https://${host}:${port}` : `https://${host}`;
  return {
    get origin() {
      return origin;
    },
    port,
    ca,
    requests,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

function isAt(cluster: unknown, path: string): cluster is object {
  return typeof cluster === 'object' && cluster !== null && 'id' in cluster && cluster.id === path;
}

/** A cluster as Azure Resource Manager has it. */
export function armCluster(
  name: string,
  {
    kind = 'KAFKA',
    state = 'Running',
    group,
    hasProxy = true,
  }: { kind?: string; state?: string; group?: object; hasProxy?: boolean } = {},
): object {
  const endpoint = (label: string, location: string, port: number) => {
    return { name: label, protocol: 'TCP', location, port };
  };
  return {
    id: `/subscriptions/s/resourceGroups/r/providers/Microsoft.HDInsight/clusters/${name}`,
    name,
    type: 'Microsoft.HDInsight/clusters',
    location: 'West Europe',
    properties: {
      clusterVersion: '5.1.3000.0',
      clusterDefinition: { kind, componentVersion: { Kafka: '3.2' } },
      clusterState: state,
      provisioningState: 'Succeeded',
      ...(group && { kafkaRestProperties: { clientGroupInfo: group } }),
      connectivityEndpoints: [
        endpoint('SSH', `${name}-ssh.azurehdinsight.net`, 22),
        endpoint('HTTPS', `${name}.azurehdinsight.net`, 443),
        ...(hasProxy
          ? [endpoint('KafkaRestProxyPublicEndpoint', `${name}-kafkarest.azurehdinsight.net`, 443)]
          : []),
      ],
    },
  };
}
