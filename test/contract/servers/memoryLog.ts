import { once, EventEmitter } from 'node:events';
import { KafkaError } from '../../../src/core/errors';
import type { BoundedPartition, NewRecord, Offset } from '../../../src/core/kafka';
import type { FaultOptions, ServerFault, StoredRecord, TopicOptions } from '../server';

interface PartitionLog {
  readonly records: StoredRecord[];
  earliest: Offset;
  latest: Offset;
}

interface MemoryTopic {
  readonly partitions: PartitionLog[];
  readonly properties: Map<string, string>;
}

export const DEFAULT_PROPERTIES = { 'cleanup.policy': 'delete', 'retention.ms': '604800000' };

/** Kafka in memory, with the requests it received and the faults to apply. */
export class MemoryLog {
  readonly topics = new Map<string, MemoryTopic>();
  /** The offset of partition 0 that each group has committed, with its topic. */
  readonly groups = new Map<string, { readonly topic: string; readonly offset: Offset }>();
  readonly requests: { readonly name: string; readonly writes: boolean }[] = [];
  readonly kept: string[] = [];
  readonly #events = new EventEmitter();
  #fault: { readonly fault: ServerFault; readonly on: 'all' | 'write'; left: number } | undefined;

  make(name: string, { partitions = 1, firstOffset = 0n }: TopicOptions = {}): void {
    this.topics.set(name, {
      partitions: Array.from({ length: partitions }, () => ({
        records: [],
        earliest: firstOffset,
        latest: firstOffset,
      })),
      properties: new Map(),
    });
  }

  /** Adds partitions to a topic until there are `total`. */
  grow(name: string, total: number): void {
    const { partitions } = this.topic(name);
    if (total <= partitions.length) throw new KafkaError('rejected', { status: 400 });
    while (partitions.length < total) partitions.push({ records: [], earliest: 0n, latest: 0n });
  }

  topic(name: string): MemoryTopic {
    const topic = this.topics.get(name);
    if (!topic) throw new KafkaError('not-found', { status: 404 });
    return topic;
  }

  log(name: string, partition: number): PartitionLog {
    const log = this.topic(name).partitions[partition];
    if (!log) throw new KafkaError('not-found', { status: 404 });
    return log;
  }

  describe(name: string, id: number): BoundedPartition {
    const { earliest, latest } = this.log(name, id);
    return { id, earliest, latest, leader: 1, replicas: [1], isr: [1] };
  }

  /** Appends a record, and returns its offset. */
  append(name: string, record: NewRecord): Offset {
    const { partition = 0 } = record;
    const log = this.log(name, partition);
    const offset = log.latest;
    log.records.push({ ...record, partition, offset });
    log.latest += 1n;
    return offset;
  }

  remove(name: string, gone: (offset: Offset) => boolean): void {
    const { records } = this.log(name, 0);
    records.splice(0, records.length, ...records.filter(({ offset }) => !gone(offset)));
  }

  break(fault: ServerFault, { on = 'all', times = Infinity }: FaultOptions = {}): void {
    this.#fault = { fault, on, left: times };
  }

  mend(): void {
    this.#fault = undefined;
  }

  /** Records a request, and returns the fault to apply to it, if any. */
  meet(name: string, writes: boolean): ServerFault | undefined {
    const struck = this.#fault;
    const strikes = struck && struck.left > 0 && (struck.on === 'all' || writes);
    if (strikes) struck.left -= 1;
    if (!strikes || struck.fault !== 'refused') this.requests.push({ name, writes });
    this.#events.emit('request');
    return strikes ? struck.fault : undefined;
  }

  async arrived(count: number): Promise<void> {
    while (this.requests.length < count) await once(this.#events, 'request');
  }
}
