import { randomUUID } from 'node:crypto';
import { availableParallelism } from 'node:os';
import type { Backend } from '../../backend';
import { type Call, type CallResponse, HttpError } from '../../http';
import { elements, members } from '../../rawJson';
import type { Route } from '../../routes';
import {
  type ConsumerInstance,
  type OffsetReset,
  PositionError,
  type TopicPartition,
  UnassignedError,
} from '../v2/consumerInstance';
import { ConsumerInstances } from '../v2/consumerInstances';
import { bodyOf } from './bodies';
import { empty, never, V2_JSON, v2, v2Text, ValidationError } from './bridgeError';
import { polledJson } from './pollJson';
import { type Format, formats } from './produce';
import type { Schema } from './schema';
import { schemas } from './schemas';
import type { BridgeVersion } from './versions';

/** Kafka's defaults for a consumer. */
const POLL_LIMITS = { maxRecords: 500, maxPartitionBytes: 1024 * 1024 };
const DEFAULT_WAIT_MS = 100;

/** The parameters of a poll. */
interface PollParameters {
  waitMs: number;
  maxBytes: number;
}

/** The consumer instances of the bridge and their routes. */
export class Consumers {
  readonly instances: ConsumerInstances;
  readonly routes: readonly Route[];
  readonly #parameters = new WeakMap<ConsumerInstance, PollParameters>();
  readonly #workers: <T>(task: () => Promise<T>) => Promise<T>;

  constructor(
    backend: Backend,
    private readonly bridge: BridgeVersion,
  ) {
    this.instances = new ConsumerInstances(backend);
    const threads = bridge.hasWorkers ? Math.max(4, 2 * availableParallelism()) : Infinity;
    this.#workers = limited(threads);
    const one = '/consumers/([^/]+)/instances/([^/]+)';
    const at = (rest: string): RegExp => new RegExp(`^${one}${rest}$`);
    this.routes = [
      {
        method: 'POST',
        path: /^\/consumers\/([^/]+)$/,
        handle: ([group = ''], call) => this.#create(group, call),
      },
      {
        method: 'DELETE',
        path: at(''),
        handle: async ([group = '', name = '']) => {
          if (await this.instances.remove(group, name)) return empty(204);
          throw notFound();
        },
      },
      this.#post(at('/assignments'), schemas.partitions, (instance, body) => {
        instance.assign(placesOf(body, 'partitions'));
      }),
      this.#post(at('/positions'), schemas.offsets, async (instance, body) => {
        for (const { offset, ...place } of placesOf(body, 'offsets')) {
          checkAssigned(instance, place);
          if (offset < 0n) throw new HttpError(500, 'seek offset must not be a negative number');
          await instance.seek(place, offset);
        }
      }),
      ...(['beginning', 'end'] as const).map((end) =>
        this.#post(at(`/positions/${end}`), schemas.partitions, async (instance, body) => {
          for (const { topic, partition } of placesOf(body, 'partitions')) {
            const place = { topic, partition };
            checkAssigned(instance, place);
            await instance.seek(place, end);
          }
        }),
      ),
      // The emulator's cluster keeps no offsets of groups.
      this.#post(at('/offsets'), schemas.offsets, () => undefined),
      {
        method: 'GET',
        path: at('/subscription'),
        handle: ([group = '', name = '']) => v2(subscriptionOf(this.#find(group, name).assigned)),
      },
      {
        method: 'GET',
        path: at('/records'),
        handle: ([group = '', name = ''], call) => this.#poll(this.#find(group, name), call),
      },
    ];
  }

  #post(
    path: RegExp,
    schema: Schema,
    act: (instance: ConsumerInstance, body: string) => void | Promise<void>,
  ): Route {
    return {
      method: 'POST',
      path,
      handle: async ([group = '', name = ''], call) => {
        const body = await bodyOf(call, [V2_JSON], schema, this.bridge);
        const instance = this.#find(group, name);
        await instance.alone(async () => act(instance, body));
        return empty(204);
      },
    };
  }

  #find(group: string, name: string): ConsumerInstance {
    const found = this.instances.find(group, name);
    if (found) return found;
    throw notFound();
  }

  async #create(group: string, call: Call): Promise<CallResponse> {
    const body = await bodyOf(call, [V2_JSON], schemas.createInstance, this.bridge);
    const settings = members(body) ?? new Map<string, string>();
    const text = (name: string, fallback: string): string => {
      const json = settings.get(name);
      return json === undefined ? fallback : String(JSON.parse(json));
    };
    const format = text('format', 'binary');
    if (!isFormat(format)) throw new HttpError(422, 'Invalid format type.');
    const name = text('name', `bridge-${randomUUID()}`);
    if (this.instances.find(group, name)) {
      throw new HttpError(
        409,
        'A consumer instance with the specified name already exists in the Kafka Bridge.',
      );
    }
    const reset = resetOf(text('auto.offset.reset', 'latest'));
    const isolation =
      text('isolation.level', '') === 'read_committed' ? 'read_committed' : 'read_uncommitted';
    this.instances.create(group, name, { format, reset, isolation });
    return v2({ instance_id: name, base_uri: baseUri(call, group, name) });
  }

  async #poll(instance: ConsumerInstance, call: Call): Promise<CallResponse> {
    const { format } = instance.settings;
    if (!isFormat(format) || call.headers['accept'] !== `application/vnd.kafka.${format}.v2+json`) {
      throw new HttpError(
        406,
        'Consumer format does not match the embedded format requested by the Accept header.',
      );
    }
    const { waitMs, maxBytes } = this.#parametersOf(instance, call);
    const records = await instance.alone(async () =>
      this.#workers(async () => {
        if (waitMs < 0) {
          throw new HttpError(
            500,
            `java.lang.IllegalArgumentException: Invalid negative timeout ${waitMs}`,
          );
        }
        try {
          return await instance.poll(waitMs, POLL_LIMITS, call.gone);
        } catch (error) {
          throw pollError(error);
        }
      }),
    );
    const isNull = records.some(({ headers = [] }) => headers.some(({ value }) => value === null));
    if (isNull && this.bridge.hangsAtNullHeaders) return never();
    const body = `[${records.map((each) => polledJson(each, format, this.bridge)).join(',')}]`;
    if (Buffer.byteLength(body) > maxBytes) {
      throw new HttpError(
        422,
        'Response exceeds the maximum number of bytes the consumer can receive',
      );
    }
    return v2Text(body, 200, `application/vnd.kafka.${format}.v2+json`);
  }

  #parametersOf(instance: ConsumerInstance, { query }: Call): PollParameters {
    const last = this.bridge.keepsPollParameters ? this.#parameters.get(instance) : undefined;
    const number = (name: string, fallback: number): number => {
      const text = query.get(name);
      if (text === null) return fallback;
      if (/^-?\d+$/.test(text)) return Number(text);
      throw new ValidationError('Schema validation error', [
        'Instance type string is invalid. Expected integer',
      ]);
    };
    const parameters = {
      waitMs: number('timeout', last?.waitMs ?? DEFAULT_WAIT_MS),
      maxBytes: number('max_bytes', last?.maxBytes ?? Infinity),
    };
    this.#parameters.set(instance, parameters);
    return parameters;
  }
}

function notFound(): HttpError {
  return new HttpError(404, 'The specified consumer instance was not found.');
}

function checkAssigned(instance: ConsumerInstance, place: TopicPartition): void {
  if (instance.isAssigned(place)) return;
  const name = `${place.topic}-${place.partition}`;
  throw new HttpError(404, `No current assignment for partition ${name}`);
}

function pollError(error: unknown): unknown {
  if (error instanceof UnassignedError) {
    return new HttpError(
      500,
      'Consumer is not subscribed to any topics or assigned any partitions',
    );
  }
  if (!(error instanceof PositionError)) return error;
  const { at, offset } = error;
  const name = `${at.topic}-${at.partition}`;
  const errors = 'org.apache.kafka.clients.consumer';
  if (offset === undefined) {
    return new HttpError(
      500,
      `${errors}.NoOffsetForPartitionException: Undefined offset with no reset policy for partitions: [${name}]`,
    );
  }
  return new HttpError(
    500,
    `${errors}.OffsetOutOfRangeException: Fetch position FetchPosition{offset=${offset.toString()}, ` +
      'offsetEpoch=Optional.empty, currentLeader=LeaderAndEpoch{leader=Optional[127.0.0.1:19092 ' +
      `(id: 1 rack: null isFenced: false)], epoch=2}} is out of range for partition ${name}`,
  );
}

function resetOf(text: string): OffsetReset {
  if (text === 'earliest' || text === 'latest' || text === 'none') return text;
  const byDurationMs = durationMs(/^by_duration:(.*)$/.exec(text)?.[1] ?? '');
  if (byDurationMs !== undefined) return { byDurationMs };
  throw new HttpError(
    422,
    `Invalid value ${text} for configuration auto.offset.reset: Invalid value \`${text}\` for ` +
      "configuration auto.offset.reset. The value must be either 'earliest', 'latest', 'none' or " +
      "of the format 'by_duration:<PnDTnHnMn.nS.>'.",
  );
}

/** Returns an ISO 8601 duration of days, hours, minutes and seconds in milliseconds. */
function durationMs(text: string): number | undefined {
  const parts =
    /^P(?=.)(?:(\d+)D)?(?:T(?=.)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d{1,9})?)S)?)?$/.exec(text);
  if (!parts) return undefined;
  const [days = 0, hours = 0, minutes = 0, seconds = 0] = parts
    .slice(1)
    .map((part) => Number(part ?? 0));
  return (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000;
}

function placesOf(
  body: string,
  list: 'offsets' | 'partitions',
): (TopicPartition & { readonly offset: bigint })[] {
  return (elements(members(body)?.get(list) ?? '[]') ?? []).map((json) => {
    const place = members(json) ?? new Map<string, string>();
    return {
      topic: String(JSON.parse(place.get('topic') ?? '""')),
      partition: Number(place.get('partition') ?? 0),
      offset: BigInt(place.get('offset') ?? 0),
    };
  });
}

function subscriptionOf(assigned: readonly TopicPartition[]): object {
  const topics = [...new Set(assigned.map(({ topic }) => topic))];
  const partitions = topics.map((topic) => ({
    [topic]: assigned.filter((at) => at.topic === topic).map(({ partition }) => partition),
  }));
  return { topics, partitions };
}

/** Returns the address of an instance, as the bridge derives it from the headers of the request. */
function baseUri({ headers, isSecure }: Call, group: string, name: string): string {
  const forwarded = /host=([^;,]+)(?:.*?proto=([^;,]+))?/i.exec(headers['forwarded'] ?? '') ?? [];
  const host = forwarded[1] ?? headers['x-forwarded-host'] ?? headers['host'] ?? '';
  const proto = forwarded[2] ?? headers['x-forwarded-proto'] ?? (isSecure ? 'https' : 'http');
  const port = /:\d+$/.test(host) ? '' : `:${proto === 'https' ? 443 : 80}`;
  const path = headers['x-forwarded-path'] ?? `/consumers/${group}`;
  return `${proto}://${host}${port}${path}/instances/${name}`;
}

function isFormat(text: string): text is Format {
  return formats.some((each) => each === text);
}

/** Returns a function that runs at most `limit` tasks at once. */
function limited(limit: number): <T>(task: () => Promise<T>) => Promise<T> {
  let free = limit;
  const waiting: (() => void)[] = [];
  return async (task) => {
    if (free > 0) free -= 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await task();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else free += 1;
    }
  };
}
