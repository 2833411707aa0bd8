import { NO_CAPABILITIES } from './capabilities';
import { KafkaError } from '../../../src/core/errors';
import type { Capabilities, KafkaProxy, KafkaRecord, NewRecord } from '../../../src/core/kafka';
import { unsupportedFeature } from '../../../src/core/produce/sendable';

type ProduceCapabilities = Exclude<Capabilities['produce'], false>;

/**
 * A cluster in memory whose proxy carries everything that a record can have, unless `can` says
 * otherwise. Its topics have one partition and exist as soon as something is written to them.
 */
export class MemoryProxy implements KafkaProxy {
  readonly capabilities: Capabilities & { readonly produce: ProduceCapabilities };
  readonly #logs = new Map<string, KafkaRecord[]>();

  constructor(can: Partial<ProduceCapabilities> = {}) {
    this.capabilities = {
      ...NO_CAPABILITIES,
      produce: {
        headers: true,
        timestamp: true,
        tombstone: true,
        binary: true,
        maxBatchBytes: 1_000_000,
        maxBatchRecords: 1_000,
        ...can,
      },
      read: { headers: true, timestamp: true },
    };
  }

  /** Returns the records that were written to a topic. */
  log(topic: string): readonly KafkaRecord[] {
    return this.#logs.get(topic) ?? [];
  }

  brokers(): Promise<never[]> {
    return Promise.resolve([]);
  }

  topics() {
    return Promise.resolve([...this.#logs.keys()].sort().map((name) => ({ name })));
  }

  async partitions(topic: string) {
    return [await this.partition(topic, 0)];
  }

  partition(topic: string, id: number) {
    const latest = BigInt(this.log(topic).length);
    return Promise.resolve({ id, earliest: 0n, latest, leader: 0, replicas: [0], isr: [0] });
  }

  async *read({ topic, from, until }: Parameters<KafkaProxy['read']>[0]) {
    await Promise.resolve();
    const records = this.log(topic).slice(Number(from), Number(until));
    yield { records, next: until, bytes: 0 };
  }

  createTopic(): Promise<never> {
    return Promise.reject(new KafkaError('unsupported'));
  }

  produce(topic: string, records: readonly NewRecord[]) {
    const feature = records.map((record) => unsupportedFeature(record, this.capabilities.produce));
    if (feature.some(Boolean)) return Promise.reject(new KafkaError('unsupported'));
    const log = this.#logs.get(topic) ?? [];
    this.#logs.set(topic, log);
    for (const { key = null, value, headers, timestamp = Date.now() } of records) {
      const offset = BigInt(log.length);
      log.push({ partition: 0, offset, timestamp, key, value, ...(headers && { headers }) });
    }
    return Promise.resolve(records.map(() => ({ status: 'accepted', partition: 0 }) as const));
  }

  dispose(): Promise<void> {
    return Promise.resolve();
  }
}
