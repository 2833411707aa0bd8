import { randomUUID } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import { wait } from '../../async/wait';
import { KafkaError } from '../../errors';
import type { HttpResponse } from '../../http/client';
import type { Offset } from '../../kafka';
import type { Leftovers } from '../dialect';
import { repeatedly } from './attempts';
import type { V2Flavour } from './flavour';
import { V2_BINARY, V2_JSON, type V2Request, type V2Wire } from './wire';

/** Begins the names of all groups and instances, so that an administrator knows whose they are. */
const PREFIX = 'kafka-rest-explorer-';
/** How long removing an instance may take, in milliseconds: a running poll delays it. */
const REMOVE_MS = 5_000;
/** How long to wait before each repeated seek, in milliseconds. */
const SEEK_WAITS_MS = [50, 100, 100, 200, 200, 400];
/**
 * The same for a call about an instance that is not found: a load balancer that keeps no client to
 * one proxy may lead to another one each time.
 */
const FIND_WAITS_MS = [50, 100, 200];
/** The end of the year 9999, in epoch milliseconds. Later times have another form. */
const MAX_TIME = Date.UTC(10_000, 0) - 1;

/** A consumer instance with one assigned partition. */
export interface Instance {
  /** Its group and its name are the same. */
  readonly name: string;
  readonly topic: string;
  readonly partition: number;
  /** The cookies by which a load balancer finds the proxy that has the instance; empty: none. */
  cookie: string;
}

/** What a poll asks for. */
export interface Poll {
  /** How long the proxy waits for the first record, in milliseconds. */
  readonly waitMs: number;
  /** How much longer the response may take, in milliseconds. */
  readonly marginMs: number;
  /** What to ask for besides, such as `max_bytes=1`. */
  readonly query?: string | undefined;
  readonly into?: Buffer | undefined;
}

/**
 * The consumer instances that a client has on a proxy. Each has a group of its own and is assigned
 * its partition, so it neither joins the group nor leaves one behind. The address that the proxy
 * gives for an instance is never used, because it may lead elsewhere.
 */
export class Instances {
  readonly #open = new Set<Instance>();
  readonly #removals = new Set<Promise<void>>();
  readonly #end = new AbortController();
  #tidied: Promise<void> | undefined;

  constructor(
    private readonly wire: V2Wire,
    private readonly leftovers?: Leftovers,
    /** How long an instance that is not needed any more stays on the server, in milliseconds. */
    private readonly lingerMs = 0,
  ) {
    // Many instances may wait to be removed, about which Node would warn.
    setMaxListeners(0, this.#end.signal);
  }

  /**
   * Creates an instance and assigns a partition to it. The proxy may not notice that the partition
   * does not exist.
   */
  async open(
    topic: string,
    partition: number,
    create: V2Flavour['create'],
    signal: AbortSignal,
  ): Promise<Instance> {
    signal.throwIfAborted();
    this.tidy();
    const instance: Instance = { name: `${PREFIX}${randomUUID()}`, topic, partition, cookie: '' };
    const { name } = instance;
    this.#open.add(instance);
    await this.leftovers?.add(name);
    try {
      const { headers } = await this.wire.request({
        method: 'POST',
        path: ['consumers', name],
        body: json({ name, format: 'binary', ...create }),
        // A repeated request finds the instance that the first one made, as nobody else uses the name.
        accept: (status) => isOk(status) || status === 409,
        idempotent: true,
        signal,
      });
      instance.cookie = cookiesOf(headers.get('set-cookie') ?? '');
    } catch (error) {
      const status = error instanceof KafkaError ? (error.status ?? 0) : 0;
      if (status >= 400 && status < 500 && status !== 408) await this.#forget(instance);
      else this.close(instance);
      throw error;
    }
    const content = { partitions: [{ topic, partition }] };
    try {
      await this.#post(instance, 'assignments', content, signal);
      return instance;
    } catch (error) {
      this.close(instance);
      throw error;
    }
  }

  /** Moves the position of an instance. Repeats the call while the assignment is not in force. */
  async seek(
    instance: Instance,
    offset: Offset,
    { isTooEarly }: Pick<V2Flavour, 'isTooEarly'>,
    signal: AbortSignal,
  ): Promise<void> {
    const { topic, partition } = instance;
    // Written by hand, because `JSON.stringify` does not take a bigint.
    const place = `{"topic":${JSON.stringify(topic)},"partition":${partition},"offset":${offset}}`;
    await repeatedly(() => this.#post(instance, 'positions', `{"offsets":[${place}]}`, signal), {
      waits: SEEK_WAITS_MS,
      mayRepeat: isTooEarly,
      signal,
    });
  }

  /**
   * Moves the position of an instance to the first record with this timestamp (epoch milliseconds)
   * or a later one. Only Confluent's REST proxy can do that.
   */
  async seekToTime(instance: Instance, time: number, signal: AbortSignal): Promise<void> {
    const { topic, partition } = instance;
    const timestamp = new Date(Math.max(0, Math.min(time, MAX_TIME))).toISOString();
    const content = { timestamps: [{ topic, partition, timestamp }] };
    await this.#post(instance, 'positions', content, signal);
  }

  /**
   * Asks for the next records, and waits up to `waitMs` for the first one. Sends the request once
   * if the proxy has the instance: if the response is lost, the position has moved past records
   * that nobody got.
   */
  async poll(
    instance: Instance,
    { waitMs, marginMs, query, into }: Poll,
    signal: AbortSignal,
  ): Promise<HttpResponse> {
    return this.#find(
      {
        method: 'GET',
        path: [...pathOf(instance), 'records'],
        cookie: instance.cookie,
        query: `?timeout=${waitMs}${query === undefined ? '' : `&${query}`}`,
        responseType: V2_BINARY,
        ...(into && { into }),
        idempotent: true,
        retries: 0,
        timeoutMs: waitMs + marginMs,
      },
      signal,
    );
  }

  /** Removes an instance from the server, in the background. */
  close(instance: Instance): void {
    if (!this.#open.delete(instance)) return;
    const removal = this.#removeLater(instance).catch(() => undefined);
    this.#removals.add(removal);
    void removal.then(() => this.#removals.delete(removal));
  }

  async #removeLater(instance: Instance): Promise<void> {
    if (this.lingerMs > 0) await wait(this.lingerMs, this.#end.signal).catch(() => undefined);
    await this.#remove(instance);
  }

  /** Drops an instance that the server has not created, or no longer has. */
  async #forget(instance: Instance): Promise<void> {
    this.#open.delete(instance);
    await this.leftovers?.remove(instance.name);
  }

  /** Removes all instances. Resolves when that is done, or has failed. */
  async dispose(): Promise<void> {
    this.#end.abort();
    for (const instance of this.#open) this.close(instance);
    await Promise.all([this.#tidied, ...this.#removals]);
  }

  /** Removes what earlier runs left on the server, in the background, once. */
  tidy(): void {
    this.#tidied ??= this.#removeLeftovers();
  }

  async #removeLeftovers(): Promise<void> {
    try {
      for (const name of (await this.leftovers?.found()) ?? []) {
        if (name.startsWith(PREFIX)) await this.#remove({ name, cookie: '' });
      }
    } catch {
      // The next start tries again.
    }
  }

  async #remove({ name, cookie }: Pick<Instance, 'name' | 'cookie'>): Promise<void> {
    try {
      await this.#find({
        method: 'DELETE',
        path: pathOf({ name }),
        cookie,
        idempotent: true,
        timeoutMs: REMOVE_MS,
      });
    } catch (error) {
      if (!isNotFound(error)) throw error;
    }
    await this.leftovers?.remove(name);
  }

  async #post(
    instance: Pick<Instance, 'name' | 'cookie'>,
    action: string,
    content: object | string,
    signal: AbortSignal,
  ): Promise<void> {
    await this.#find(
      {
        method: 'POST',
        path: [...pathOf(instance), action],
        cookie: instance.cookie,
        body: json(content),
        idempotent: true,
      },
      signal,
    );
  }

  /** Makes a call about an instance, and again while the proxy that it reaches does not have it. */
  #find(
    request: Omit<V2Request, 'signal'>,
    signal = new AbortController().signal,
  ): Promise<HttpResponse> {
    const waits = FIND_WAITS_MS;
    const call = (): Promise<HttpResponse> => this.wire.request({ ...request, signal });
    return repeatedly(call, { waits, mayRepeat: isNotFound, signal });
  }
}

function pathOf({ name }: Pick<Instance, 'name'>): readonly string[] {
  return ['consumers', name, 'instances', name];
}

function json(content: object | string): { readonly type: string; readonly content: string } {
  return {
    type: V2_JSON,
    content: typeof content === 'string' ? content : JSON.stringify(content),
  };
}

function isNotFound(error: unknown): boolean {
  return error instanceof KafkaError && error.status === 404;
}

function isOk(status: number): boolean {
  return status >= 200 && status < 300;
}

/** Returns the cookies of a response as a request sends them back. */
function cookiesOf(setCookie: string): string {
  // Several headers come as one, joined with commas, which the date in a cookie has, too.
  return setCookie
    .split(/,(?=[^;,=\s]+=|\s[^;,=\s]+=)/)
    .map((cookie) => cookie.replace(/;.*/s, '').trim())
    .filter((cookie) => cookie !== '')
    .join('; ');
}
