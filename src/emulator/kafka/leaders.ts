import { setTimeout } from 'node:timers/promises';
import {
  type BackendPartition,
  type BackendTopic,
  type KafkaErrorName,
  KafkaFailure,
} from '../backend';
import { check } from './api/api';
import type { Brokers } from './brokers';

/** How long the leaders of a topic are looked for while they change, in milliseconds. */
const MAX_SEARCH_MS = 3000;
const PAUSE_MS = 100;

/** Failures after which nothing was done, and another broker may be the leader now. */
const MOVED: readonly KafkaErrorName[] = [
  'NOT_LEADER_OR_FOLLOWER',
  'FENCED_LEADER_EPOCH',
  'UNKNOWN_LEADER_EPOCH',
  'BROKER_NOT_AVAILABLE',
];

/** Failures after which a read may be tried again. */
const READABLE_AGAIN: readonly KafkaErrorName[] = [
  ...MOVED,
  'NETWORK_EXCEPTION',
  'KAFKA_STORAGE_ERROR',
  'OFFSET_NOT_AVAILABLE',
];

/** Knows the leaders of partitions, and asks again when they have changed. */
export class Leaders {
  readonly #topics = new Map<string, readonly BackendPartition[]>();

  constructor(private readonly brokers: Brokers) {}

  /** Returns a topic. Rejects with `UNKNOWN_TOPIC_OR_PARTITION` if there is none. */
  async topic(name: string): Promise<BackendTopic> {
    const { topics } = await this.brokers.metadata([name]);
    const topic = topics.find((each) => each.name === name);
    this.#topics.delete(name);
    if (!topic || topic.code === UNKNOWN_TOPIC) {
      throw new KafkaFailure('UNKNOWN_TOPIC_OR_PARTITION', `There is no topic ${name}.`);
    }
    check(topic.code);
    this.#topics.set(name, topic.partitions);
    return topic;
  }

  /**
   * Calls the leader of a partition, again while that moves. A read is also tried again after a
   * connection broke.
   *
   * @param call gets the id of the broker
   */
  async on<T>(
    topic: string,
    partition: number,
    kind: 'read' | 'write',
    call: (leader: number) => Promise<T>,
  ): Promise<T> {
    const again = kind === 'read' ? READABLE_AGAIN : MOVED;
    for (const until = Date.now() + MAX_SEARCH_MS; ;) {
      try {
        return await call(await this.#leader(topic, partition));
      } catch (error) {
        this.#topics.delete(topic);
        const isOver = Date.now() + PAUSE_MS > until;
        if (isOver || !(error instanceof KafkaFailure) || !again.includes(error.kind)) throw error;
        await setTimeout(PAUSE_MS);
      }
    }
  }

  async #leader(topic: string, partition: number): Promise<number> {
    const partitions = this.#topics.get(topic) ?? (await this.topic(topic)).partitions;
    const found = partitions.find(({ id }) => id === partition);
    if (!found) {
      const message = `Topic ${topic} has no partition ${partition}.`;
      throw new KafkaFailure('UNKNOWN_TOPIC_OR_PARTITION', message);
    }
    if (found.leader !== null) return found.leader;
    const message = `There is no leader for partition ${topic}-${partition}.`;
    throw new KafkaFailure('LEADER_NOT_AVAILABLE', message);
  }
}

const UNKNOWN_TOPIC = 3;
