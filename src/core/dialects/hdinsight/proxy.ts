import { withoutEndSlashes } from '../../cluster/endpoint';
import { KafkaError } from '../../errors';
import type { HttpResponse, HttpRequest } from '../../http/client';
import type { Decoder } from '../../json/decode';
import {
  array,
  decodeJson,
  field,
  integer,
  optionalField,
  smallInteger,
  string,
} from '../../json/decode';
import type {
  BoundedPartition,
  Broker,
  CallOptions,
  KafkaProxy,
  NewRecord,
  NewTopic,
  ProduceResult,
  PartitionRange,
  ReadFlow,
  RecordPage,
  Topic,
} from '../../kafka';
import { Bodies } from '../../produce/bodies';
import { unsupportedFeature } from '../../produce/sendable';
import type { ProxyAccess } from '../dialect';
import { consumeCalls } from './consumeCalls';
import { readPages } from './pages';
import { producedResults, recordsBody } from './produceCall';
import { CAPABILITIES } from './capabilities';

/** The id that Kafka gives instead of a broker if there is none. */
const NO_LEADER = -1;

/**
 * The Kafka REST proxy of Azure HDInsight, API v1, as Microsoft Learn describes it in "Apache Kafka
 * REST Proxy API". It caches metadata: a topic just created may be unknown (`not-found`) for up to
 * half a minute, and its nodes may disagree meanwhile.
 */
export class HdinsightProxy implements KafkaProxy {
  readonly capabilities = CAPABILITIES;
  readonly #base: string;
  readonly #bodies = new Bodies(recordsBody);

  constructor(private readonly options: ProxyAccess) {
    this.#base = withoutEndSlashes(options.endpoint);
  }

  async brokers(options?: CallOptions): Promise<readonly Broker[]> {
    return this.#get(['metadata', 'brokers'], options, (response) =>
      field(response, 'brokers', (list) => array(list, broker)),
    );
  }

  async topics(options?: CallOptions): Promise<readonly Topic[]> {
    const names = await this.#get(['metadata', 'topics'], options, (response) =>
      field(response, 'topics', (list) => array(list, string)),
    );
    return [...new Set(names)].sort().map((name) => ({ name }));
  }

  async partitions(topic: string, options?: CallOptions): Promise<readonly BoundedPartition[]> {
    const path = ['metadata', 'topics', topic, 'partitions'];
    const partitions = await this.#get(path, options, (response) =>
      field(response, 'partitions', (list) => array(list, partition)),
    );
    const seen = new Set<number>();
    for (const found of partitions) {
      check(found, !seen.has(found.id));
      seen.add(found.id);
    }
    return partitions.sort((a, b) => a.id - b.id);
  }

  async partition(topic: string, id: number, options?: CallOptions): Promise<BoundedPartition> {
    const path = ['metadata', 'topics', topic, 'partitions', String(id)];
    const found = await this.#get(path, options, partition);
    check(found, found.id === id);
    return found;
  }

  async createTopic(
    { name, partitionCount, replicationFactor, properties }: NewTopic,
    options?: CallOptions,
  ): Promise<void> {
    // `JSON.stringify` leaves out members that are undefined.
    const body = JSON.stringify({
      partition_count: partitionCount,
      replication_factor: replicationFactor,
      topic_properties: properties,
    });
    await this.#write('PUT', ['topics', name], body, options);
  }

  prepare(records: readonly NewRecord[]): void {
    this.#bodies.prepare(records);
  }

  /**
   * Sends a value as a JSON string, even if its text is a JSON object. The documentation does not
   * say what the proxy does with an object, whereas a string is stored exactly as the user wrote
   * it.
   */
  async produce(
    topic: string,
    records: readonly NewRecord[],
    options?: CallOptions,
  ): Promise<readonly ProduceResult[]> {
    for (const record of records) {
      const feature = unsupportedFeature(record, CAPABILITIES.produce);
      if (feature) throw new KafkaError('unsupported', { detail: feature });
    }
    const body = this.#bodies.take(records);
    try {
      const path = ['producer', 'topics', topic];
      const response = await this.#write('POST', path, body, options);
      return producedResults(response.text, records.length);
    } catch (error) {
      if (!(error instanceof KafkaError) || error.kind !== 'unclear') throw error;
      return records.map(() => ({ status: 'unclear', detail: error.detail }));
    }
  }

  read(range: PartitionRange, flow: ReadFlow = {}): AsyncIterable<RecordPage> {
    const { topic, partition } = range;
    const { limiter = <T>(task: () => Promise<T>) => task() } = flow;
    const path = ['consumer', 'topics', topic, 'partitions', String(partition), 'offsets'];
    const { signal = new AbortController().signal } = flow;
    const calls = {
      partition: () => this.partition(topic, partition, { signal }),
      consume: consumeCalls(range, (offset, count, spare) =>
        limiter(() => {
          const into = spare();
          const request = { query: `?count=${count}`, signal, ...(into && { into }) };
          return this.#request('GET', [...path, String(offset)], { ...request, idempotent: true });
        }),
      ),
    };
    return readPages(range, { ...flow, signal }, calls);
  }

  dispose(): Promise<void> {
    this.options.http.dispose();
    return Promise.resolve();
  }

  async #get<T>(
    path: readonly string[],
    options: CallOptions = {},
    decode: Decoder<T>,
  ): Promise<T> {
    const { text } = await this.#request('GET', path, { ...options, idempotent: true });
    return decodeJson(text, decode);
  }

  /**
   * Sends a request that changes the cluster. The proxy responds with plain text or JSON. An HTML
   * page comes from a server in between, which may or may not have forwarded the request. The error
   * does not quote the page, because it may repeat the request.
   */
  async #write(
    method: 'POST' | 'PUT',
    path: readonly string[],
    body: string | Buffer,
    options: CallOptions = {},
  ): Promise<HttpResponse> {
    const response = await this.#request(method, path, { ...options, body, idempotent: false });
    const { status, text } = response;
    if (!/^\s*<(!doctype|html)\b/i.test(text)) return response;
    const { host } = new URL(this.#base);
    throw new KafkaError('unclear', { status, detail: 'an HTML page', host });
  }

  #request(
    method: HttpRequest['method'],
    path: readonly string[],
    {
      query = '',
      ...rest
    }: Pick<HttpRequest, 'body' | 'into' | 'idempotent' | 'signal'> & { query?: string },
  ): Promise<HttpResponse> {
    const { http, authorizer } = this.options;
    return http.request({
      method,
      url: new URL(`${this.#base}/v1/${path.map(encodeSegment).join('/')}${query}`),
      headers: {
        accept: 'application/json',
        ...(rest.body && { 'content-type': 'application/json' }),
      },
      ...(authorizer && { authorizer }),
      ...rest,
    });
  }
}

/**
 * Encodes a name as one segment of a path. Rejects names that no URL can express; Kafka does not
 * allow them either.
 */
function encodeSegment(name: string): string {
  if (/^\.{0,2}$|\p{Surrogate}/u.test(name))
    throw new KafkaError('rejected', { detail: 'invalid name' });
  return encodeURIComponent(name);
}

function broker(value: unknown): Broker {
  const host = optionalField(value, 'hostName', string);
  const port = optionalField(value, 'port', smallInteger);
  const rack = optionalField(value, 'rack', string);
  return {
    id: brokerId(value),
    ...(host !== undefined && { host }),
    ...(port !== undefined && { port }),
    ...(rack !== undefined && { rack }),
  };
}

function brokerId(value: unknown): number {
  return field(value, 'id', smallInteger);
}

function partition(value: unknown): BoundedPartition {
  const brokerIds: Decoder<number[]> = (list) => array(list, brokerId);
  const leader = optionalField(value, 'leader', brokerId) ?? NO_LEADER;
  return {
    id: field(value, 'partition_id', smallInteger),
    earliest: field(value, 'earliest_offset', integer),
    latest: field(value, 'latest_offset', integer),
    leader: leader === NO_LEADER ? null : leader,
    replicas: field(value, 'replicas', brokerIds),
    isr: field(value, 'isr', brokerIds),
  };
}

/**
 * Throws kind `protocol` if a partition's id or offsets are impossible. `expected` says whether the
 * id is the right one.
 */
function check({ id, earliest, latest }: BoundedPartition, expected: boolean): void {
  if (expected && id >= 0 && earliest >= 0n && latest >= earliest) return;
  throw new KafkaError('protocol', { detail: `partition ${id}: impossible id or offsets` });
}
