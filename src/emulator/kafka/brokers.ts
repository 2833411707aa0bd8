import type { Broker } from '../../core/kafka';
import { KafkaFailure } from '../backend';
import type { Api } from './api/api';
import { findCoordinator, type Metadata, metadata } from './api/metadata';
import { Connection } from './connection';
import type { KafkaOptions } from './options';
import { signIn } from './signIn';

/** How long a broker may take to respond, besides what a request itself asks for. */
const RESPONSE_MS = 15_000;

/** How many requests may be under way on one broker without waiting for each other. */
const MAX_CONNECTIONS = 8;

/** A part of the time for which a broker accepts a sign-in, after which it is renewed. */
const USED_LIFETIME = 0.8;

/** The connections to one broker, which are opened as they are needed. */
class BrokerConnections {
  #open: { readonly connection: Connection; readonly until: number }[] = [];
  #opening = 0;

  constructor(
    private readonly address: string,
    private readonly options: KafkaOptions,
  ) {}

  async call<Q, R>(api: Api<Q, R>, request: Q, timeoutMs: number): Promise<R> {
    const idle = this.#usable().find(({ pending }) => pending === 0);
    const connection = idle ?? (await this.#another());
    return connection.call(api, request, timeoutMs);
  }

  close(): void {
    for (const { connection } of this.#open) connection.close();
    this.#open = [];
  }

  /** Drops the connections that broke or whose sign-in ends, and returns the others. */
  #usable(): Connection[] {
    this.#open = this.#open.filter(({ connection, until }) => {
      if (connection.isOpen && Date.now() < until) return true;
      if (connection.pending === 0) connection.close();
      return connection.pending > 0;
    });
    return this.#open.filter(({ until }) => Date.now() < until).map(({ connection }) => connection);
  }

  /** Returns a new connection, or the least busy one if there are enough. */
  async #another(): Promise<Connection> {
    const [first, ...others] = this.#usable();
    if (first && others.length + 1 + this.#opening >= MAX_CONNECTIONS) {
      return others.reduce((least, each) => (each.pending < least.pending ? each : least), first);
    }
    this.#opening += 1;
    try {
      const connection = await Connection.open(this.address, this.options);
      const { sasl } = this.options;
      const lifetime = sasl ? await this.#signIn(connection, sasl) : Infinity;
      this.#open.push({ connection, until: Date.now() + USED_LIFETIME * lifetime });
      return connection;
    } finally {
      this.#opening -= 1;
    }
  }

  async #signIn(connection: Connection, sasl: NonNullable<KafkaOptions['sasl']>): Promise<number> {
    try {
      return await signIn(connection, sasl);
    } catch (error) {
      connection.close();
      const isLost = error instanceof KafkaFailure && error.kind === 'NETWORK_EXCEPTION';
      throw isLost ? new KafkaFailure('BROKER_NOT_AVAILABLE', error.message) : error;
    }
  }
}

/** The brokers of a cluster. Finds them, and the one that a request must go to. */
export class Brokers {
  readonly #connections = new Map<string, BrokerConnections>();
  #known: readonly Broker[] = [];
  #controller = -1;

  constructor(private readonly options: KafkaOptions) {}

  /** The brokers, as the cluster itself names them. */
  async list(): Promise<readonly Broker[]> {
    return (await this.metadata([])).brokers;
  }

  /** Returns the metadata of some topics, or of all. */
  async metadata(topics: readonly string[] | null): Promise<Metadata> {
    const found = await this.callAny(metadata, topics);
    this.#known = found.brokers;
    this.#controller = found.controller;
    return found;
  }

  /**
   * Sends a request that changes nothing to any broker that responds. Rejects as the last broker
   * does.
   */
  async callAny<Q, R>(api: Api<Q, R>, request: Q): Promise<R> {
    let failure: unknown;
    const addresses = [...this.#known.map(addressOf), ...this.options.brokers];
    for (const address of new Set(addresses)) {
      try {
        return await this.#at(address).call(api, request, RESPONSE_MS);
      } catch (error) {
        if (!isUnreachable(error)) throw error;
        failure = error;
      }
    }
    throw failure;
  }

  /** Sends a request to the broker of that id. */
  async call<Q, R>(id: number, api: Api<Q, R>, request: Q, waitMs = 0): Promise<R> {
    const broker = this.#broker(id) ?? (await this.#refreshed(id));
    return this.#at(addressOf(broker)).call(api, request, RESPONSE_MS + waitMs);
  }

  /** Sends a request that only the controller carries out. */
  async callController<Q, R>(api: Api<Q, R>, request: Q): Promise<R> {
    await this.metadata([]);
    try {
      return await this.call(this.#controller, api, request);
    } catch (error) {
      if (!(error instanceof KafkaFailure) || error.kind !== 'NOT_CONTROLLER') throw error;
      // It refused, so nothing was done.
      await this.metadata([]);
      return this.call(this.#controller, api, request);
    }
  }

  /** Sends a request to the broker that coordinates a consumer group. */
  async callCoordinator<Q, R>(group: string, api: Api<Q, R>, request: Q): Promise<R> {
    return this.call(await this.coordinator(group), api, request);
  }

  /** Returns the id of the broker that coordinates a consumer group. */
  coordinator(group: string): Promise<number> {
    return this.callAny(findCoordinator, group);
  }

  close(): void {
    for (const connections of this.#connections.values()) connections.close();
    this.#connections.clear();
  }

  #broker(id: number): Broker | undefined {
    return this.#known.find((each) => each.id === id);
  }

  async #refreshed(id: number): Promise<Broker> {
    await this.metadata([]);
    const broker = this.#broker(id);
    if (broker) return broker;
    throw new KafkaFailure('BROKER_NOT_AVAILABLE', `The cluster has no broker ${id} now.`);
  }

  #at(address: string): BrokerConnections {
    const known = this.#connections.get(address);
    if (known) return known;
    const connections = new BrokerConnections(address, this.options);
    this.#connections.set(address, connections);
    return connections;
  }
}

function addressOf({ host = '', port = 0 }: Broker): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}

/** Whether a broker gave no response, so that another one may be asked. */
function isUnreachable(error: unknown): boolean {
  return (
    error instanceof KafkaFailure &&
    (['BROKER_NOT_AVAILABLE', 'NETWORK_EXCEPTION', 'REQUEST_TIMED_OUT'] as const).some(
      (kind) => kind === error.kind,
    )
  );
}
