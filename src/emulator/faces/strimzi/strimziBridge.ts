import { setTimeout } from 'node:timers/promises';
import type { NewRecord } from '../../../core/kafka';
import {
  type Backend,
  type BackendPartition,
  type BackendTopic,
  KafkaFailure,
} from '../../backend';
import { type Call, type CallResponse, HttpError } from '../../http';
import { members } from '../../rawJson';
import { dispatch, type Route } from '../../routes';
import type { Face } from '../face';
import { bodyOf } from './bodies';
import {
  empty,
  errorResponse,
  never,
  toHttpError,
  v2,
  v2Text,
  ValidationError,
} from './bridgeError';
import { defaultConfigs } from './configs';
import { Consumers } from './consumers';
import { formats, parseRecords, resultJson, sizeProblem } from './produce';
import { schemas } from './schemas';
import type { BridgeVersion } from './versions';

/** How long the bridge waits for what is not there, in milliseconds. */
export interface BridgeWaits {
  /** For a topic or partition to produce to: `max.block.ms` of its producer. */
  readonly blockMs: number;
  /** For the offsets of a partition without a leader. */
  readonly adminMs: number;
  /** For a partition to get a leader: `delivery.timeout.ms` of its producer. */
  readonly deliveryMs: number;
}

const WAITS: BridgeWaits = { blockMs: 5_000, adminMs: 60_000, deliveryMs: 120_000 };
const ADMIN_TYPE = 'application/vnd.kafka.json.v2+json';
const RECORD_TYPES = formats.map((format) => `application/vnd.kafka.${format}.v2+json`);

/** Strimzi's HTTP bridge, as it was observed. What differs between versions says `bridge`. */
export class StrimziBridge implements Face {
  readonly #consumers: Consumers;
  readonly #routes: readonly Route[];

  constructor(
    private readonly backend: Backend,
    private readonly bridge: BridgeVersion,
    private readonly waits: BridgeWaits = WAITS,
  ) {
    this.#consumers = new Consumers(backend, bridge);
    const health = (path: RegExp, status: number): Route => ({
      method: 'GET',
      path,
      handle: () => empty(status),
    });
    this.#routes = [
      {
        method: 'GET',
        path: /^\/$/,
        handle: () => v2Text(`{"bridge_version":"${bridge.version}"}`, 200, 'application/json'),
      },
      health(/^\/(?:healthy|ready)$/, bridge.healthStatus),
      health(/^\/metrics$/, bridge.metricsStatus),
      {
        method: 'POST',
        path: /^\/admin\/topics$/,
        handle: (_, call) => this.#createTopic(call),
      },
      {
        method: 'GET',
        path: /^\/topics$/,
        handle: async () => {
          const topics = await backend.topics();
          return v2(topics.filter(({ isInternal }) => !isInternal).map(({ name }) => name));
        },
      },
      {
        method: 'POST',
        path: /^\/topics\/([^/]+)$/,
        handle: ([topic = ''], call) => this.#produce(topic, call),
      },
      {
        method: 'GET',
        path: /^\/topics\/([^/]+)$/,
        handle: async ([topic = '']) => {
          const partitions = await this.#partitions(topic);
          const properties = (await backend.topicProperties?.(topic)) ?? [];
          const configs = Object.fromEntries(properties.map(({ name, value }) => [name, value]));
          return v2({ name: topic, configs: { ...defaultConfigs, ...configs }, partitions });
        },
      },
      {
        method: 'GET',
        path: /^\/topics\/([^/]+)\/partitions$/,
        handle: async ([topic = '']) => v2(await this.#partitions(topic)),
      },
      {
        method: 'POST',
        path: /^\/topics\/([^/]+)\/partitions\/([^/]+)$/,
        handle: ([topic = '', id = ''], call) => this.#produce(topic, call, idOf(id)),
      },
      {
        method: 'GET',
        path: /^\/topics\/([^/]+)\/partitions\/([^/]+)$/,
        handle: async ([topic = '', idText = '']) => {
          const id = idOf(idText);
          const { partitions } = await this.#found(topic);
          const found = partitions.find((each) => each.id === id);
          if (!found) throw new HttpError(404, 'Specified partition does not exist.');
          return found.leader === null ? never() : v2(partitionJson(found));
        },
      },
      {
        method: 'GET',
        path: /^\/topics\/([^/]+)\/partitions\/([^/]+)\/offsets$/,
        handle: ([topic = '', id = '']) => this.#offsets(topic, idOf(id)),
      },
      ...this.#consumers.routes,
    ];
  }

  async handle(call: Call): Promise<CallResponse> {
    try {
      return await dispatch(this.#routes, call);
    } catch (error) {
      throw error instanceof KafkaFailure ? toHttpError(error) : error;
    }
  }

  failed(error: HttpError): CallResponse {
    return errorResponse(error);
  }

  instances(): readonly string[] {
    return this.#consumers.instances.names;
  }

  /** Returns a topic that is asked about. */
  async #found(name: string): Promise<BackendTopic> {
    if (isTopicName(name)) return this.backend.topic(name);
    throw invalidTopic('The request attempted to perform an operation on an invalid topic.');
  }

  /** Returns the partitions of a topic; never, if one of them has no leader. */
  async #partitions(topic: string): Promise<readonly object[]> {
    const { partitions } = await this.#found(topic);
    return partitions.some(({ leader }) => leader === null)
      ? never()
      : partitions.map(partitionJson);
  }

  async #offsets(name: string, id: number): Promise<CallResponse> {
    if (!isTopicName(name)) {
      const place = `partition ${name}-${id} due to invalid topic \`${name}\``;
      if (this.bridge.hangsAtInvalidNames) return never();
      throw invalidTopic(`Failed to fetch metadata for ${place}`);
    }
    const { partitions } = await this.backend.topic(name);
    const found = partitions.find((each) => each.id === id);
    if (!found) throw new HttpError(404, `Topic '${name}' does not have partition with id ${id}`);
    if (found.leader === null) {
      await pause(this.waits.adminMs);
      throw new HttpError(
        500,
        'org.apache.kafka.common.errors.TimeoutException: Timed out waiting for a node assignment. Call: listOffsets(api=METADATA)',
      );
    }
    const [ends] = await this.backend.offsets(name, [id]);
    const { earliest = 0n, latest = 0n } = ends ?? {};
    return v2Text(`{"beginning_offset":${earliest.toString()},"end_offset":${latest.toString()}}`);
  }

  async #createTopic(call: Call): Promise<CallResponse> {
    const body = await bodyOf(call, [ADMIN_TYPE], schemas.createTopic, this.bridge);
    const topic = members(body) ?? new Map<string, string>();
    const count = topic.get('partitions_count');
    const factor = topic.get('replication_factor');
    await this.backend.createTopic({
      name: String(JSON.parse(topic.get('topic_name') ?? '""')),
      ...(count !== undefined && { partitionCount: Number(count) }),
      ...(factor !== undefined && { replicationFactor: Number(factor) }),
    });
    return v2({}, 201);
  }

  async #produce(name: string, call: Call, partition?: number): Promise<CallResponse> {
    const schema = partition === undefined ? schemas.records : schemas.partitionRecords;
    const body = await bodyOf(call, RECORD_TYPES, schema, this.bridge);
    const type = RECORD_TYPES.indexOf(call.headers['content-type'] ?? '');
    const format = formats[type] ?? 'binary';
    const records = parseRecords(body, format, this.bridge, partition);
    const results = await this.#results(name, records);
    if (call.query.get('async') === 'true') return empty(204);
    return v2Text(`{"offsets":[${results.join(',')}]}`);
  }

  /** Returns the JSON of the result of each record. */
  async #results(name: string, records: readonly NewRecord[]): Promise<readonly string[]> {
    const results = new Map<NewRecord, string>();
    const fail = (record: NewRecord, code: number, error: string): void => {
      results.set(record, resultJson({ code, error }));
    };
    const topic = await this.#topic(name);
    const ids = new Map(topic?.partitions.map((each) => [each.id, each]));
    let waitMs = 0;
    for (const record of records) {
      const { partition } = record;
      const size = sizeProblem(record);
      if (!isTopicName(name)) fail(record, 500, `Invalid topics: [${name}]`);
      else if (!topic) {
        waitMs = this.waits.blockMs;
        fail(record, 404, `Topic ${name} not present in metadata after ${waitMs} ms.`);
      } else if (partition !== undefined && !ids.has(partition)) {
        waitMs = this.waits.blockMs;
        const place = `Partition ${partition} of topic ${name} with partition count ${ids.size}`;
        fail(record, 404, `${place} is not present in metadata after ${waitMs} ms.`);
      } else if (size !== undefined) fail(record, 500, size);
    }
    const sent = records.filter((record) => !results.has(record));
    const appended = sent.length > 0 ? await this.backend.produce(name, sent) : [];
    for (const [at, record] of sent.entries()) {
      const result = appended[at];
      if (!result) continue;
      if ('failure' in result && result.failure.kind === 'LEADER_NOT_AVAILABLE') {
        waitMs = this.waits.deliveryMs;
        const place = `${name}-${record.partition ?? 0}`;
        const late = `Expiring 1 record(s) for ${place}:${waitMs} ms has passed since batch creation`;
        fail(record, 500, late);
      } else results.set(record, resultJson(result));
    }
    await pause(waitMs);
    return records.map((record) => results.get(record) ?? '');
  }

  async #topic(name: string): Promise<BackendTopic | undefined> {
    try {
      return await this.backend.topic(name);
    } catch (error) {
      if (error instanceof KafkaFailure) return undefined;
      throw error;
    }
  }
}

function isTopicName(name: string): boolean {
  return /^(?!\.{1,2}$)[a-zA-Z0-9._-]{1,249}$/.test(name);
}

function invalidTopic(message: string): HttpError {
  return new HttpError(500, `org.apache.kafka.common.errors.InvalidTopicException: ${message}`);
}

/** Returns the id of a partition in a path. */
function idOf(text: string): number {
  if (/^-?\d{1,10}$/.test(text)) return Number(text);
  throw new ValidationError('Schema validation error', [
    'Instance type string is invalid. Expected integer',
  ]);
}

function partitionJson({ id, leader, replicas, isr }: BackendPartition): object {
  return {
    partition: id,
    leader,
    replicas: replicas.map((broker) => ({
      broker,
      leader: broker === leader,
      in_sync: isr.includes(broker),
    })),
  };
}

/** Waits; does not keep the process of a stopped emulator alive. */
async function pause(ms: number): Promise<void> {
  if (ms > 0) await setTimeout(ms, undefined, { ref: false });
}
