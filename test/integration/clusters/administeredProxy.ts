import type {
  ConsumerGroup,
  GroupMember,
  GroupPosition,
  TopicProperty,
  TopicPropertyChange,
} from '../../../src/core/administration';
import { KafkaError } from '../../../src/core/errors';
import type { Capabilities, KafkaProxy, NewTopic, Partition } from '../../../src/core/kafka';
import { NO_CAPABILITIES } from '../../support/proxies/capabilities';

interface TopicState {
  partitions: number;
  readonly own: Map<string, string>;
}

/** What the properties of topics are by default. */
const DEFAULTS: readonly TopicProperty[] = [
  { name: 'cleanup.policy', value: 'delete' },
  { name: 'retention.ms', value: '604800000' },
  { name: 'secret.token', value: null, isSensitive: true },
  { name: 'segment.id', value: '7', isReadOnly: true },
];

/** A cluster in memory whose proxy offers everything but reading and writing. */
export class AdministeredProxy implements KafkaProxy {
  readonly capabilities: Capabilities;
  readonly states = new Map<string, TopicState>();
  groups: readonly ConsumerGroup[] = [];
  members: readonly GroupMember[] = [];
  positions: readonly GroupPosition[] = [];
  /** The changes that were asked for, in their order. */
  readonly changes: TopicPropertyChange[] = [];
  /** The next call that changes something fails with this. */
  failure: KafkaError | undefined;

  constructor(can: Partial<Capabilities> = {}) {
    this.capabilities = {
      ...NO_CAPABILITIES,
      createTopic: { properties: true },
      topicProperties: true,
      groups: true,
      deleteTopic: true,
      alterTopic: true,
      addPartitions: true,
      ...can,
    };
  }

  add(topic: string, partitions = 1, own: Readonly<Record<string, string>> = {}): void {
    this.states.set(topic, { partitions, own: new Map(Object.entries(own)) });
  }

  brokers(): Promise<never[]> {
    return Promise.resolve([]);
  }

  topics() {
    return Promise.resolve([...this.states.keys()].sort().map((name) => ({ name })));
  }

  async partitions(topic: string): Promise<readonly Partition[]> {
    const { partitions } = await this.#state(topic);
    return Array.from({ length: partitions }, (_, id) => partitionOf(id));
  }

  async partition(topic: string, id: number): Promise<Partition> {
    await this.#state(topic);
    return partitionOf(id);
  }

  read(): never {
    throw new KafkaError('unsupported');
  }

  createTopic({ name, partitionCount = 1, properties = {} }: NewTopic): Promise<void> {
    this.add(name, partitionCount, properties);
    return Promise.resolve();
  }

  checkTopic({ replicationFactor = 1 }: NewTopic): Promise<void> {
    return replicationFactor <= 3
      ? Promise.resolve()
      : Promise.reject(
          new KafkaError('rejected', { status: 400, detail: 'there are 3 brokers only' }),
        );
  }

  async deleteTopic(topic: string): Promise<void> {
    this.#fail();
    await this.#state(topic);
    this.states.delete(topic);
  }

  async topicProperties(topic: string): Promise<readonly TopicProperty[]> {
    const { own } = await this.#state(topic);
    return DEFAULTS.map((property) => {
      const value = own.get(property.name);
      return value === undefined
        ? { ...property, isDefault: true }
        : { ...property, value, isDefault: false };
    });
  }

  async alterTopic(topic: string, changes: readonly TopicPropertyChange[]): Promise<void> {
    this.#fail();
    const { own } = await this.#state(topic);
    this.changes.push(...changes);
    for (const { name, value } of changes) {
      if (value === null) own.delete(name);
      else own.set(name, value);
    }
  }

  async addPartitions(topic: string, total: number): Promise<void> {
    this.#fail();
    (await this.#state(topic)).partitions = total;
  }

  consumerGroups(): Promise<readonly ConsumerGroup[]> {
    return Promise.resolve(this.groups);
  }

  groupMembers(): Promise<readonly GroupMember[]> {
    return Promise.resolve(this.members);
  }

  groupPositions(): Promise<readonly GroupPosition[]> {
    return Promise.resolve(this.positions);
  }

  produce(): Promise<never> {
    return Promise.reject(new KafkaError('unsupported'));
  }

  dispose(): Promise<void> {
    return Promise.resolve();
  }

  #fail(): void {
    const { failure } = this;
    this.failure = undefined;
    if (failure) throw failure;
  }

  #state(topic: string): Promise<TopicState> {
    const state = this.states.get(topic);
    return state ? Promise.resolve(state) : Promise.reject(new KafkaError('not-found'));
  }
}

function partitionOf(id: number): Partition {
  return { id, earliest: 0n, latest: 5n, leader: 0, replicas: [0], isr: [0] };
}
