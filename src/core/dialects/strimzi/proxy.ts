import { KafkaError } from '../../errors';
import type {
  Broker,
  CallOptions,
  KafkaProxy,
  NewRecord,
  NewTopic,
  Offset,
  Partition,
  PartitionRange,
  ProduceResult,
  ReadFlow,
  RecordPage,
  Topic,
} from '../../kafka';
import type { TopicProperty } from '../../administration';
import { Bodies } from '../../produce/bodies';
import { unsupportedFeature } from '../../produce/sendable';
import { TimeSearch } from '../../read/timeSearch';
import type { ProxyAccess } from '../dialect';
import type { V2Flavour } from '../v2/flavour';
import { Instances } from '../v2/instances';
import { readInstance } from '../v2/instanceReader';
import { producedResults, recordsBody } from '../v2/produceCall';
import { TopicCheck } from '../v2/topicCheck';
import { V2_BINARY, V2Wire } from '../v2/wire';
import { createError, fateOf, flavourOf, refusedHeader } from './bridge';
import { isWithoutDurations, lookUpTime } from './timeLookup';
import { CAPABILITIES } from './capabilities';

/** The detail of an error about a header without a value. */
export const EMPTY_HEADER = 'a header without a value';
const ADMIN_JSON = 'application/vnd.kafka.json.v2+json';
/** The bridge never responds to a question about a topic of which a partition has no leader. */
const DESCRIBE_MS = 15_000;
/** How long to wait for the number of partitions before records are sent without it. */
const COUNT_MS = 2_000;
/**
 * After a poll, an instance waits 0.5 s for more records. Its removal waits for that, and version 0.33
 * responds to nobody meanwhile.
 */
const LINGER_MS = 600;

export interface StrimziOptions {
  /** Kafka's level of isolation. */
  readonly isolation: string;
  /** What differs from the flavour of the bridge, for tests. */
  readonly flavour?: Partial<V2Flavour>;
}

/** Strimzi's HTTP bridge, from version 0.33 on. */
export class StrimziProxy implements KafkaProxy {
  readonly capabilities = CAPABILITIES;
  readonly #wire: V2Wire;
  readonly #instances: Instances;
  readonly #topics = new TopicCheck();
  readonly #bodies = new Bodies(recordsBody);
  readonly #flavour: V2Flavour;
  readonly #end = new AbortController();
  #knowsDurations = true;

  constructor(
    private readonly access: ProxyAccess,
    { isolation, flavour }: StrimziOptions,
  ) {
    this.#wire = new V2Wire(access, DESCRIBE_MS);
    this.#instances = new Instances(this.#wire, access.leftovers, LINGER_MS);
    this.#flavour = { ...flavourOf(isolation), ...flavour };
  }

  async brokers(): Promise<readonly Broker[]> {
    return Promise.reject(new KafkaError('unsupported', { host: this.#wire.host }));
  }

  async topics(options?: CallOptions): Promise<readonly Topic[]> {
    const topics = await this.#wire.topics(options);
    this.#instances.tidy();
    return topics;
  }

  async partitions(topic: string, options?: CallOptions): Promise<readonly Partition[]> {
    return this.#wire.partitions(topic, options);
  }

  async partition(topic: string, id: number, options?: CallOptions): Promise<Partition> {
    return this.#wire.partition(topic, id, options);
  }

  async topicProperties(topic: string, options?: CallOptions): Promise<readonly TopicProperty[]> {
    return this.#wire.topicProperties(topic, options);
  }

  async createTopic(
    { name, partitionCount, replicationFactor, properties = {} }: NewTopic,
    { signal }: CallOptions = {},
  ): Promise<void> {
    if (Object.keys(properties).length > 0) {
      throw new KafkaError('unsupported', { detail: 'properties', host: this.#wire.host });
    }
    const content = JSON.stringify({
      topic_name: name,
      partitions_count: partitionCount,
      replication_factor: replicationFactor,
    });
    const { status, text } = await this.#wire.request({
      method: 'POST',
      path: ['admin', 'topics'],
      body: { type: ADMIN_JSON, content },
      accept: (code) => code === 201 || code === 500,
      idempotent: false,
      ...(signal && { signal }),
    });
    if (status !== 201) throw createError(status, text, this.#wire.host);
  }

  prepare(records: readonly NewRecord[]): void {
    this.#bodies.prepare(records);
  }

  async produce(
    topic: string,
    records: readonly NewRecord[],
    options: CallOptions = {},
  ): Promise<readonly ProduceResult[]> {
    for (const record of records) {
      const feature = unsupportedFeature(record, CAPABILITIES.produce);
      if (feature) throw new KafkaError('unsupported', { detail: feature });
      if (refusedHeader(record) !== undefined) {
        throw new KafkaError('unsupported', { detail: EMPTY_HEADER });
      }
    }
    return this.#topics.produce(records, {
      topic,
      countPartitions: async () => this.#countPartitions(topic, options),
      send: async (each) => this.#send(topic, each, options),
    });
  }

  /** Returns infinity if the bridge does not tell, so that everything is sent. */
  async #countPartitions(topic: string, { signal }: CallOptions): Promise<number> {
    const limit = AbortSignal.timeout(COUNT_MS);
    try {
      const either = signal ? AbortSignal.any([signal, limit]) : limit;
      return (await this.#wire.layout(topic, { signal: either })).length;
    } catch (error) {
      signal?.throwIfAborted();
      // A gateway may let only produce calls through, so that 404 alone proves nothing.
      const isUnknown =
        error instanceof KafkaError && error.detail.includes('UnknownTopicOrPartition');
      if (isUnknown) throw error;
      return Infinity;
    }
  }

  async #send(
    topic: string,
    records: readonly NewRecord[],
    { signal }: CallOptions,
  ): Promise<readonly ProduceResult[]> {
    try {
      const { text } = await this.#wire.request({
        method: 'POST',
        path: ['topics', topic],
        body: { type: V2_BINARY, content: this.#bodies.take(records) },
        idempotent: false,
        ...(signal && { signal }),
      });
      return producedResults(text, records.length, fateOf);
    } catch (error) {
      if (!(error instanceof KafkaError)) throw error;
      if (error.kind !== 'unclear' && error.kind !== 'protocol') throw error;
      return records.map(() => ({ status: 'unclear', detail: error.detail }));
    }
  }

  read(range: PartitionRange, flow: ReadFlow = {}): AsyncIterable<RecordPage> {
    const signal = this.#signal(flow);
    const { topic, partition } = range;
    return readInstance({
      range,
      flow: { ...flow, signal },
      flavour: this.#flavour,
      instances: this.#instances,
      ends: () => this.#wire.ends(topic, partition, { signal }),
    });
  }

  async offsetAtTime(
    topic: string,
    partition: number,
    time: number,
    options: CallOptions = {},
  ): Promise<Offset | undefined> {
    const signal = this.#signal(options);
    const ends = () => this.#wire.ends(topic, partition, { signal });
    if (this.#knowsDurations) {
      const [flavour, instances] = [this.#flavour, this.#instances];
      const lookup = { topic, partition, time, ends, flavour, instances, signal };
      try {
        return await lookUpTime(lookup);
      } catch (error) {
        if (!isWithoutDurations(error)) throw error;
        this.#knowsDurations = false;
      }
    }
    const found = { id: partition, replicas: [], isr: [], ...(await ends()) };
    const limiter = <T>(task: () => Promise<T>): Promise<T> => task();
    const search = new TimeSearch(this, { topic, partition: found, limiter, signal });
    const offset = await search.offsetAt(time, 'after');
    return offset < found.latest ? offset : undefined;
  }

  async dispose(): Promise<void> {
    this.#end.abort(new KafkaError('closed', { host: this.#wire.host }));
    await this.#instances.dispose();
    this.access.http.dispose();
  }

  #signal({ signal }: CallOptions): AbortSignal {
    return signal ? AbortSignal.any([signal, this.#end.signal]) : this.#end.signal;
  }
}
