import type { TopicPropertyChange } from '../../../src/core/administration';
import { KafkaError, type KafkaErrorKind } from '../../../src/core/errors';
import type {
  CallOptions,
  Capabilities,
  KafkaProxy,
  NewRecord,
  NewTopic,
  Offset,
  PartitionRange,
  ProduceResult,
  ReadFlow,
  RecordPage,
} from '../../../src/core/kafka';
import { recordBytes } from '../../../src/core/message/size';
import type { ServerFault } from '../server';
import { DEFAULT_PROPERTIES, type MemoryLog } from './memoryLog';

export const EVERYTHING: Capabilities = {
  metadataLags: false,
  brokers: true,
  createTopic: { properties: true },
  produce: {
    headers: true,
    timestamp: true,
    tombstone: true,
    binary: true,
    maxBatchBytes: 1_000_000,
    maxBatchRecords: 100,
  },
  read: { headers: true, timestamp: true },
  topicProperties: true,
  groups: true,
  deleteTopic: true,
  alterTopic: true,
  addPartitions: true,
};

/**
 * The outcome that a client derives from a fault, for a request that reads and for one that
 * writes.
 */
const OUTCOMES: Readonly<
  Record<Exclude<ServerFault, 'hang'>, readonly [KafkaErrorKind, KafkaErrorKind]>
> = {
  refused: ['connection', 'connection'],
  cutOff: ['connection', 'unclear'],
  unauthorized: ['unauthorized', 'unauthorized'],
  forbidden: ['forbidden', 'forbidden'],
  throttled: ['throttled', 'throttled'],
  unavailable: ['unavailable', 'unclear'],
  nonsense: ['protocol', 'unclear'],
};

/** A dialect with all features of the interface, on a log in memory. */
export class MemoryProxy implements KafkaProxy {
  readonly #end = new AbortController();

  constructor(
    private readonly log: MemoryLog,
    readonly capabilities: Capabilities,
    private readonly retries: number,
  ) {}

  async brokers(options?: CallOptions) {
    if (!this.capabilities.brokers) throw new KafkaError('unsupported');
    return this.#call('brokers', options, () => [{ id: 1 }]);
  }

  async topics(options?: CallOptions) {
    return this.#call('topics', options, () =>
      [...this.log.topics.keys()].sort().map((name) => ({ name })),
    );
  }

  async partitions(topic: string, options?: CallOptions) {
    return this.#call('partitions', options, () =>
      this.log.topic(topic).partitions.map((_, id) => this.log.describe(topic, id)),
    );
  }

  async partition(topic: string, id: number, options?: CallOptions) {
    return this.#call('partition', options, () => this.log.describe(topic, id));
  }

  async *read(range: PartitionRange, flow: ReadFlow = {}): AsyncGenerator<RecordPage> {
    if (!this.capabilities.read) throw new KafkaError('unsupported');
    flow.signal?.throwIfAborted();
    this.log.kept.push('instance');
    try {
      for (let at = range.from; at < range.until;) {
        const page = await this.#call('read', flow, () => this.#page(range, at, flow.pageBytes));
        yield page;
        at = page.next;
        flow.signal?.throwIfAborted();
      }
    } finally {
      this.log.kept.splice(this.log.kept.indexOf('instance'), 1);
    }
  }

  async offsetAtTime(topic: string, partition: number, time: number, options?: CallOptions) {
    return this.#call('offsetAtTime', options, () => {
      const { records } = this.log.log(topic, partition);
      return records.find(({ timestamp = -1 }) => timestamp >= time)?.offset;
    });
  }

  async topicProperties(topic: string, options?: CallOptions) {
    return this.#call('topicProperties', options, () => {
      const set = this.log.topic(topic).properties;
      const all = new Map([...Object.entries(DEFAULT_PROPERTIES), ...set]);
      return [...all]
        .map(([name, value]) => ({ name, value, isDefault: !set.has(name) }))
        .sort((a, b) => (a.name < b.name ? -1 : 1));
    });
  }

  async consumerGroups(options?: CallOptions) {
    return this.#call('consumerGroups', options, () =>
      [...this.log.groups.keys()].sort().map((id) => ({ id })),
    );
  }

  async groupMembers(group: string, options?: CallOptions) {
    return this.#call('groupMembers', options, () => {
      if (!this.log.groups.has(group)) throw new KafkaError('not-found');
      return [];
    });
  }

  async groupPositions(group: string, options?: CallOptions) {
    return this.#call('groupPositions', options, () => {
      const position = this.log.groups.get(group);
      if (!position) throw new KafkaError('not-found');
      const { topic, offset: current } = position;
      return [{ topic, partition: 0, current, end: this.log.describe(topic, 0).latest }];
    });
  }

  async createTopic({ name, partitionCount, properties }: NewTopic, options?: CallOptions) {
    if (!this.capabilities.createTopic) throw new KafkaError('unsupported');
    await this.#write('create', options, () => {
      if (this.log.topics.has(name)) throw new KafkaError('rejected', { status: 400 });
      this.log.make(name, { partitions: partitionCount ?? 1 });
      this.#set(name, Object.entries(properties ?? {}));
    });
  }

  async checkTopic({ name }: NewTopic, options?: CallOptions) {
    await this.#call('check', options, () => {
      if (this.log.topics.has(name)) throw new KafkaError('rejected', { status: 400 });
    });
  }

  async addPartitions(topic: string, total: number, options?: CallOptions) {
    await this.#write('addPartitions', options, () => {
      this.log.grow(topic, total);
    });
  }

  async deleteTopic(topic: string, options?: CallOptions) {
    await this.#write('delete', options, () => {
      this.log.topic(topic);
      this.log.topics.delete(topic);
    });
  }

  async alterTopic(topic: string, changes: readonly TopicPropertyChange[], options?: CallOptions) {
    await this.#write('alter', options, () => {
      this.#set(
        topic,
        changes.map(({ name, value }) => [name, value] as const),
      );
    });
  }

  async produce(
    topic: string,
    records: readonly NewRecord[],
    options?: CallOptions,
  ): Promise<readonly ProduceResult[]> {
    const { produce } = this.capabilities;
    const carried = (record: NewRecord) =>
      produce &&
      (produce.headers || !record.headers) &&
      (produce.timestamp || record.timestamp === undefined) &&
      (produce.tombstone || record.value !== null) &&
      (produce.binary || [record.key, record.value].every((each) => !(each instanceof Uint8Array)));
    if (!records.every(carried)) throw new KafkaError('unsupported');
    try {
      return await this.#write('produce', options, () => {
        for (const { partition = 0 } of records) this.log.log(topic, partition);
        return records.map((record) => ({
          status: 'accepted' as const,
          partition: record.partition ?? 0,
          offset: this.log.append(topic, record),
        }));
      });
    } catch (error) {
      if (!(error instanceof KafkaError) || error.kind !== 'unclear') throw error;
      return records.map(() => ({ status: 'unclear', detail: '' }));
    }
  }

  dispose(): Promise<void> {
    this.#end.abort(new KafkaError('closed'));
    return Promise.resolve();
  }

  #set(topic: string, changes: readonly (readonly [string, string | null])[]): void {
    const { properties } = this.log.topic(topic);
    for (const [name, value] of changes) {
      if (value === null) properties.delete(name);
      else properties.set(name, value);
    }
  }

  /** Returns as many records as fit into a page; at least one, if there is any. */
  #page({ topic, partition, until }: PartitionRange, from: Offset, pageBytes = 100): RecordPage {
    const { records, earliest } = this.log.log(topic, partition);
    if (from < earliest) {
      const to = earliest < until ? earliest : until;
      return { records: [], next: to, bytes: 0, skipped: { from, to, reason: 'retention' } };
    }
    const rest = records.filter(({ offset }) => offset >= from && offset < until);
    let bytes = 0;
    const end = rest.findIndex(
      (record) => (bytes += recordBytes({ key: null, ...record })) > pageBytes,
    );
    const page = end < 0 ? rest : rest.slice(0, Math.max(end, 1));
    const next = page.length === rest.length ? until : (page.at(-1)?.offset ?? from) + 1n;
    return { records: page.map(({ key = null, ...record }) => ({ key, ...record })), next, bytes };
  }

  async #write<T>(name: string, options: CallOptions | undefined, work: () => T): Promise<T> {
    return this.#call(name, options, work, true);
  }

  /** Sends one request, and repeats it if that does no harm. */
  async #call<T>(
    name: string,
    { signal }: CallOptions = {},
    work: () => T,
    writes = false,
  ): Promise<T> {
    for (let left = this.retries; ; left -= 1) {
      signal?.throwIfAborted();
      this.#end.signal.throwIfAborted();
      const fault = this.log.meet(name, writes);
      if (fault === undefined) return work();
      if (fault === 'cutOff' || fault === 'hang') work();
      if (fault === 'hang') return await this.#hang(signal, writes);
      const kind = OUTCOMES[fault][writes ? 1 : 0];
      const harmless = fault === 'throttled' || (!writes && fault === 'cutOff');
      if (left === 0 || !harmless) throw new KafkaError(kind);
    }
  }

  async #hang(signal: AbortSignal | undefined, writes: boolean): Promise<never> {
    const ends = signal ? AbortSignal.any([signal, this.#end.signal]) : this.#end.signal;
    await new Promise((resolve) => {
      ends.addEventListener('abort', resolve);
    });
    if (!writes) ends.throwIfAborted();
    throw new KafkaError('unclear');
  }
}
