import {
  type Admin,
  type Batch,
  type EachBatchHandler,
  Kafka as Client,
  KafkaJSError,
  type KafkaMessage,
  logLevel,
  type Message,
  Partitioners,
  type Producer,
} from 'kafkajs';
import type { Offset } from '../../../src/core/kafka';

/** A record in the form that every Kafka client knows. */
export interface ClientRecord {
  readonly partition: number;
  readonly key: Buffer | string | null;
  readonly value: Buffer | string | null;
  readonly headers?: Readonly<Record<string, string>>;
  /** Epoch milliseconds; default: now. */
  readonly timestamp?: number;
}

/** A record as Kafka holds it. */
export interface HeldRecord {
  readonly partition: number;
  readonly offset: Offset;
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  /** Those with the same name stand together. */
  readonly headers: readonly { readonly name: string; readonly value: Buffer }[];
  /** Epoch milliseconds. */
  readonly timestamp: number;
}

/**
 * A client of Kafka's own protocol that has nothing in common with ours, for what the gateway cannot
 * do, and for looking at what it has done.
 */
export class OtherClient {
  readonly #client: Client;
  readonly #admin: Admin;
  readonly #producer: Producer;
  /** Producers of transactions that have none under way. */
  readonly #idle: Producer[] = [];
  readonly #transactional: Producer[] = [];
  /** The topics all of whose partitions have responded. */
  readonly #ready = new Set<string>();
  #consumers = 0;

  private constructor(bootstrap: string) {
    this.#client = new Client({
      brokers: [bootstrap],
      logLevel: logLevel.NOTHING,
      retry: { initialRetryTime: 50 },
    });
    this.#admin = this.#client.admin();
    this.#producer = this.#client.producer({
      allowAutoTopicCreation: false,
      createPartitioner: Partitioners.DefaultPartitioner,
    });
  }

  static async connect(bootstrap: string): Promise<OtherClient> {
    const client = new OtherClient(bootstrap);
    await Promise.all([client.#admin.connect(), client.#producer.connect()]);
    return client;
  }

  async createTopic(topic: string, numPartitions: number): Promise<void> {
    // The library would wait for the leaders, but fails if the broker has not heard of the topic yet.
    const topics = [{ topic, numPartitions }];
    await this.#admin.createTopics({ topics, waitForLeaders: false });
    await this.#prepare(topic);
  }

  async addPartitions(topic: string, count: number): Promise<void> {
    await this.#admin.createPartitions({ topicPartitions: [{ topic, count }] });
  }

  async append(topic: string, records: readonly ClientRecord[]): Promise<void> {
    await this.#prepare(topic);
    await this.#producer.send({ topic, messages: records.map(message) });
  }

  /**
   * Gets ready for some transactions at the same time. The library cannot any more once a topic of
   * the cluster lacks a leader.
   */
  async prepareTransactions(count: number): Promise<void> {
    const all = Array.from({ length: count }, () => this.#newTransactional());
    this.#idle.push(...(await Promise.all(all)));
  }

  /** Writes records in a transaction. Resolves when the markers of its end are in the log. */
  async transaction(
    topic: string,
    records: readonly ClientRecord[],
    end: 'commit' | 'abort',
  ): Promise<void> {
    const before = await this.latest(topic);
    const producer = this.#idle.pop() ?? (await this.#newTransactional());
    const transaction = await producer.transaction();
    await transaction.send({ topic, messages: records.map(message) });
    await transaction[end]();
    this.#idle.push(producer);
    const expected = new Map<number, bigint>();
    for (const { partition } of records) {
      expected.set(partition, (expected.get(partition) ?? 1n + (before.get(partition) ?? 0n)) + 1n);
    }
    for (;;) {
      const now = await this.latest(topic);
      if ([...expected].every(([id, latest]) => (now.get(id) ?? 0n) >= latest)) return;
    }
  }

  /** Drops the records of a partition before an offset. */
  async trim(topic: string, partition: number, earliest: Offset): Promise<void> {
    // The client finds the leaders only of topics that it has asked about.
    await this.latest(topic);
    const partitions = [{ partition, offset: earliest.toString() }];
    await this.#admin.deleteTopicRecords({ topic, partitions });
  }

  /** Returns the offset of the next record of each partition. */
  async latest(topic: string): Promise<ReadonlyMap<number, Offset>> {
    const offsets = await this.#offsets(topic);
    return new Map(offsets.map(({ partition, high }) => [partition, BigInt(high)]));
  }

  /**
   * Waits until Kafka is ready for all partitions of a topic. Otherwise it may refuse the records of
   * one, and the library then sends those of the others once more.
   */
  async #prepare(topic: string): Promise<void> {
    if (this.#ready.has(topic)) return;
    await this.#offsets(topic);
    this.#ready.add(topic);
  }

  /** Asks again while Kafka is not ready for a topic that was just created. */
  async #offsets(topic: string): Promise<Awaited<ReturnType<Admin['fetchTopicOffsets']>>> {
    for (;;) {
      try {
        return await this.#admin.fetchTopicOffsets(topic);
      } catch (error) {
        if (!(error instanceof KafkaJSError && error.retriable)) throw error;
      }
    }
  }

  /** Returns all records of a topic that are not of aborted transactions. */
  async records(topic: string): Promise<readonly HeldRecord[]> {
    const offsets = await this.#offsets(topic);
    const waiting = new Map(
      offsets
        .filter(({ low, high }) => BigInt(low) < BigInt(high))
        .map(({ partition, high }) => [partition, BigInt(high)]),
    );
    const held: HeldRecord[] = [];
    if (waiting.size === 0) return held;
    this.#consumers += 1;
    const consumer = this.#client.consumer({ groupId: `other-client-${this.#consumers}` });
    await consumer.connect();
    await consumer.subscribe({ topic, fromBeginning: true });
    await new Promise<void>((resolve, reject) => {
      consumer.on(consumer.events.CRASH, ({ payload }) => {
        if (!payload.restart) reject(payload.error);
      });
      const take = (batch: Batch): void => {
        const { partition, messages } = batch;
        held.push(...messages.map((each) => heldRecord(partition, each)));
        const next = BigInt(batch.lastOffset()) + 1n;
        if (next >= (waiting.get(partition) ?? 0n)) waiting.delete(partition);
        if (waiting.size === 0) resolve();
      };
      const eachBatch: EachBatchHandler = ({ batch }) => {
        take(batch);
        return Promise.resolve();
      };
      consumer.run({ autoCommit: false, eachBatch }).catch(reject);
    });
    await consumer.disconnect();
    return held;
  }

  async close(): Promise<void> {
    const all = [this.#admin, this.#producer, ...this.#transactional];
    await Promise.all(all.map((each) => each.disconnect()));
  }

  async #newTransactional(): Promise<Producer> {
    const producer = this.#client.producer({
      transactionalId: `other-client-${this.#transactional.length}`,
      maxInFlightRequests: 1,
      idempotent: true,
      allowAutoTopicCreation: false,
      createPartitioner: Partitioners.DefaultPartitioner,
    });
    this.#transactional.push(producer);
    await producer.connect();
    return producer;
  }
}

function heldRecord(
  partition: number,
  { offset, key, value, headers = {}, timestamp }: KafkaMessage,
): HeldRecord {
  return {
    ...{ partition, offset: BigInt(offset), key, value, timestamp: Number(timestamp) },
    headers: Object.entries(headers).flatMap(([name, values = []]) =>
      [values].flat().map((each) => ({ name, value: Buffer.from(each) })),
    ),
  };
}

function message({ partition, key, value, headers, timestamp }: ClientRecord): Message {
  return {
    partition,
    key,
    value,
    ...(headers && { headers }),
    ...(timestamp !== undefined && { timestamp: String(timestamp) }),
  };
}
