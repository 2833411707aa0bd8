import { EventEmitter, once } from 'node:events';
import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import https from 'node:https';
import net, { type Socket } from 'node:net';
import type { Certificates } from './certificates';
import { ProxiedExchange } from './exchange';
import type { Certificate, Connection, Plan, Target, WholeResponse } from './fault';
import { kindOf } from './requestKind';
import type { Upstream } from './upstream';

/** A target that arrived, and the fault applied to it. */
export interface Seen {
  readonly target: Target;
  /** The name of the fault. */
  readonly fault: string | undefined;
}

/** What the addresses of a fault proxy have in common. */
export class State {
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

/** One address of a fault proxy. Handles TCP first, then TLS, unless it is plain, and HTTP. */
export class Front {
  /** One server for each certificate. They do not listen; connections are handed to them. */
  readonly #servers = new Map<Certificate, http.Server>();
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
    this.#listener = net.createServer({ noDelay: true }, (socket) => {
      this.#connection(socket);
    });
  }

  get origin(): string {
    return `${this.upstream.isPlain ? 'http' : 'https'}://127.0.0.1:${this.#port}`;
  }

  get port(): number {
    return this.#port;
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

  #serverWith(certificate: Certificate): http.Server {
    const known = this.#servers.get(certificate);
    if (known) return known;
    const { cert, key } = this.certificates[certificate];
    // The emulator checks the certificate, with which the request is passed on.
    const asking = this.asksForCertificate && { requestCert: true, rejectUnauthorized: false };
    const handle: http.RequestListener = (request, response) => {
      this.#request(request, response).catch(() => request.socket.destroy());
    };
    const server = this.upstream.isPlain
      ? http.createServer(handle)
      : https.createServer({ cert, key, ...asking }, handle);
    server.keepAliveTimeout = 120_000;
    server.on('tlsClientError', (_, socket: Socket) => socket.destroy());
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
    const response = await this.upstream.send(request, body, socket);
    if (this.server === 'proxy') return response;
    // The addresses in the documents of the service must lead back to this proxy.
    const text = response.body.toString().replaceAll(this.upstream.origin, this.origin);
    const token = /"access_token":"([^"]+)"/.exec(text)?.[1];
    if (token !== undefined) this.state.tokens.add(token);
    return { ...response, body: Buffer.from(text) };
  }
}
