import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import type { Offset } from '../../../../core/kafka';
import type { Backend } from '../../../backend';
import {
  type ConsumerInstance,
  type PolledRecord,
  type TopicPartition,
  UnassignedError,
} from '../../v2/consumerInstance';
import { ConsumerInstances } from '../../v2/consumerInstances';
import { RestError } from '../restError';

/** The defaults of `consumer.instance.timeout.ms`, `consumer.request.timeout.ms` and others. */
const INSTANCE_TIMEOUT_MS = 300_000;
const REQUEST_TIMEOUT_MS = 1_000;
const REQUEST_MAX_BYTES = 64 * 1024 * 1024;
/** The proxy polls for so many records at once (`max.poll.records`). */
const POLL_RECORDS = 30;
const MAX_PARTITION_BYTES = 1024 * 1024;
/** How long it waits between polls that have none (`consumer.iterator.backoff.ms`). */
const BACKOFF_MS = 50;

interface Pacing {
  /** How long a read takes at most, in milliseconds. */
  readonly waitMs: number;
  /** A read is over once it has more bytes than this. */
  readonly minBytes: number;
}

/** The consumer instances of the proxy. */
export class Consumers {
  readonly #instances: ConsumerInstances;
  /** What this proxy adds to an instance; garbage-collected with it. */
  readonly #consumers = new WeakMap<ConsumerInstance, Consumer>();

  constructor(private readonly backend: Backend) {
    this.#instances = new ConsumerInstances(backend, INSTANCE_TIMEOUT_MS);
  }

  /** Creates an instance and returns its name. Throws a `RestError` if the request is not valid. */
  create(group: string, request: Readonly<Record<string, unknown>>): string {
    const { name = `rest-consumer-${randomUUID()}`, format = 'binary' } = request;
    const { 'auto.offset.reset': reset = 'latest' } = request;
    if (typeof name !== 'string') throw new RestError(422, 422, 'name must be a text');
    if (format !== 'binary') throw new RestError(422, 422, 'Invalid format type.');
    if (reset !== 'earliest' && reset !== 'latest' && reset !== 'none') {
      const value = String(reset);
      const what = `Invalid value ${value} for configuration auto.offset.reset`;
      const message = `Invalid consumer configuration: ${what}: String must be one of: latest, earliest, none`;
      throw new RestError(422, 42_204, message);
    }
    const minBytes = Number(request['fetch.min.bytes'] ?? -1);
    if (minBytes !== -1 && !(minBytes >= 1 && minBytes <= 10_000_000)) {
      const what = 'Invalid consumer configuration. It does not abide by the constraints: ';
      throw new RestError(422, 40_001, `${what}fetch.min.bytes`);
    }
    const settings = { format, reset, isolation: 'read_uncommitted' } as const;
    const instance = this.#instances.create(group, name, settings);
    if (!instance) {
      const message =
        'Consumer with specified consumer ID already exists in the specified consumer group.';
      throw new RestError(409, 40_902, message);
    }
    const pacing = {
      waitMs: Number(request['consumer.request.timeout.ms'] ?? REQUEST_TIMEOUT_MS),
      minBytes: minBytes < 0 ? Infinity : minBytes,
    };
    this.#consumers.set(instance, new Consumer(this.backend, instance, pacing));
    return name;
  }

  find(group: string, name: string): Consumer | undefined {
    const instance = this.#instances.find(group, name);
    return instance && this.#consumers.get(instance);
  }

  async remove(group: string, name: string): Promise<void> {
    await this.#instances.remove(group, name);
  }

  /** The instances that there are, each as `group/name`. */
  get names(): readonly string[] {
    return this.#instances.names;
  }
}

/** An instance with the proxy's own queue: what was polled and did not fit into a response. */
export class Consumer {
  readonly #queue: PolledRecord[] = [];

  constructor(
    private readonly backend: Backend,
    private readonly instance: ConsumerInstance,
    private readonly pacing: Pacing,
  ) {}

  get assigned(): readonly TopicPartition[] {
    return this.instance.assigned;
  }

  assign(partitions: readonly TopicPartition[]): void {
    this.instance.assign(partitions);
  }

  /** Moves a position. What is in the queue stays there. */
  async seek(at: TopicPartition, to: Offset | 'beginning' | 'end'): Promise<void> {
    if (!this.instance.isAssigned(at)) {
      const message = `Illegal state: No current assignment for partition ${at.topic}-${at.partition}`;
      throw new RestError(409, 40_903, message);
    }
    await this.instance.alone(() => this.instance.seek(at, to));
  }

  async seekToTime(at: TopicPartition, time: number): Promise<void> {
    const offset = await this.backend.offsetAtTime(at.topic, at.partition, time);
    // The proxy reads a member of what Kafka gives, which is null here.
    if (offset === undefined) throw new RestError(500, 500, 'Internal Server Error');
    await this.seek(at, offset);
  }

  /**
   * Reads until there are more than the least bytes, until the next record does not fit, or until
   * the time is over. A record of `maxBytes` or more never fits.
   */
  async read(
    waitMs: number,
    maxBytes: number,
    gone: AbortSignal,
  ): Promise<readonly PolledRecord[]> {
    return this.instance.alone(() => this.#read(waitMs, maxBytes, gone));
  }

  async #read(wait: number, max: number, gone: AbortSignal): Promise<readonly PolledRecord[]> {
    const waitMs = wait > 0 ? Math.min(wait, this.pacing.waitMs) : this.pacing.waitMs;
    const maxBytes = Math.min(max > 0 ? max : Infinity, REQUEST_MAX_BYTES);
    const end = performance.now() + waitMs;
    const records: PolledRecord[] = [];
    let bytes = 0;
    for (;;) {
      if (this.#queue.length === 0) this.#queue.push(...(await this.#poll()));
      const polled = this.#queue.length;
      for (let next = this.#queue[0]; next; next = this.#queue[0]) {
        const size = (next.key?.length ?? 0) + (next.value?.length ?? 0);
        if (bytes + size >= maxBytes) return records;
        bytes += size;
        records.push(next);
        this.#queue.shift();
      }
      if (bytes > this.pacing.minBytes || performance.now() >= end || gone.aborted) return records;
      if (polled === 0) await setTimeout(Math.min(BACKOFF_MS, end - performance.now()));
    }
  }

  async #poll(): Promise<readonly PolledRecord[]> {
    const limits = { maxRecords: POLL_RECORDS, maxPartitionBytes: MAX_PARTITION_BYTES };
    try {
      return await this.instance.poll(0, limits, new AbortController().signal);
    } catch (error) {
      if (!(error instanceof UnassignedError)) throw error;
      const message =
        'Illegal state: Consumer is not subscribed to any topics or assigned any partitions';
      throw new RestError(409, 40_903, message);
    }
  }
}
