import { EventEmitter, once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import https from 'node:https';
import type { IncomingMessage, ServerResponse } from 'node:http';
import net, { type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TLSSocket } from 'node:tls';
import type { EmulatorInfo } from '../../../src/emulator/server';
import { authorities, type Certificates, makeCertificates } from './certificates';
import { clientCertificates } from './clientCertificates';
import { ProxiedExchange } from './exchange';
import {
  type Certificate,
  type Connection,
  type Plan,
  type Target,
  type WholeResponse,
} from './fault';
import { kindOf } from './requestKind';
import { Upstream } from './upstream';

/** A target that arrived, and the fault applied to it. */
export interface Seen {
  readonly target: Target;
  /** The name of the fault. */
  readonly fault: string | undefined;
}

/** A proxy between a client and an emulator, in front of its REST proxy and its Entra ID. */
export interface FaultProxy {
  /**
   * The facts that a client needs: the emulator's, with the addresses and the CA of the fault
   * proxy.
   */
  readonly info: EmulatorInfo;
  /** Decides the faults; can be changed at any time. At first there are none. */
  plan: Plan;
  /** Connections and requests, in the order in which they arrived. */
  readonly seen: readonly Seen[];
  /** Every bearer token that was sent or issued. */
  readonly tokens: ReadonlySet<string>;
  /** The number of bytes written to clients, as sent over the network. */
  readonly bytesWritten: number;
  /** The number of open connections. */
  readonly connections: number;
  /** Resolves as soon as the condition holds. Checks it at once and after each event. */
  until(condition: () => boolean): Promise<void>;
  /** Refuses new connections and ends the existing ones, until `listen`. */
  refuse(): Promise<void>;
  /** Accepts connections again, at the same address. */
  listen(): Promise<void>;
  close(): Promise<void>;
}

interface FaultProxyOptions {
  readonly plan?: Plan;
  /** Made for this proxy unless given; several proxies can share them. */
  readonly certificates?: Certificates;
}

/**
 * Starts a fault proxy on 127.0.0.1 for an emulator that speaks HTTPS, with or without Entra ID.
 */
export async function startFaultProxy(
  { info }: { readonly info: EmulatorInfo },
  { plan = () => undefined, certificates = makeCertificates() }: FaultProxyOptions = {},
): Promise<FaultProxy> {
  if (info.caFile === null) throw new Error('the emulator must speak HTTPS');
  const ca = readFileSync(info.caFile, 'utf8');
  const folder = mkdtempSync(join(tmpdir(), 'faults-'));
  const caFile = join(folder, 'ca.pem');
  writeFileSync(caFile, authorities(certificates));

  const state = new State(plan);
  const clients = clientCertificates(info);
  const upstream = new Upstream(new URL(info.endpoint).origin, ca, clients);
  const proxy = new Front('proxy', upstream, certificates, state, clients.size > 0);
  const entra =
    info.authority === null
      ? undefined
      : new Front(
          'entra',
          new Upstream(new URL(info.authority).origin, ca, new Map()),
          certificates,
          state,
        );
  const fronts = entra ? [proxy, entra] : [proxy];
  await Promise.all(fronts.map((front) => front.listen()));

  return {
    info: {
      ...info,
      // With the path at which the API begins.
      endpoint: proxy.origin + info.endpoint.slice(new URL(info.endpoint).origin.length),
      authority: entra ? `${entra.origin}/${info.tenantId ?? ''}` : null,
      caFile,
    },
    get plan() {
      return state.plan;
    },
    set plan(changed) {
      state.plan = changed;
    },
    seen: state.seen,
    tokens: state.tokens,
    get bytesWritten() {
      return fronts.reduce((sum, front) => sum + front.bytesWritten, 0);
    },
    get connections() {
      return fronts.reduce((sum, front) => sum + front.connections, 0);
    },
    until: async (condition) => {
      while (!condition()) await once(state.events, 'event');
    },
    refuse: async () => {
      await Promise.all(fronts.map((front) => front.refuse()));
    },
    listen: async () => {
      await Promise.all(fronts.map((front) => front.listen()));
    },
    close: async () => {
      await Promise.all(fronts.map((front) => front.close()));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The state that the two fronts share. */
class State {
  readonly seen: Seen[] = [];
  readonly tokens = new Set<string>();
  readonly events = new EventEmitter();
  readonly #counts = new Map<string, number>();

  constructor(public plan: Plan) {
    this.events.setMaxListeners(0);
  }

  /** Counts a target, and asks the plan for its fault. */
  meet(found: Omit<Target, 'count'>): { target: Target; fault: ReturnType<Plan> } {
    const name = `${found.server} ${found.kind}`;
    const count = (this.#counts.get(name) ?? 0) + 1;
    this.#counts.set(name, count);
    const target = { ...found, count };
    const fault = this.plan(target);
    this.seen.push({ target, fault: fault?.name });
    this.events.emit('event');
    return { target, fault };
  }
}

/** One of the two addresses. Handles TCP first, then TLS and HTTP. */
class Front {
  /** One server for each certificate. They do not listen; connections are handed to them. */
  readonly #servers = new Map<Certificate, https.Server>();
  readonly #listener: net.Server;
  /** The TCP connections by the port of the client. */
  readonly #sockets = new Map<number, Socket>();
  #port = 0;
  #written = 0;

  constructor(
    private readonly server: Target['server'],
    private readonly upstream: Upstream,
    private readonly certificates: Certificates,
    private readonly state: State,
    private readonly asksForCertificate = false,
  ) {
    this.#listener = net.createServer((socket) => {
      this.#connection(socket);
    });
  }

  get origin(): string {
    return `https://127.0.0.1:${this.#port}`;
  }

  get connections(): number {
    return this.#sockets.size;
  }

  get bytesWritten(): number {
    const open = [...this.#sockets.values()].reduce((sum, each) => sum + each.bytesWritten, 0);
    return this.#written + open;
  }

  async listen(): Promise<void> {
    this.#listener.listen(this.#port, '127.0.0.1');
    await once(this.#listener, 'listening');
    const address = this.#listener.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    this.#port = address.port;
  }

  async refuse(): Promise<void> {
    const closed = new Promise((resolve) => this.#listener.close(resolve));
    for (const socket of this.#sockets.values()) socket.destroy();
    await closed;
  }

  async close(): Promise<void> {
    await this.refuse();
    this.upstream.close();
  }

  #connection(socket: Socket): void {
    const port = socket.remotePort ?? 0;
    this.#sockets.set(port, socket);
    socket.on('error', () => undefined);
    socket.on('close', () => {
      this.#forget(port);
    });
    const connection: Connection = {
      socket,
      serve: (certificate: Certificate) => {
        this.#serverWith(certificate).emit('connection', socket);
      },
    };
    const found = { server: this.server, kind: 'connection', method: '', path: '' } as const;
    const { fault } = this.state.meet(found);
    if (fault && 'connect' in fault) fault.connect(connection);
    else connection.serve('trusted');
  }

  #forget(port: number): void {
    this.#written += this.#sockets.get(port)?.bytesWritten ?? 0;
    this.#sockets.delete(port);
    this.state.events.emit('event');
  }

  #serverWith(certificate: Certificate): https.Server {
    const known = this.#servers.get(certificate);
    if (known) return known;
    const { cert, key } = this.certificates[certificate];
    // The emulator checks the certificate, with which the request is passed on.
    const asking = this.asksForCertificate && { requestCert: true, rejectUnauthorized: false };
    const server = https.createServer({ cert, key, ...asking }, (request, response) => {
      this.#request(request, response).catch(() => request.socket.destroy());
    });
    server.keepAliveTimeout = 120_000;
    server.on('tlsClientError', (_, socket) => socket.destroy());
    this.#servers.set(certificate, server);
    return server;
  }

  async #request(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', url: path = '', headers, socket } = request;
    const raw = this.#sockets.get(socket.remotePort ?? 0);
    if (!raw) return;
    const token = /^Bearer (\S+)$/.exec(headers.authorization ?? '')?.[1];
    if (token !== undefined) this.state.tokens.add(token);
    const kind = kindOf(method, path);
    const { target, fault } = this.state.meet({ server: this.server, kind, method, path });
    const exchange = new ProxiedExchange(target, request, response, raw, (body) =>
      this.#forward({ method, path, headers }, body, socket),
    );
    if (fault && 'act' in fault) await fault.act(exchange);
    else await exchange.send(await exchange.forward());
  }

  async #forward(
    request: Parameters<Upstream['send']>[0],
    body: Buffer,
    socket: Socket,
  ): Promise<WholeResponse> {
    if (!(socket instanceof TLSSocket)) throw new Error('not encrypted');
    const response = await this.upstream.send(request, body, socket);
    if (this.server === 'proxy') return response;
    // The addresses in Entra ID's documents must lead back to this proxy.
    const text = response.body.toString().replaceAll(this.upstream.origin, this.origin);
    const token = /"access_token":"([^"]+)"/.exec(text)?.[1];
    if (token !== undefined) this.state.tokens.add(token);
    return { ...response, body: Buffer.from(text) };
  }
}
