import type { TopicPropertyChange } from '../../core/administration';
import type { NewRecord, NewTopic, Offset } from '../../core/kafka';
import {
  type Appended,
  type Backend,
  type BackendGroup,
  type BackendMember,
  type BackendOffsets,
  type BackendPosition,
  type BackendProperty,
  type BackendTopic,
  type Fetched,
  type FetchLimits,
  KafkaFailure,
} from '../backend';
import type { Cluster, ClusterTopic, TopicPartition } from './cluster';
import { noLeader, outOfRange, produceFailures } from './failures';
import { changedProperties, propertiesOf } from './topicProperties';
import { topicProblem } from './topicRules';

/** Shows a cluster in memory to the faces. Topics that it creates have the metadata delay. */
export class MemoryBackend implements Backend {
  constructor(private readonly cluster: Cluster) {}

  async brokers() {
    return Promise.resolve(this.cluster.brokers);
  }

  async topics(): Promise<readonly BackendTopic[]> {
    const { topics } = this.cluster;
    return Promise.resolve(topics.map(described).sort((a, b) => (a.name < b.name ? -1 : 1)));
  }

  async topic(name: string): Promise<BackendTopic> {
    return described(await this.#existing(name));
  }

  async offsets(name: string, partitions: readonly number[]): Promise<readonly BackendOffsets[]> {
    await this.#existing(name);
    return partitions.map((id) => {
      const { earliest, latest } = this.#led(name, id).log;
      return { earliest, latest };
    });
  }

  async offsetAtTime(name: string, partition: number, time: number): Promise<Offset | undefined> {
    await this.#existing(name);
    return this.#led(name, partition).log.offsetAtTime(time);
  }

  async fetch(
    name: string,
    partition: number,
    offset: Offset,
    { maxRecords, maxBytes, waitMs = 0, isolation, wholeBatches = false }: FetchLimits,
  ): Promise<Fetched> {
    await this.#existing(name);
    const { log } = this.#led(name, partition);
    const committedOnly = isolation === 'read_committed';
    const end = performance.now() + waitMs;
    for (;;) {
      if (offset < log.earliest || offset > log.latest) throw outOfRange(log);
      // The end of the log is no part of the last batch.
      const fetched =
        wholeBatches && offset < log.latest
          ? log.readBatches(offset, maxBytes)
          : log.read(offset, { count: maxRecords, maxBytes, committedOnly });
      const left = end - performance.now();
      if (fetched.records.length > 0 || left <= 0) return fetched;
      await log.change(left);
    }
  }

  async produce(
    name: string,
    records: readonly NewRecord[],
    { wholeBatches = false } = {},
  ): Promise<readonly Appended[]> {
    const topic = await this.#existing(name);
    const destined = this.cluster.destinations(topic, records);
    const failures = produceFailures(topic, destined, {
      now: Date.now(),
      maxBytes: this.cluster.maxMessageBytes,
      wholeBatches,
    });
    for (const { partition } of destined) partition.log.beginBatch();
    return destined.map(({ partition, record }, index) => {
      const failure = failures[index];
      if (failure) return { failure };
      const offset = partition.log.append(record);
      return { partition: partition.id, offset, timestamp: record.timestamp };
    });
  }

  async createTopic(topic: NewTopic): Promise<void> {
    await this.checkTopic(topic);
    const { name, partitionCount, replicationFactor, properties } = topic;
    this.cluster.create(
      { name, partitions: partitionCount, replicas: replicationFactor, properties },
      { delayed: true },
    );
  }

  async checkTopic(topic: NewTopic): Promise<void> {
    const { brokers, names } = this.cluster;
    const problem = topicProblem(topic, { brokerCount: brokers.length, topics: names });
    if (problem) throw problem;
    return Promise.resolve();
  }

  async topicProperties(name: string): Promise<readonly BackendProperty[]> {
    return propertiesOf((await this.#existing(name)).properties);
  }

  async alterTopic(
    name: string,
    changes: readonly TopicPropertyChange[],
    { validateOnly = false } = {},
  ): Promise<void> {
    const { properties } = await this.#existing(name);
    const changed = changedProperties(properties, changes);
    if (!validateOnly) this.cluster.configure(name, changed);
  }

  async deleteTopic(name: string): Promise<void> {
    await this.#existing(name);
    this.cluster.delete(name);
  }

  async addPartitions(name: string, total: number, { validateOnly = false } = {}): Promise<void> {
    const { length } = (await this.#existing(name)).partitions;
    if (total === length) {
      const message = `Topic already has ${length} partition(s).`;
      throw new KafkaFailure('INVALID_PARTITIONS', message);
    }
    if (total < length) {
      const count = `The topic ${name} currently has ${length} partition(s)`;
      throw new KafkaFailure('INVALID_PARTITIONS', `${count}; ${total} would not be an increase.`);
    }
    if (!validateOnly) this.cluster.addPartitions(name, total);
  }

  async groups(): Promise<readonly BackendGroup[]> {
    return Promise.resolve(this.cluster.groups.list());
  }

  async groupMembers(group: string): Promise<readonly BackendMember[]> {
    return Promise.resolve(group).then((id) => this.cluster.groups.members(id));
  }

  async groupPositions(group: string): Promise<readonly BackendPosition[]> {
    return Promise.resolve(group).then((id) => this.cluster.groups.positions(id));
  }

  async close(): Promise<void> {
    return Promise.resolve();
  }

  /** Returns a partition. Throws a `KafkaFailure` if it has no leader or does not exist. */
  #led(name: string, id: number): TopicPartition {
    const partition = this.cluster.partition(name, id);
    if (!partition.isLeaderless) return partition;
    throw noLeader(name, id);
  }

  /** Not synchronous, so that a failure becomes a rejection. */
  async #existing(name: string): Promise<ClusterTopic> {
    return Promise.resolve(this.cluster.existing(name));
  }
}

function described({ name, partitions }: ClusterTopic): BackendTopic {
  return {
    name,
    isInternal: name.startsWith('__'),
    partitions: partitions.map(({ id, replicas, isr, isLeaderless }) => ({
      id,
      leader: isLeaderless ? null : (isr[0]?.id ?? null),
      replicas: replicas.map((broker) => broker.id),
      isr: isr.map((broker) => broker.id),
    })),
  };
}
