import type { Backend, BackendTopic } from '../../../backend';
import { type Call, parseJson } from '../../../http';
import { ifKnown, notFound, RestError, unprocessable } from '../restError';

type Members = Readonly<Record<string, unknown>>;

/** What the routes of API v3 share: the cluster behind them, and the form of its resources. */
export class Resources {
  constructor(
    readonly backend: Backend,
    readonly clusterId: string,
  ) {}

  /** Returns the regular expression of a path below a cluster, in which `*` is a variable part. */
  path(below: string): RegExp {
    const pattern = below.replaceAll('*', '([^/:]+)');
    return new RegExp(`^/v3/clusters/([^/]+)${pattern}$`);
  }

  /** Throws a `RestError` unless this is the id of the cluster. */
  check(clusterId: string): void {
    if (clusterId !== this.clusterId) throw notFound(`Cluster ${clusterId} cannot be found.`);
  }

  /** Rejects with a `RestError` if there is no such topic. */
  async topic(name: string): Promise<BackendTopic> {
    const topic = await ifKnown(this.backend.topic(name));
    if (!topic) throw notFound(`Topic ${name} cannot be found.`);
    return topic;
  }

  /** Returns a resource with its kind and address. */
  one(kind: string, path: readonly (string | number)[], members: Members): Members {
    const self = this.url(...path);
    const metadata = { self, resource_name: `crn:///kafka=${this.clusterId}` };
    return { kind: `Kafka${kind}`, metadata, cluster_id: this.clusterId, ...members };
  }

  /** Returns a list of resources. */
  list(kind: string, path: readonly (string | number)[], data: readonly Members[]): Members {
    const metadata = { self: this.url(...path), next: null };
    return { kind: `Kafka${kind}List`, metadata, data };
  }

  related(...path: readonly (string | number)[]): Members {
    return { related: this.url(...path) };
  }

  /** Not the address that the client used: clients must not rely on it behind a gateway. */
  url(...path: readonly (string | number)[]): string {
    const parts = path.map((part) => encodeURIComponent(part));
    return ['http://rest-proxy.emulator.internal:8082/v3/clusters', this.clusterId, ...parts].join(
      '/',
    );
  }
}

/** Reads the JSON object in the body of a call. Throws a `RestError` if there is none. */
export async function bodyOf(call: Call): Promise<Members> {
  if (!(call.headers['content-type'] ?? '').startsWith('application/json')) {
    throw new RestError(415, 415, 'HTTP 415 Unsupported Media Type');
  }
  const text = await call.text();
  if (text.trim() === '') {
    throw unprocessable(42_206, 'Payload error. Request body is empty. Data is required.');
  }
  const body = parseJson(text);
  if (!isObject(body)) throw new RestError(400, 400, 'Cannot deserialize value of the request.');
  return body;
}

export function isObject(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Throws a `RestError`, as Jackson refuses a member of another type. */
export function wrongType(member: string): RestError {
  return new RestError(400, 400, `Cannot deserialize value of ${member}.`);
}
