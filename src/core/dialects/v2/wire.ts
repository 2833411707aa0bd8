import type { TopicProperty } from '../../administration';
import { openLimiter } from '../../async/limiter';
import { together } from '../../async/together';
import { withoutEndSlashes } from '../../cluster/endpoint';
import { KafkaError } from '../../errors';
import type { HttpRequest, HttpResponse } from '../../http/client';
import {
  array,
  decodeJson,
  type Decoder,
  field,
  integer,
  memberMap,
  nullable,
  smallInteger,
  string,
} from '../../json/decode';
import type { CallOptions, LogEnds, Partition, PartitionFacts, Topic } from '../../kafka';
import { isTopicName } from '../../text/topicName';
import type { ProxyAccess } from '../dialect';

/** The type of a body without records, and of an instance's. */
export const V2_JSON = 'application/vnd.kafka.v2+json';
/** The type of records in Base64. */
export const V2_BINARY = 'application/vnd.kafka.binary.v2+json';

/** The id that Kafka gives instead of a broker if there is none. */
const NO_LEADER = -1;
/** How many requests for the offsets of a topic's partitions are under way at once. */
const OFFSET_REQUESTS = 6;

/** A request of the v2 API. */
export interface V2Request extends Omit<
  HttpRequest,
  'url' | 'headers' | 'authorizer' | 'body' | 'dialect'
> {
  /** Segments that Kafka would allow as the names of topics. */
  readonly path: readonly string[];
  /** Begins with `?`. */
  readonly query?: string;
  readonly body?: { readonly type: string; readonly content: string | Buffer };
  /** The type that the response must have; default `V2_JSON`. */
  readonly responseType?: string;
  /** The cookies to send; empty: none. */
  readonly cookie?: string;
}

/**
 * The calls of the v2 API that Confluent's REST proxy, Karapace, Strimzi's bridge and Redpanda
 * share, without consumer instances.
 */
export class V2Wire {
  readonly #base: string;

  constructor(
    private readonly access: ProxyAccess,
    /** The time limit of a request that describes something, in milliseconds. */
    private readonly describeMs?: number,
  ) {
    this.#base = withoutEndSlashes(access.endpoint);
  }

  /** Returns the host and port of the proxy. */
  get host(): string {
    return new URL(this.#base).host;
  }

  async request({
    path,
    query = '',
    body,
    responseType = V2_JSON,
    cookie = '',
    ...request
  }: V2Request): Promise<HttpResponse> {
    const { http, authorizer } = this.access;
    return http.request({
      ...request,
      url: new URL(`${this.#base}/${path.map(segment).join('/')}${query}`),
      headers: {
        accept: responseType,
        ...(body && { 'content-type': body.type }),
        ...(cookie !== '' && { cookie }),
      },
      ...(body && { body: body.content }),
      ...(authorizer && { authorizer }),
    });
  }

  /** Returns what `decode` takes from the response to a GET. */
  async get<T>(path: readonly string[], options: CallOptions = {}, decode: Decoder<T>): Promise<T> {
    const { describeMs } = this;
    const limit = describeMs === undefined ? {} : { timeoutMs: describeMs };
    const request = { method: 'GET', path, idempotent: true, ...limit, ...options } as const;
    return decodeJson((await this.request(request)).text, decode);
  }

  async topics(options?: CallOptions): Promise<readonly Topic[]> {
    const names = await this.get(['topics'], options, (list) => array(list, string));
    return [...new Set(names)].sort().map((name) => ({ name }));
  }

  /** Returns the ids of the brokers. Strimzi's bridge does not give them. */
  async brokerIds(options?: CallOptions): Promise<readonly number[]> {
    const ids = await this.get(['brokers'], options, (response) =>
      field(response, 'brokers', (list) => array(list, smallInteger)),
    );
    return [...new Set(ids)].sort((a, b) => a - b);
  }

  /** Returns all partitions of a topic, sorted by id. Rejects with kind `protocol` if two have one id. */
  async layout(topic: string, options?: CallOptions): Promise<readonly PartitionFacts[]> {
    const found = await this.get(['topics', topic, 'partitions'], options, (list) =>
      array(list, partitionLayout),
    );
    const sorted = found.sort((a, b) => a.id - b.id);
    const [first] = sorted.filter(({ id }, at) => id < 0 || sorted[at + 1]?.id === id);
    if (first) throw impossible(first.id);
    return sorted;
  }

  /** Returns the offsets of a partition. */
  async ends(topic: string, id: number, options?: CallOptions): Promise<LogEnds> {
    const path = ['topics', topic, 'partitions', String(id), 'offsets'];
    const ends = await this.get(path, options, partitionEnds);
    if (ends.earliest < 0n || ends.latest < ends.earliest) throw impossible(id);
    return ends;
  }

  /** All partitions of a topic with their offsets; takes one request for each, and one more. */
  async partitions(topic: string, options?: CallOptions): Promise<readonly Partition[]> {
    const limiter = openLimiter(OFFSET_REQUESTS);
    const layouts = await this.layout(topic, options);
    return together(options?.signal, (signal) =>
      layouts.map((facts) => limiter(() => this.#withEnds(topic, facts, { signal }))),
    );
  }

  async partition(topic: string, id: number, options?: CallOptions): Promise<Partition> {
    const path = ['topics', topic, 'partitions', String(id)];
    const facts = await this.get(path, options, partitionLayout);
    if (facts.id !== id) throw impossible(facts.id);
    return this.#withEnds(topic, facts, options);
  }

  /** Nobody knows the offsets of a partition without a leader. The request for them would fail. */
  async #withEnds(topic: string, facts: PartitionFacts, options?: CallOptions): Promise<Partition> {
    if (facts.leader === null) return facts;
    return { ...facts, ...(await this.ends(topic, facts.id, options)) };
  }

  /** Returns the properties of a topic, sorted by name: the API gives only names and values. */
  async topicProperties(topic: string, options?: CallOptions): Promise<readonly TopicProperty[]> {
    const values = await this.get(['topics', topic], options, (response) =>
      field(response, 'configs', (configs) => memberMap(configs, nullable(string))),
    );
    return [...values]
      .map(([name, value]) => ({ name, value }))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
  }
}

function impossible(id: number): KafkaError {
  return new KafkaError('protocol', { detail: `partition ${id}: impossible id or offsets` });
}

/**
 * Returns a name as one segment of a path. Rejects what Kafka does not allow as the name of a topic:
 * asked about such a name, some proxies never respond, and others respond to nobody for a minute.
 */
function segment(name: string): string {
  if (isTopicName(name)) return name;
  throw new KafkaError('rejected', { detail: 'invalid name' });
}

function partitionLayout(value: unknown): PartitionFacts {
  const leader = field(value, 'leader', nullable(smallInteger));
  const replicas = field(value, 'replicas', (list) =>
    array(list, (replica) => ({
      broker: field(replica, 'broker', smallInteger),
      isInSync: field(replica, 'in_sync', (inSync) => inSync === true),
    })),
  );
  return {
    id: field(value, 'partition', smallInteger),
    leader: leader === NO_LEADER ? null : leader,
    replicas: replicas.map(({ broker }) => broker),
    isr: replicas.filter(({ isInSync }) => isInSync).map(({ broker }) => broker),
  };
}

function partitionEnds(value: unknown): LogEnds {
  return {
    earliest: field(value, 'beginning_offset', integer),
    latest: field(value, 'end_offset', integer),
  };
}
