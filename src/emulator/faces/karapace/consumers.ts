import { randomUUID } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { setTimeout } from 'node:timers/promises';
import type { Payload } from '../../../core/kafka';
import type { Backend } from '../../backend';
import type { Call, CallResponse } from '../../http';
import { members } from '../../rawJson';
import type { Route } from '../../routes';
import {
  type ConsumerInstance,
  type PolledRecord,
  type TopicPartition,
  UnassignedError,
} from '../v2/consumerInstance';
import { ConsumerInstances } from '../v2/consumerInstances';
import { placesOf } from '../v2/places';
import { limited } from '../v2/workers';
import { bodyOf, empty, jsonText, KarapaceError } from './responses';

/** The faults of the real proxy, which a test can switch. */
export interface KarapaceFaults {
  /** Whether a poll loses the records that did not fit into its response; default: true. */
  readonly losesRecords?: boolean;
  /** Whether the first seek after an assignment comes too early; default: sometimes, as observed. */
  readonly seekRaces?: 'always' | 'sometimes' | 'never';
}

/** Of the seeks that follow an assignment at once, about one in so many came too early. */
const RACE_EVERY = 4;
const FORMATS: readonly string[] = ['binary', 'json', 'avro', 'jsonschema', 'protobuf'];
/** The proxy's own default, `consumer_request_max_bytes`. */
const MAX_BYTES = 64 * 1024 * 1024;
/** A poll takes so many messages from Kafka at least, and one more for each KiB of `max_bytes`. */
const MIN_MESSAGES = 1000;
const MAX_OFFSET = 2n ** 63n - 1n;

/** The consumer instances of the proxy and their routes. */
export class Consumers {
  readonly routes: readonly Route[];
  /** The proxy keeps clients, and with them instances, by the credentials of the request. */
  readonly #byUser = new Map<string, ConsumerInstances>();
  /** The instances whose next seek comes too early. */
  readonly #early = new WeakSet<ConsumerInstance>();
  /** Polls wait for one of the threads that Python's own pool has. */
  readonly #workers = limited(availableParallelism() + 4);
  #assigned = 0;

  constructor(
    private readonly backend: Backend,
    private readonly faults: KarapaceFaults,
  ) {
    const at = (rest: string): RegExp =>
      new RegExp(`^/consumers/([^/]+)/instances/([^/]+)${rest}$`);
    this.routes = [
      {
        method: 'POST',
        path: /^\/consumers\/([^/]+)$/,
        handle: ([group = ''], call) => this.#create(group, call),
      },
      {
        method: 'DELETE',
        path: at(''),
        handle: async ([group = '', name = ''], call) => {
          this.#find(group, name, call);
          await this.#of(call).remove(group, name);
          return empty();
        },
      },
      {
        method: 'GET',
        path: at('/assignments'),
        handle: ([group = '', name = ''], call) => {
          const { assigned } = this.#find(group, name, call);
          const partitions = assigned.map(({ topic, partition }) => ({ partition, topic }));
          return jsonText(JSON.stringify({ partitions }));
        },
      },
      this.#post(at('/assignments'), (instance, body) => {
        instance.assign(placesOf(body, 'partitions'));
        this.#assigned += 1;
        const { seekRaces = 'sometimes' } = this.faults;
        const isEarly = seekRaces === 'always' || this.#assigned % RACE_EVERY === 0;
        if (isEarly && seekRaces !== 'never') this.#early.add(instance);
      }),
      this.#post(at('/positions'), async (instance, body) => {
        for (const { offset, ...place } of placesOf(body, 'offsets')) {
          if (offset > MAX_OFFSET) {
            throw new KarapaceError(500, 500, 'Internal server error', 'application/json');
          }
          if (offset < 0n) throw new KarapaceError(500, 50001, 'offset must be a positive number');
          this.#checkAssigned(instance, place, offset);
          await instance.seek(place, offset);
        }
      }),
      ...(['beginning', 'end'] as const).map((end) =>
        this.#post(at(`/positions/${end}`), async (instance, body) => {
          for (const { topic, partition } of placesOf(body, 'partitions')) {
            this.#checkAssigned(instance, { topic, partition }, 0n);
            await instance.seek({ topic, partition }, end);
          }
        }),
      ),
      {
        method: 'GET',
        path: at('/records'),
        handle: async ([group = '', name = ''], call) =>
          this.#poll(this.#find(group, name, call), call),
      },
    ];
  }

  /** The instances that there are, each as `group/name`. */
  get names(): readonly string[] {
    return [...this.#byUser.values()].flatMap(({ names }) => names);
  }

  #of({ authorization = '' }: Call): ConsumerInstances {
    const found = this.#byUser.get(authorization) ?? new ConsumerInstances(this.backend);
    this.#byUser.set(authorization, found);
    return found;
  }

  #find(group: string, name: string, call: Call): ConsumerInstance {
    const instances = this.#of(call);
    const found = instances.find(group, name);
    if (found) return found;
    const pair = (id: string): string => `('${id.replace('/', "', '")}')`;
    const others = instances.names.map(pair).join(', ');
    const message = `Consumer for ${pair(`${group}/${name}`)} not found among [${others}]`;
    throw new KarapaceError(404, 40403, message);
  }

  #post(
    path: RegExp,
    act: (instance: ConsumerInstance, body: string) => void | Promise<void>,
  ): Route {
    return {
      method: 'POST',
      path,
      handle: async ([group = '', name = ''], call) => {
        const body = await bodyOf(call);
        const instance = this.#find(group, name, call);
        await instance.alone(async () => act(instance, body));
        return empty();
      },
    };
  }

  async #create(group: string, call: Call): Promise<CallResponse> {
    const asked = members(await bodyOf(call)) ?? new Map<string, string>();
    const text = (member: string): string | undefined => {
      const json = asked.get(member);
      return json === undefined ? undefined : String(JSON.parse(json));
    };
    const name = text('name') ?? randomUUID();
    const format = text('format') ?? 'binary';
    if (!FORMATS.includes(format)) throw new KarapaceError(422, 42204, 'Invalid format type');
    const reset = text('auto.offset.reset') === 'latest' ? 'latest' : 'earliest';
    const settings = { format, reset, isolation: 'read_committed' } as const;
    if (!this.#of(call).create(group, name, settings)) {
      throw new KarapaceError(409, 40902, `Consumer ${name} already exists`);
    }
    const uri = `consumers/${group}/instances/${name}`;
    return jsonText(JSON.stringify({ base_uri: uri, instance_id: name }));
  }

  #checkAssigned(instance: ConsumerInstance, place: TopicPartition, offset: bigint): void {
    const isEarly = this.#early.delete(instance);
    if (instance.isAssigned(place) && !isEarly) return;
    const { topic, partition } = place;
    const what = `topic=${topic},partition=${partition},offset=${offset.toString()}`;
    const all = `TopicPartition{${what},leader_epoch=None,error=None}`;
    throw new KarapaceError(409, 40903, `Partition ${all} is unassigned`);
  }

  async #poll(instance: ConsumerInstance, call: Call): Promise<CallResponse> {
    const { format } = instance.settings;
    const accept = call.headers['accept'] ?? '';
    const [, wanted] = /application\/vnd\.kafka\.(\w+)\.v2\+json/.exec(accept) ?? [];
    if (wanted !== format) {
      const message = `Consumer format ${format} does not match the embedded format ${wanted ?? 'None'}`;
      throw new KarapaceError(406, 40601, message);
    }
    const waitMs = numberIn(call, 'timeout', 11_000);
    const maxBytes = numberIn(call, 'max_bytes', MAX_BYTES);
    if (waitMs === 0 || maxBytes === 0) return jsonText('[]');
    const records = await instance.alone(() =>
      this.#workers(() => this.#taken(instance, waitMs, maxBytes, call.gone)),
    );
    return jsonText(`[${records.map((each) => recordJson(each, format)).join(',')}]`);
  }

  /** Returns the next records, up to `maxBytes`. Loses further records that Kafka has sent. */
  async #taken(
    instance: ConsumerInstance,
    waitMs: number,
    maxBytes: number,
    gone: AbortSignal,
  ): Promise<readonly PolledRecord[]> {
    const maxRecords = Math.max(MIN_MESSAGES, Math.floor(maxBytes / 1024));
    const limits = { maxRecords, maxPartitionBytes: MAX_BYTES };
    const polled = await instance.poll(waitMs, limits, gone).catch(async (error: unknown) => {
      if (!(error instanceof UnassignedError)) throw error;
      await setTimeout(waitMs, undefined, { ref: false });
      return [];
    });
    let bytes = 0;
    const fitting = polled.findIndex(({ key, value }) => {
      bytes += lengthOf(key) + lengthOf(value);
      return bytes >= maxBytes;
    });
    if (fitting < 0) return polled;
    const lost = polled[fitting + 1];
    const { losesRecords = true } = this.faults;
    if (lost && !losesRecords) await instance.seek(lost, lost.offset);
    return polled.slice(0, fitting + 1);
  }
}

function numberIn({ query }: Call, name: string, fallback: number): number {
  const text = query.get(name);
  if (text === null) return fallback;
  if (!/^-?\d+$/.test(text)) {
    const given = [...query].map(([key, value]) => `'${key}': '${value}'`).join(', ');
    throw new KarapaceError(500, 500, `Invalid request parameters: <MultiDictProxy(${given})>`);
  }
  if (Number(text) < 0) throw new KarapaceError(500, 500, `Invalid request parameter ${text}`);
  return Number(text);
}

function recordJson(record: PolledRecord, format: string): string {
  const { topic, key, value, partition, offset, timestamp = -1 } = record;
  return (
    `{"key":${payloadJson('key', key, format)},"offset":${offset.toString()},` +
    `"partition":${partition},"timestamp":${timestamp},"topic":${JSON.stringify(topic)},` +
    `"value":${payloadJson('value', value, format)}}`
  );
}

/** Returns the JSON of a key or value. An empty one is null, as nothing is. */
function payloadJson(what: string, payload: Payload | null, format: string): string {
  if (payload === null || payload.length === 0) return 'null';
  if (format === 'binary') return `"${Buffer.from(payload).toString('base64')}"`;
  const text = Buffer.from(payload).toString();
  try {
    JSON.parse(text);
    return text;
  } catch {
    const where = 'unexpected character: line 1 column 1 (char 0)';
    const message = `${what} deserialization error for format ${format}: ${where}`;
    throw new KarapaceError(422, 422, message);
  }
}

function lengthOf(payload: Payload | null): number {
  return payload === null ? 0 : Buffer.byteLength(payload);
}
