import http from 'node:http';
import type { Socket } from 'node:net';
import type { Plan, Target, WholeResponse } from '../../../support/faults/fault';
import { ProxiedExchange } from '../../../support/faults/exchange';
import { kindOf } from '../../../support/faults/requestKind';
import { type Line, SimulatedSocket } from './socket';
import type { VirtualTime } from './time';

/** A request as it arrives at the other computer. */
export interface Arrived {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Buffer;
  /** Aborts when the client is gone. */
  readonly gone: AbortSignal;
}

export interface NetworkOptions {
  readonly time: VirtualTime;
  readonly random: () => number;
  /** How long something takes to the other end, in milliseconds: at least, and at most. */
  readonly latency: readonly [number, number];
  /** Decides the fault of each connection and each request, if any. */
  readonly plan: Plan;
  /** What the other computer does with a request. */
  readonly answer: (request: Arrived) => Promise<WholeResponse>;
  /** Takes a line about what happens. */
  readonly trace: (line: string) => void;
}

/** Where Node's agents get their connections from. */
const agents: { createConnection: unknown } = http.Agent.prototype;

/**
 * The network between the product and one other computer. Node's own HTTP, on both sides, runs over
 * connections that are in memory only, and that take their time and break as the plan says.
 */
export class Network {
  readonly #server = http.createServer();
  readonly #open = new Set<SimulatedSocket>();
  readonly #counts = new Map<string, number>();
  #connections = 0;

  constructor(private readonly options: NetworkOptions) {
    this.#server.keepAliveTimeout = 0;
    this.#server.on('request', (request, response) => {
      this.#serve(request, response).catch((error: unknown) => {
        options.trace(`the other computer fails: ${String(error)}`);
        request.socket.destroy();
      });
    });
  }

  /** The number of connections that the product keeps open. */
  get connections(): number {
    return [...this.#open].filter(({ destroyed }) => !destroyed).length;
  }

  /** Has Node connect over this network. Returns what ends that. */
  install(): () => void {
    const former = agents.createConnection;
    agents.createConnection = () => this.#connect();
    return () => {
      agents.createConnection = former;
    };
  }

  #connect(): SimulatedSocket {
    const { trace, time } = this.options;
    const number = ++this.#connections;
    const client = new SimulatedSocket(this.#line(), { allowHalfOpen: false });
    this.#open.add(client);
    client.once('close', () => this.#open.delete(client));
    const { fault } = this.#meet({ kind: 'connection', method: '', path: '' });
    trace(`connection ${number}${fault ? `: ${fault.name}` : ''}`);
    const server = new SimulatedSocket(this.#line(), { allowHalfOpen: true });
    server.on('error', () => undefined);
    SimulatedSocket.join(client, server);
    time.plan(this.#delay(), () => {
      if (fault && 'connect' in fault) {
        client.established();
        // Of a socket, these faults use what a simulated one has.
        fault.connect({ socket: server as unknown as Socket, serve: () => undefined });
        return;
      }
      this.#server.emit('connection', server);
      time.plan(this.#delay(), () => {
        client.established();
      });
    });
    return client;
  }

  async #serve(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    const { method = '', url: path = '', socket } = request;
    const { trace, time, answer } = this.options;
    response.sendDate = false;
    response.setHeader('date', new Date().toUTCString());
    const { target, fault } = this.#meet({ kind: kindOf(method, path), method, path });
    trace(`${method} ${path}${fault ? `: ${fault.name}` : ''}`);
    const raw = socket as unknown as SimulatedSocket;
    const exchange: ProxiedExchange = new ProxiedExchange(
      target,
      request,
      response,
      raw,
      async (body) => {
        await time.wait(this.#delay());
        const headers = single(request.headers);
        const answered = await answer({ method, path, headers, body, gone: exchange.gone });
        trace(`${method} ${path}: ${answered.status}, ${answered.body.length} bytes`);
        return answered;
      },
    );
    if (fault && 'act' in fault) await fault.act(exchange);
    else await exchange.send(await exchange.forward());
  }

  #meet(found: Pick<Target, 'kind' | 'method' | 'path'>) {
    const count = (this.#counts.get(found.kind) ?? 0) + 1;
    this.#counts.set(found.kind, count);
    const target: Target = { server: 'proxy', ...found, count };
    return { target, fault: this.options.plan(target) };
  }

  #delay(): number {
    const [least, most] = this.options.latency;
    return least + this.options.random() * (most - least);
  }

  /** Returns one direction of a connection. Nothing on it overtakes what was sent before. */
  #line(): Line {
    const { time } = this.options;
    let last = 0;
    return {
      travel: (arrive) => {
        last = Math.max(last, time.now + this.#delay());
        time.plan(last - time.now, arrive);
      },
      after: (ms, act) => {
        const event = time.plan(ms, act);
        return () => {
          event.cancelled = true;
        };
      },
    };
  }
}

function single(headers: http.IncomingHttpHeaders): Record<string, string | undefined> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, value?.toString()]),
  );
}
