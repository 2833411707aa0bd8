import { EventEmitter, once } from 'node:events';
import http from 'node:http';
import https from 'node:https';
import type { Socket } from 'node:net';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SecureVersion } from 'node:tls';
import { makeServerCertificate } from '../../src/emulator/certificate';

/** A request as it arrived, with its whole body. */
export interface Arrival {
  readonly method: string;
  readonly path: string;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: string;
  /** The connection that it arrived on, counted from 1. */
  readonly connection: number;
}

/** Handles a request that has arrived. */
export type Behaviour = (response: http.ServerResponse, arrival: Arrival) => void;

export interface FaultyServer {
  readonly origin: string;
  /** Trusts the server's certificate; only with `tls`. */
  readonly caFile: string;
  readonly arrivals: readonly Arrival[];
  url(path?: string): URL;
  /**
   * Sets the behaviour for the next requests, one each; the last one applies to all that follow.
   */
  will(...behaviours: [Behaviour, ...Behaviour[]]): void;
  /** Resolves when the next request has arrived, before it is handled. */
  nextArrival(): Promise<void>;
  /** Returns the number of open connections. */
  connections(): number;
  /** Resolves when no connection is open. */
  allClosed(): Promise<void>;
  close(): Promise<void>;
}

/** Sends a complete response. */
export function answer(
  status: number,
  body: string | Buffer = '',
  headers: http.OutgoingHttpHeaders = {},
): Behaviour {
  return (response) => {
    response.writeHead(status, headers).end(body);
  };
}

/** Never responds. */
export const hang: Behaviour = () => undefined;

/** Breaks the connection without a response. */
export const reset: Behaviour = (response) => {
  breakOff(response);
};

/** Sends the beginning of a response and then breaks the connection. */
export function cutOff(status: number, beginning: string): Behaviour {
  return (response) => {
    response.writeHead(status, { 'Content-Length': beginning.length + 1000 });
    response.write(beginning, () => {
      breakOff(response);
    });
  };
}

/** Sends the beginning of a response and then nothing. */
export function stall(status: number, beginning: string): Behaviour {
  return (response) => {
    response.writeHead(status).write(beginning);
  };
}

/** Forwards the request to another server, and sends its response. */
export function forward(origin: string): Behaviour {
  return (response, { method, path, headers, body }) => {
    const options = { method, headers, agent: false };
    const request = http.request(new URL(path, origin), options, (answered) => {
      response.writeHead(answered.statusCode ?? 502, answered.headers);
      answered.pipe(response);
    });
    request.on('error', () => {
      breakOff(response);
    });
    request.end(body);
  };
}

function breakOff({ socket }: http.ServerResponse): void {
  // Node cannot reset a connection under TLS.
  if (socket && 'encrypted' in socket) socket.destroy();
  else socket?.resetAndDestroy();
}

/** Starts a server on 127.0.0.1 that handles each request as a test says. */
export async function startFaultyServer({
  tls = false,
  hosts = ['127.0.0.1'],
  clientCa,
  maxVersion = 'TLSv1.3',
}: {
  readonly tls?: boolean;
  readonly hosts?: readonly string[];
  /** The authorities (PEM) of the client certificates that the server then asks for. */
  readonly clientCa?: readonly string[];
  /** The newest version of TLS that the server speaks. */
  readonly maxVersion?: SecureVersion;
} = {}): Promise<FaultyServer> {
  const arrivals: Arrival[] = [];
  const events = new EventEmitter();
  const sockets = new Map<Socket, number>();
  let connection = 0;
  let behaviours: Behaviour[] = [answer(200)];

  const handle: http.RequestListener = (request, response) => {
    const chunks: Buffer[] = [];
    request.on('error', () => undefined);
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', url = '', headers, socket } = request;
      const body = Buffer.concat(chunks).toString();
      const arrival = { method, path: url, headers, body, connection: sockets.get(socket) ?? 0 };
      arrivals.push(arrival);
      events.emit('arrival');
      const [next = hang] = behaviours.length > 1 ? behaviours.splice(0, 1) : behaviours;
      next(response, arrival);
    });
  };

  const folder = mkdtempSync(join(tmpdir(), 'faulty-'));
  const caFile = join(folder, 'ca.pem');
  const asking = clientCa ? { requestCert: true, ca: [...clientCa] } : {};
  const server = tls
    ? https.createServer({ ...certificate(hosts, caFile), ...asking, maxVersion }, handle)
    : http.createServer(handle);
  server.on(tls ? 'secureConnection' : 'connection', (socket: Socket) => {
    sockets.set(socket, ++connection);
    socket.on('error', () => undefined);
    socket.on('close', () => {
      sockets.delete(socket);
      if (sockets.size === 0) events.emit('all-closed');
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const origin = `${tls ? 'https' : 'http'}://127.0.0.1:${address.port}`;

  return {
    origin,
    caFile,
    arrivals,
    url: (path = '/') => new URL(path, origin),
    will: (...next) => {
      behaviours = next;
    },
    nextArrival: async () => {
      await once(events, 'arrival');
    },
    connections: () => sockets.size,
    allClosed: async () => {
      if (sockets.size > 0) await once(events, 'all-closed');
    },
    close: async () => {
      for (const socket of sockets.keys()) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function certificate(hosts: readonly string[], caFile: string): https.ServerOptions {
  const { ca, cert, key } = makeServerCertificate(hosts);
  writeFileSync(caFile, ca);
  return { cert, key };
}
