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
import type { Cluster, ClusterTopic } from './cluster';
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
      const { earliest, latest } = this.cluster.log(name, id);
      return { earliest, latest };
    });
  }

  async offsetAtTime(name: string, partition: number, time: number): Promise<Offset | undefined> {
    await this.#existing(name);
    return this.cluster.log(name, partition).offsetAtTime(time);
  }

  async fetch(
    name: string,
    partition: number,
    offset: Offset,
    { maxRecords, maxBytes }: FetchLimits,
  ): Promise<Fetched> {
    await this.#existing(name);
    const log = this.cluster.log(name, partition);
    if (offset >= log.earliest && offset <= log.latest)
      return log.read(offset, maxRecords, maxBytes);
    const range = `${log.earliest.toString()} to ${log.latest.toString()}`;
    throw new KafkaFailure(
      'OFFSET_OUT_OF_RANGE',
      `The offset is out of range: the partition has ${range}.`,
    );
  }

  async produce(name: string, records: readonly NewRecord[]): Promise<readonly Appended[]> {
    return this.cluster.append(await this.#existing(name), records);
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

  /** Not synchronous, so that a failure becomes a rejection. */
  async #existing(name: string): Promise<ClusterTopic> {
    return Promise.resolve(this.cluster.existing(name));
  }
}

function described({ name, partitions }: ClusterTopic): BackendTopic {
  return {
    name,
    isInternal: name.startsWith('__'),
    partitions: partitions.map(({ id, replicas, isr }) => ({
      id,
      leader: isr[0]?.id ?? null,
      replicas: replicas.map((broker) => broker.id),
      isr: isr.map((broker) => broker.id),
    })),
  };
}
