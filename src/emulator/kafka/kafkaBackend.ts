import { setTimeout } from 'node:timers/promises';
import type { TopicPropertyChange } from '../../core/administration';
import type { Broker, NewRecord, NewTopic, Offset } from '../../core/kafka';
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
import {
  createPartitions,
  createTopics,
  deleteTopics,
  describeConfigs,
  incrementalAlterConfigs,
} from './api/topics';
import { Brokers } from './brokers';
import { Groups } from './groups';
import { Leaders } from './leaders';
import type { KafkaOptions } from './options';
import { LogReader } from './reading';
import { LogWriter } from './writing';

/** How long a change of the topics may take until the brokers show it, in milliseconds. */
const MAX_DELAY_MS = 5000;
const PAUSE_MS = 50;

/** Shows a real Kafka cluster to the faces. */
export class KafkaBackend implements Backend {
  readonly #brokers: Brokers;
  readonly #leaders: Leaders;
  readonly #reader: LogReader;
  readonly #writer: LogWriter;
  readonly #groups: Groups;

  constructor(options: KafkaOptions) {
    this.#brokers = new Brokers(options);
    this.#leaders = new Leaders(this.#brokers);
    this.#reader = new LogReader(this.#brokers, this.#leaders);
    this.#writer = new LogWriter(this.#brokers, this.#leaders);
    this.#groups = new Groups(this.#brokers);
  }

  brokers(): Promise<readonly Broker[]> {
    return this.#brokers.list();
  }

  async topics(): Promise<readonly BackendTopic[]> {
    const { topics } = await this.#brokers.metadata(null);
    return topics
      .filter(({ code }) => code === 0)
      .map(({ name, isInternal, partitions }) => ({ name, isInternal, partitions }))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  topic(name: string): Promise<BackendTopic> {
    return this.#leaders.topic(name);
  }

  offsets(topic: string, partitions: readonly number[]): Promise<readonly BackendOffsets[]> {
    return this.#reader.offsets(topic, partitions);
  }

  async offsetAtTime(topic: string, partition: number, time: number): Promise<Offset | undefined> {
    // Negative times have meanings of their own.
    const wanted = BigInt(Math.max(0, Math.ceil(time)));
    const offset = await this.#reader.offsetAt(topic, partition, wanted);
    return offset < 0n ? undefined : offset;
  }

  fetch(topic: string, partition: number, offset: Offset, limits: FetchLimits): Promise<Fetched> {
    return this.#reader.read(topic, partition, offset, limits);
  }

  produce(topic: string, records: readonly NewRecord[]): Promise<readonly Appended[]> {
    return this.#writer.append(topic, records);
  }

  /** Resolves when the brokers show the topic with the leaders of its partitions. */
  async createTopic(topic: NewTopic): Promise<void> {
    await this.#brokers.callController(createTopics, { topic, validateOnly: false });
    await this.#shows(async () => {
      const { partitions } = await this.topic(topic.name);
      return partitions.length > 0 && partitions.every(({ leader }) => leader !== null);
    });
  }

  checkTopic(topic: NewTopic): Promise<void> {
    return this.#brokers.callController(createTopics, { topic, validateOnly: true });
  }

  async topicProperties(name: string): Promise<readonly BackendProperty[]> {
    const properties = await this.#brokers.callAny(describeConfigs, name);
    return [...properties].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** Resolves when the brokers show the changes. */
  async alterTopic(
    topic: string,
    changes: readonly TopicPropertyChange[],
    { validateOnly = false } = {},
  ): Promise<void> {
    const request = { topic, changes, validateOnly };
    await this.#brokers.callController(incrementalAlterConfigs, request);
    if (validateOnly) return;
    await this.#shows(async () => {
      const shown = new Map((await this.topicProperties(topic)).map((each) => [each.name, each]));
      return changes.every(({ name, value }) => {
        const property = shown.get(name);
        const isOwn = property?.source === 'DYNAMIC_TOPIC_CONFIG';
        return value === null ? !isOwn : isOwn && property.value === value;
      });
    });
  }

  /** Resolves when the brokers no longer show the topic. */
  async deleteTopic(name: string): Promise<void> {
    await this.#brokers.callController(deleteTopics, name);
    await this.#shows(async () => {
      const isGone = (error: unknown) =>
        error instanceof KafkaFailure && error.kind === 'UNKNOWN_TOPIC_OR_PARTITION';
      return this.topic(name).then(() => false, isGone);
    });
  }

  /** Resolves when the brokers show the partitions. */
  async addPartitions(topic: string, total: number, { validateOnly = false } = {}): Promise<void> {
    await this.#brokers.callController(createPartitions, { topic, total, validateOnly });
    if (validateOnly) return;
    await this.#shows(async () => (await this.topic(topic)).partitions.length >= total);
  }

  groups(): Promise<readonly BackendGroup[]> {
    return this.#groups.list();
  }

  groupMembers(group: string): Promise<readonly BackendMember[]> {
    return this.#groups.members(group);
  }

  groupPositions(group: string): Promise<readonly BackendPosition[]> {
    return this.#groups.positions(group);
  }

  async close(): Promise<void> {
    this.#brokers.close();
    return Promise.resolve();
  }

  /**
   * Waits until the brokers show a change. Does not reject, because the change itself was made.
   */
  async #shows(isShown: () => Promise<boolean>): Promise<void> {
    for (const until = Date.now() + MAX_DELAY_MS; Date.now() < until;) {
      if (await isShown().catch(() => false)) return;
      await setTimeout(PAUSE_MS);
    }
  }
}
