import type { TopicProperty } from '../../administration';
import { KafkaError } from '../../errors';
import type {
  Broker,
  CallOptions,
  Capabilities,
  KafkaProxy,
  NewRecord,
  NewTopic,
  Partition,
  PartitionRange,
  ProduceResult,
  ReadFlow,
  RecordPage,
  Topic,
} from '../../kafka';
import { Bodies } from '../../produce/bodies';
import { unsupportedFeature } from '../../produce/sendable';
import type { ProxyAccess } from '../dialect';
import { readInstance } from '../v2/instanceReader';
import { Instances } from '../v2/instances';
import { TopicCheck } from '../v2/topicCheck';
import { producedResults, recordsBody } from '../v2/produceCall';
import { V2_BINARY, V2Wire } from '../v2/wire';
import * as administration from './administration';
import { ApiFinder, type Apis } from './apis';
import { BOTH, capabilitiesOf } from './capabilities';
import * as metadata from './metadata';
import { offsetAtTime } from './offsetAtTime';
import { fateOf, streamBody, streamResults } from './produceCall';
import { flavourFor } from './reading';
import type { V3Wire } from './v3Wire';

/**
 * Confluent's REST Proxy. API v3 administers, and carries headers and timestamps; API v2 reads, and
 * describes a topic in fewer calls. The first call finds out which of them there are. Then
 * `capabilities` say what is left, and the methods of abilities that are not are gone, until the API
 * that was absent is found.
 */
export class ConfluentProxy implements KafkaProxy {
  #capabilities = BOTH;
  readonly #v2: V2Wire;
  readonly #apis: ApiFinder;
  readonly #instances: Instances;
  readonly #topics = new TopicCheck();
  readonly #v2Bodies = new Bodies(recordsBody);
  readonly #v3Bodies = new Bodies(streamBody);
  readonly #end = new AbortController();

  constructor(
    private readonly access: ProxyAccess,
    { clusterId }: { readonly clusterId: string },
  ) {
    this.#v2 = new V2Wire(access);
    this.#instances = new Instances(this.#v2, access.leftovers);
    this.#apis = new ApiFinder(access, this.#v2, clusterId, (apis) => {
      this.#offer(apis);
    });
  }

  get capabilities(): Capabilities {
    return this.#capabilities;
  }

  async brokers(options?: CallOptions): Promise<readonly Broker[]> {
    const { v3, v2 } = await this.#apis.find(options);
    if (v3) return metadata.brokers(v3, options);
    return (await v2.brokerIds(options)).map((id) => ({ id }));
  }

  async topics(options?: CallOptions): Promise<readonly Topic[]> {
    const { v3, v2 } = await this.#apis.find(options);
    const topics = await (v3 ? metadata.topics(v3, options) : v2.topics(options));
    if (v2) this.#instances.tidy();
    return topics;
  }

  async partitions(topic: string, options?: CallOptions): Promise<readonly Partition[]> {
    const { v3, v2 } = await this.#apis.find(options);
    return v2 ? v2.partitions(topic, options) : metadata.partitions(v3, topic, options);
  }

  async partition(topic: string, id: number, options?: CallOptions): Promise<Partition> {
    const { v3, v2 } = await this.#apis.find(options);
    return v2 ? v2.partition(topic, id, options) : metadata.partition(v3, topic, id, options);
  }

  async *read(range: PartitionRange, flow: ReadFlow = {}): AsyncGenerator<RecordPage> {
    const signal = this.#signal(flow);
    const { v2 } = await this.#apis.find({ signal });
    if (!v2) throw this.#unsupported('read');
    yield* readInstance({
      range,
      flow: { ...flow, signal },
      flavour: flavourFor(range),
      instances: this.#instances,
      ends: () => v2.ends(range.topic, range.partition, { signal }),
    });
  }

  offsetAtTime?: NonNullable<KafkaProxy['offsetAtTime']> = async (
    topic,
    partition,
    time,
    options = {},
  ) => {
    const signal = this.#signal(options);
    const { v2 } = await this.#apis.find({ signal });
    if (!v2) throw this.#unsupported('read');
    return offsetAtTime(this.#instances, { topic, partition }, time, signal);
  };

  async topicProperties(topic: string, options?: CallOptions): Promise<readonly TopicProperty[]> {
    const { v3, v2 } = await this.#apis.find(options);
    if (v3) return administration.topicProperties(v3, topic, options);
    return v2.topicProperties(topic, options);
  }

  consumerGroups?: NonNullable<KafkaProxy['consumerGroups']> = async (options) =>
    administration.consumerGroups(await this.#v3(options), options);

  groupMembers?: NonNullable<KafkaProxy['groupMembers']> = async (group, options) =>
    administration.groupMembers(await this.#v3(options), group, options);

  groupPositions?: NonNullable<KafkaProxy['groupPositions']> = async (group, options) =>
    administration.groupPositions(await this.#v3(options), group, options);

  async createTopic(topic: NewTopic, options?: CallOptions): Promise<void> {
    const v3 = await this.#v3(options);
    await administration.createTopic(v3, topic, { ...options, onlyCheck: false });
  }

  checkTopic?: NonNullable<KafkaProxy['checkTopic']> = async (topic, options) => {
    const v3 = await this.#v3(options);
    await administration.createTopic(v3, topic, { ...options, onlyCheck: true });
  };

  deleteTopic?: NonNullable<KafkaProxy['deleteTopic']> = async (topic, options) => {
    const v3 = await this.#v3(options);
    await v3.write({ method: 'DELETE', path: ['topics', topic], ...options });
  };

  alterTopic?: NonNullable<KafkaProxy['alterTopic']> = async (topic, changes, options) => {
    await administration.alterTopic(await this.#v3(options), topic, changes, options);
  };

  addPartitions?: NonNullable<KafkaProxy['addPartitions']> = async (topic, total, options) => {
    const v3 = await this.#v3(options);
    const body = JSON.stringify({ partitions_count: total });
    await v3.write({ method: 'PATCH', path: ['topics', topic], body, ...options });
  };

  prepare(records: readonly NewRecord[]): void {
    const apis = this.#apis.known;
    if (apis) (apiFor(records, apis).v2 ? this.#v2Bodies : this.#v3Bodies).prepare(records);
  }

  /**
   * Sends the records through API v2 if that loses nothing, because its requests and responses are
   * shorter, and otherwise as a stream of API v3.
   */
  async produce(
    topic: string,
    records: readonly NewRecord[],
    options: CallOptions = {},
  ): Promise<readonly ProduceResult[]> {
    const { v3, v2 } = await this.#apis.find(options);
    const { produce: can } = this.#capabilities;
    for (const record of records) {
      const feature = can && unsupportedFeature(record, can);
      if (feature) throw new KafkaError('unsupported', { detail: feature });
    }
    return this.#topics.produce(records, {
      topic,
      countPartitions: async () =>
        v3 ? metadata.partitionCount(v3, topic, options) : (await v2.layout(topic, options)).length,
      send: async (each) => this.#send(topic, each, options),
    });
  }

  async #send(
    topic: string,
    records: readonly NewRecord[],
    options: CallOptions,
  ): Promise<readonly ProduceResult[]> {
    const apis = await this.#apis.find(options);
    try {
      const { v3, v2 } = apiFor(records, apis);
      if (v3) {
        const body = this.#v3Bodies.take(records);
        const path = ['topics', topic, 'records'];
        const { text } = await v3.write({ method: 'POST', path, body, ...options });
        return streamResults(text, records.length);
      }
      const { text } = await v2.request({
        method: 'POST',
        path: ['topics', topic],
        body: { type: V2_BINARY, content: this.#v2Bodies.take(records) },
        idempotent: false,
        ...options,
      });
      return producedResults(text, records.length, fateOf);
    } catch (error) {
      // The request was sent, so a response that cannot be read proves nothing.
      const isUnclear =
        error instanceof KafkaError && (error.kind === 'unclear' || error.kind === 'protocol');
      if (!isUnclear) throw error;
      return records.map(() => ({ status: 'unclear', detail: error.detail }));
    }
  }

  /** The methods of abilities that only one of the APIs has. */
  readonly #optional = {
    offsetAtTime: this.offsetAtTime,
    consumerGroups: this.consumerGroups,
    groupMembers: this.groupMembers,
    groupPositions: this.groupPositions,
    checkTopic: this.checkTopic,
    deleteTopic: this.deleteTopic,
    alterTopic: this.alterTopic,
    addPartitions: this.addPartitions,
  };

  async dispose(): Promise<void> {
    this.#end.abort(new KafkaError('closed'));
    await this.#instances.dispose();
    this.access.http.dispose();
  }

  async #v3(options?: CallOptions): Promise<V3Wire> {
    const { v3 } = await this.#apis.find(options);
    if (!v3) throw this.#unsupported('administration');
    return v3;
  }

  /** Takes away what the proxy turned out not to offer, and gives back what it does. */
  #offer(apis: Apis): void {
    this.#capabilities = capabilitiesOf(apis);
    Object.assign(this, this.#optional);
    if (!apis.v2) delete this.offsetAtTime;
    if (apis.v3) return;
    delete this.checkTopic;
    delete this.deleteTopic;
    delete this.alterTopic;
    delete this.addPartitions;
    delete this.consumerGroups;
    delete this.groupMembers;
    delete this.groupPositions;
  }

  /** Aborts when the call is aborted, or when the proxy is disposed of. */
  #signal({ signal }: CallOptions): AbortSignal {
    return signal ? AbortSignal.any([signal, this.#end.signal]) : this.#end.signal;
  }

  #unsupported(detail: 'read' | 'administration'): KafkaError {
    const { host } = this.#v2;
    return new KafkaError('unsupported', { detail, host, dialect: 'confluent' });
  }
}

type Api =
  | { readonly v2: V2Wire; readonly v3?: undefined }
  | { readonly v2?: undefined; readonly v3: V3Wire };

/** Returns the API that carries the records: v2 if it can. */
function apiFor(records: readonly NewRecord[], { v3, v2 }: Apis): Api {
  const isPlain = records.every(
    ({ headers = [], timestamp }) => headers.length === 0 && timestamp === undefined,
  );
  return !v3 || (v2 && isPlain) ? { v2 } : { v3 };
}
