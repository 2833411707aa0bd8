import {
  type Backend,
  type BackendPartition,
  type BackendTopic,
  KafkaFailure,
} from '../../backend';
import type { Call, CallResponse, HttpError } from '../../http';
import { dispatch, type Route } from '../../routes';
import type { Face } from '../face';
import { Consumers, type KarapaceFaults } from './consumers';
import { type Format, type GivenRecord, parseRecords, resultJson } from './produce';
import { bodyOf, errorResponse, jsonText, KarapaceError, never, PlainError } from './responses';

/** The REST proxy of Karapace 6.2.0, as it was observed. */
export class KarapaceProxy implements Face {
  readonly #consumers: Consumers;
  readonly #routes: readonly Route[];

  constructor(
    private readonly backend: Backend,
    faults: KarapaceFaults = {},
  ) {
    this.#consumers = new Consumers(backend, faults);
    const get = (path: RegExp, respond: (parts: readonly string[]) => Promise<string>): Route => ({
      method: 'GET',
      path,
      handle: async (parts, call) => {
        await checkGet(call);
        return jsonText(await respond(parts));
      },
    });
    this.#routes = [
      get(/^\/$/, () => Promise.resolve('{}')),
      get(/^\/_health$/, () => Promise.resolve('{"karapace_version":"6.2.0"}')),
      get(/^\/brokers$/, async () => {
        const ids = (await backend.brokers()).map(({ id }) => id);
        return JSON.stringify({ brokers: ids });
      }),
      // Internal ones too.
      get(/^\/topics$/, async () => {
        const topics = await backend.topics();
        return JSON.stringify(topics.map(({ name }) => name));
      }),
      get(/^\/topics\/([^/]+)$/, async ([name = '']) => {
        const { partitions } = await this.#topic(name, 40403);
        const configs = (await backend.topicProperties?.(name)) ?? [];
        return JSON.stringify({
          configs: Object.fromEntries(configs.map((each) => [each.name, each.value ?? ''])),
          name,
          partitions: partitions.map(partitionJson),
        });
      }),
      get(/^\/topics\/([^/]+)\/partitions$/, async ([name = '']) =>
        JSON.stringify((await this.#topic(name, 40401)).partitions.map(partitionJson)),
      ),
      get(/^\/topics\/([^/]+)\/partitions\/([^/]+)$/, async ([name = '', id = '']) =>
        JSON.stringify(partitionJson(partitionOf(await this.#topic(name, 40401), id))),
      ),
      get(/^\/topics\/([^/]+)\/partitions\/([^/]+)\/offsets$/, async ([name = '', id = '']) =>
        this.#offsets(name, id),
      ),
      {
        method: 'POST',
        path: /^\/topics\/([^/]+)$/,
        handle: ([name = ''], call) => this.#produce(name, call),
      },
      {
        method: 'POST',
        path: /^\/topics\/([^/]+)\/partitions\/([^/]+)$/,
        handle: async ([name = '', id = ''], call) => {
          const topic = await this.#topic(name, 40401);
          return this.#produce(name, call, partitionOf(topic, id).id);
        },
      },
      ...this.#consumers.routes,
    ];
  }

  async handle(call: Call): Promise<CallResponse> {
    try {
      return await dispatch(this.#routes, call);
    } catch (error) {
      if (!(error instanceof KafkaFailure)) throw error;
      throw new KarapaceError(500, 50002, error.message || error.kind);
    }
  }

  failed(error: HttpError): CallResponse {
    return errorResponse(error);
  }

  instances(): readonly string[] {
    return this.#consumers.names;
  }

  async #topic(name: string, code: number): Promise<BackendTopic> {
    try {
      return await this.backend.topic(name);
    } catch (error) {
      if (!(error instanceof KafkaFailure)) throw error;
      throw new KarapaceError(404, code, `Topic ${name} not found`);
    }
  }

  async #offsets(name: string, idText: string): Promise<string> {
    const unknown = '[Error 3] UnknownTopicOrPartitionError';
    const topic = await this.backend.topic(name).catch((error: unknown) => {
      if (!(error instanceof KafkaFailure)) throw error;
      throw new KarapaceError(404, 40401, `Topic ${name} not found: ${unknown}`);
    });
    const found = topic.partitions.find(({ id }) => String(id) === idText);
    if (!found || found.leader === null) {
      throw new KarapaceError(404, 40402, `Partition ${idText} not found: ${unknown}`);
    }
    const [ends] = await this.backend.offsets(name, [found.id]);
    const { earliest = 0n, latest = 0n } = ends ?? {};
    return `{"beginning_offset":${earliest.toString()},"end_offset":${latest.toString()}}`;
  }

  async #produce(name: string, call: Call, partition?: number): Promise<CallResponse> {
    const format = formatOf(call.headers['content-type'] ?? '');
    const body = await bodyOf(call);
    const { partitions } = await this.#topic(name, 40401);
    const given = parseRecords(body, format, partition);
    const ids = new Set(partitions.map(({ id }) => id));
    const known = given.filter(({ record: { partition: id = 0 } }) => ids.has(id));
    const results = known.length === 0 ? [] : await this.#append(name, known);
    const byRecord = new Map(known.map((each, at) => [each, results[at]]));
    const list = given.map((each) => resultJson(each, byRecord.get(each)));
    const isFailed = list.some((each) => each.startsWith('{"error"'));
    return jsonText(
      `{"key_schema_id":null,"offsets":[${list.join(',')}],"value_schema_id":null}`,
      isFailed ? 422 : 200,
    );
  }

  async #append(name: string, given: readonly GivenRecord[]) {
    const results = await this.backend.produce(
      name,
      given.map(({ record }) => record),
    );
    const isLeaderless = results.some(
      (each) => 'failure' in each && each.failure.kind === 'LEADER_NOT_AVAILABLE',
    );
    return isLeaderless ? never() : results;
  }
}

/** Throws unless the call has no body and the client takes JSON. */
async function checkGet(call: Call): Promise<void> {
  const body = await call.text();
  if (body !== '' && body !== '{}') {
    throw new PlainError(400, 'No request body allowed for this operation');
  }
  const accept = call.headers['accept'] ?? '*/*';
  if (/\*\/\*|json/.test(accept)) return;
  throw new KarapaceError(406, 406, 'HTTP 406 Not Acceptable');
}

/** Returns the format of a produce request; requests without one of them are binary. */
function formatOf(type: string): Format {
  const [, format = 'binary'] = /^application\/vnd\.kafka\.(\w+)\.v2\+json/.exec(type) ?? [];
  if (format === 'binary' || format === 'json') return format;
  throw new KarapaceError(415, 415, 'HTTP 415 Unsupported Media Type');
}

function partitionOf({ partitions }: BackendTopic, idText: string): BackendPartition {
  const found = partitions.find(({ id }) => String(id) === idText);
  if (found) return found;
  throw new KarapaceError(404, 40402, `Partition ${idText} not found`);
}

function partitionJson({ id, leader, replicas, isr }: BackendPartition): object {
  return {
    leader: leader ?? -1,
    partition: id,
    replicas: replicas.map((broker) => ({
      broker,
      in_sync: leader !== null && isr.includes(broker),
      leader: broker === leader,
    })),
  };
}
