import { randomUUID } from 'node:crypto';
import { availableParallelism } from 'node:os';
import type { Backend } from '../../backend';
import { type Call, type CallResponse, HttpError } from '../../http';
import { members } from '../../rawJson';
import type { Route } from '../../routes';
import type { ConsumerInstance, TopicPartition } from '../v2/consumerInstance';
import { ConsumerInstances } from '../v2/consumerInstances';
import { placesOf } from '../v2/places';
import { bodyOf } from './bodies';
import { empty, never, pollError, V2_JSON, v2, v2Text, ValidationError } from './bridgeError';
import { baseUri, isFormat, parseInstance } from './instanceRequest';
import { polledJson } from './pollJson';
import type { Schema } from './schema';
import { schemas } from './schemas';
import type { BridgeVersion } from './versions';
import { limited } from '../v2/workers';

/** Kafka's defaults for a consumer. */
const POLL_LIMITS = { maxRecords: 500, maxPartitionBytes: 1024 * 1024 };
const DEFAULT_WAIT_MS = 100;
/** How many polls that do not wait it takes until one has records. */
const HASTY_POLLS = 4;

/** The parameters of a poll. */
interface PollParameters {
  waitMs: number;
  maxBytes: number;
}

/** The consumer instances of the bridge and their routes. */
export class Consumers {
  readonly instances: ConsumerInstances;
  readonly routes: readonly Route[];
  /** How many polls of an instance in a row did not wait. */
  readonly #hasty = new WeakMap<ConsumerInstance, number>();
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
    const asked = parseInstance(members(body) ?? new Map<string, string>());
    const { name = `bridge-${randomUUID()}`, settings } = asked;
    if (this.instances.find(group, name)) {
      throw new HttpError(
        409,
        'A consumer instance with the specified name already exists in the Kafka Bridge.',
      );
    }
    this.instances.create(group, name, settings);
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
        // A fetch takes longer than this, so that the first polls find nothing.
        if (waitMs < 2 && this.#isTooHasty(instance)) return [];
        this.#hasty.delete(instance);
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

  /** Whether a poll that does not wait comes before the fetch that the first one began has ended. */
  #isTooHasty(instance: ConsumerInstance): boolean {
    const polls = (this.#hasty.get(instance) ?? 0) + 1;
    this.#hasty.set(instance, polls);
    return polls < HASTY_POLLS;
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

function subscriptionOf(assigned: readonly TopicPartition[]): object {
  const topics = [...new Set(assigned.map(({ topic }) => topic))];
  const partitions = topics.map((topic) => ({
    [topic]: assigned.filter((at) => at.topic === topic).map(({ partition }) => partition),
  }));
  return { topics, partitions };
}
