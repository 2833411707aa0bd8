import type { NewRecord } from '../../../core/kafka';
import {
  type Backend,
  type BackendPartition,
  type BackendTopic,
  type Fetched,
  type FetchLimits,
  type KafkaErrorName,
  KafkaFailure,
} from '../../backend';
import { HttpError, parseJson, type CallResponse, type Call } from '../../http';
import { elements, members } from '../../rawJson';
import { dispatch, json, type Route } from '../../routes';
import type { Face } from '../face';
import { broker, fittingRecords, MAX_RESPONSE_BYTES, partitionJson, pieces } from './responseJson';
import { parseTopicRequest } from './topicRequest';

const maxOffset = 2n ** 63n - 1n;
const MAX_INT32 = 2 ** 31 - 1;

export interface RestProxyOptions {
  /** Whether records come as a bare array or as `{"records": [...]}`. */
  readonly answer: 'array' | 'object';
}

/**
 * The REST API of HDInsight's Kafka REST proxy, version 1, after authorization. Where the
 * documentation says nothing, the tests record what we chose.
 */
export class RestProxy implements Face {
  readonly #routes: readonly Route[] = [
    {
      method: 'GET',
      path: /^\/v1\/metadata\/brokers$/,
      handle: async () => json({ brokers: (await this.backend.brokers()).map(broker) }),
    },
    {
      method: 'GET',
      path: /^\/v1\/metadata\/topics$/,
      handle: async () => json({ topics: (await this.backend.topics()).map(({ name }) => name) }),
    },
    {
      method: 'GET',
      path: /^\/v1\/metadata\/topics\/([^/]+)\/partitions$/,
      handle: ([topic = '']) => this.#partitions(topic),
    },
    {
      method: 'GET',
      path: /^\/v1\/metadata\/topics\/([^/]+)\/partitions\/([^/]+)$/,
      handle: async ([topic = '', partition = '']) => {
        const [body = ''] = await this.#describe(topic, [await this.#partition(topic, partition)]);
        return { status: 200, body };
      },
    },
    {
      method: 'PUT',
      path: /^\/v1\/topics\/([^/]+)$/,
      handle: ([topic = ''], call) => this.#create(topic, call),
    },
    {
      method: 'POST',
      path: /^\/v1\/producer\/topics\/([^/]+)$/,
      handle: ([topic = ''], call) => this.#produce(topic, call),
    },
    {
      method: 'GET',
      path: /^\/v1\/consumer\/topics\/([^/]+)\/partitions\/([^/]+)\/offsets\/([^/]+)$/,
      handle: ([topic = '', partition = '', offset = ''], call) =>
        this.#consume(topic, partition, offset, call.query.get('count') ?? '1'),
    },
  ];

  constructor(
    private readonly backend: Backend,
    private readonly options: RestProxyOptions,
  ) {}

  async handle(call: Call): Promise<CallResponse> {
    try {
      return await dispatch(this.#routes, call);
    } catch (error) {
      throw error instanceof KafkaFailure ? toHttpError(error) : error;
    }
  }

  failed({ status, message, headers }: HttpError): CallResponse {
    return { ...json({ code: status, message }, status), headers };
  }

  async #partitions(name: string): Promise<CallResponse> {
    const { partitions } = await this.#topic(name);
    const body = await this.#describe(name, partitions);
    return {
      status: 200,
      body: `{"topic":${JSON.stringify(name)},"partitions":[${body.join(',')}]}`,
    };
  }

  /** Returns the JSON of each partition. */
  async #describe(name: string, partitions: readonly BackendPartition[]): Promise<string[]> {
    const ids = partitions.map(({ id }) => id);
    const [offsets, brokers] = await Promise.all([
      this.backend.offsets(name, ids),
      this.backend.brokers(),
    ]);
    const known = new Map(brokers.map((each) => [each.id, broker(each)]));
    return partitions.flatMap((partition, index) => {
      const range = offsets[index];
      return range ? [partitionJson(partition, range, known)] : [];
    });
  }

  async #create(name: string, call: Call): Promise<CallResponse> {
    const { length } = await this.backend.brokers();
    const topic = parseTopicRequest(await call.text(), length);
    await this.backend.createTopic({ name, ...topic });
    return json(`Topic ${name} is created.`);
  }

  async #produce(name: string, call: Call): Promise<CallResponse> {
    const text = await call.text();
    const { partitions } = await this.#topic(name);
    const records = parseRecords(text);
    for (const { partition = 0 } of records) {
      if (!partitions.some(({ id }) => id === partition)) {
        throw new HttpError(400, `Topic ${name} has no partition ${partition}.`);
      }
    }
    const results = await this.backend.produce(name, records);
    const failures = results.flatMap((result) => ('failure' in result ? [result.failure] : []));
    const [first] = failures;
    // A response of 4xx says that nothing was written.
    if (first && failures.length < results.length) {
      const share = `${failures.length} of ${results.length} records were not written`;
      throw new HttpError(500, `${share}: ${first.message || first.kind}`);
    }
    if (first) throw failures.find(({ kind }) => !REFUSALS.includes(kind)) ?? first;
    // The documentation says "200, a string" but not which, so clients must not expect offsets
    // here.
    return json('Records are produced.');
  }

  async #consume(
    name: string,
    idText: string,
    offsetText: string,
    countText: string,
  ): Promise<CallResponse> {
    const { id } = await this.#partition(name, idText);
    const offset = /^\d{1,19}$/.test(offsetText) ? BigInt(offsetText) : -1n;
    if (offset < 0n || offset > maxOffset) throw new HttpError(400, 'The offset is not valid.');
    const count = /^\d{1,10}$/.test(countText) ? Number(countText) : 0;
    if (count < 1 || count > MAX_INT32) throw new HttpError(400, 'The count is not valid.');
    const limits = { maxRecords: count, maxBytes: MAX_RESPONSE_BYTES };
    const { records, next } = await this.#fetch(name, id, offset, limits);
    const texts = fittingRecords(records);
    const rest = records[texts.length];
    const [open, close] = this.options.answer === 'array' ? ['[', ']'] : ['{"records":[', ']}'];
    return {
      status: 200,
      headers: { NextOffset: (rest?.offset ?? next).toString() },
      body: [open, ...pieces(texts), close],
    };
  }

  /** Fetches, and says of an offset out of range which ones there are. */
  async #fetch(name: string, id: number, offset: bigint, limits: FetchLimits): Promise<Fetched> {
    try {
      return await this.backend.fetch(name, id, offset, limits);
    } catch (error) {
      if (!(error instanceof KafkaFailure) || error.kind !== 'OFFSET_OUT_OF_RANGE') throw error;
      const [range] = await this.backend.offsets(name, [id]);
      const offsets = range ? `${range.earliest.toString()} to ${range.latest.toString()}` : 'none';
      throw new HttpError(400, `The offset is out of range: the partition has ${offsets}.`);
    }
  }

  async #topic(name: string): Promise<BackendTopic> {
    try {
      return await this.backend.topic(name);
    } catch (error) {
      if (!(error instanceof KafkaFailure) || !NO_TOPIC.includes(error.kind)) throw error;
      throw new HttpError(404, `Topic '${name}' is not found.`);
    }
  }

  async #partition(name: string, idText: string): Promise<BackendPartition> {
    const { partitions } = await this.#topic(name);
    const id = /^\d{1,10}$/.test(idText) ? Number(idText) : Infinity;
    if (id > MAX_INT32) throw new HttpError(400, 'The partition is not valid.');
    const partition = partitions.find((each) => each.id === id);
    if (!partition) throw new HttpError(404, `Topic '${name}' has no partition ${id}.`);
    return partition;
  }
}

/** What Kafka says of a topic that is not there, or that cannot be there. */
const NO_TOPIC: readonly string[] = [
  'UNKNOWN_TOPIC_OR_PARTITION',
  'INVALID_TOPIC_EXCEPTION',
] satisfies KafkaErrorName[];

/** What Kafka refuses is the client's mistake. Everything else is a failure of the cluster. */
function toHttpError({ kind, message }: KafkaFailure): HttpError {
  if (kind === 'UNKNOWN_TOPIC_OR_PARTITION') return new HttpError(404, message);
  return new HttpError(REFUSALS.includes(kind) ? 400 : 503, message || kind);
}

const REFUSALS: readonly string[] = [
  'OFFSET_OUT_OF_RANGE',
  'MESSAGE_TOO_LARGE',
  'INVALID_TOPIC_EXCEPTION',
  'RECORD_LIST_TOO_LARGE',
  'TOPIC_AUTHORIZATION_FAILED',
  'CLUSTER_AUTHORIZATION_FAILED',
  'INVALID_TIMESTAMP',
  'TOPIC_ALREADY_EXISTS',
  'INVALID_PARTITIONS',
  'INVALID_REPLICATION_FACTOR',
  'INVALID_CONFIG',
  'INVALID_REQUEST',
  'POLICY_VIOLATION',
  'INVALID_RECORD',
] satisfies KafkaErrorName[];

/**
 * Reads the records of a produce request. Values that are not strings become the JSON that was
 * sent.
 */
function parseRecords(text: string): NewRecord[] {
  parseJson(text);
  const records = elements(members(text)?.get('records') ?? '');
  if (!records || records.length === 0) {
    throw new HttpError(400, 'The body must be {"records": [...]} with at least one record.');
  }
  return records.map((record, index) => {
    const refuse = (problem: string): never => {
      throw new HttpError(400, `Record ${index}: ${problem}`);
    };
    const { key, value, partition, ...others } = Object.fromEntries(
      members(record) ?? refuse('is not an object.'),
    );
    const unknown = Object.keys(others)[0];
    if (unknown !== undefined) refuse(`has an unknown field '${unknown.slice(0, 40)}'.`);
    // The documentation says "a string, a number, an object or an array".
    const isPayload = (json: string): boolean => /^["\-\d{[]/.test(json);
    // Kafka holds bytes of UTF-8, which cannot say half of a surrogate pair.
    const payload = (json: string): string =>
      json.startsWith('"') ? String(JSON.parse(json)).toWellFormed() : json;
    if (value === undefined || !isPayload(value)) {
      return refuse('value must be a string, a number, an object or an array.');
    }
    const hasKey = key !== undefined && key !== 'null';
    if (hasKey && !isPayload(key)) refuse('key must be a string, a number, an object or an array.');
    const hasPartition = partition !== undefined && partition !== 'null';
    if (hasPartition && !/^\d{1,10}$/.test(partition)) refuse('partition must be an integer.');
    return {
      key: hasKey ? payload(key) : null,
      value: payload(value),
      ...(hasPartition ? { partition: Number(partition) } : {}),
    };
  });
}
