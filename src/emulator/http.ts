import {
  createServer as createHttpServer,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { TLSSocket } from 'node:tls';
import { constants, createGzip } from 'node:zlib';
import type { ServerCertificate } from './certificate';

/** A request in the form that the routes use. */
export interface Call {
  readonly method: string;
  /** The path as it was sent: still encoded, without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly authorization: string | undefined;
  /** All headers, by their names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** Whether the connection is encrypted. */
  readonly isSecure: boolean;
  /** The client's certificate, if it was asked for one and sent it. */
  readonly peer: Peer | undefined;
  /** Aborts when the client is gone. */
  readonly gone: AbortSignal;
  /**
   * Reads the body as text. Throws an `HttpError` if it is not UTF-8 or larger than `maxBytes`,
   * which is 4 MiB by default.
   */
  text(maxBytes?: number): Promise<string>;
}

/** How a client identified itself by a certificate. */
export interface Peer {
  /** Whether the certificate is valid now and of a known issuer. */
  readonly authorized: boolean;
  /** The SHA-256 of the certificate, in hexadecimal with colons. */
  readonly fingerprint: string;
}

export interface CallResponse {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** JSON text, whole or in pieces that are sent one by one. */
  readonly body: string | readonly string[];
  /** Whether no headers are added except the length, and nothing is compressed. */
  readonly isBare?: boolean;
}

/** Handles a call, or throws an `HttpError`. Any other error becomes a 500 without details. */
export type Handler = (call: Call) => CallResponse | Promise<CallResponse>;

/** Ends the handling of a call with an error response. */
export class HttpError extends Error {
  constructor(
    readonly status: number,
    message: string,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
  }
}

/**
 * The facts about a request that may be logged. They never include its body, a token or a secret.
 */
export interface RequestLogEntry {
  readonly server: 'proxy' | 'registry' | 'entra' | 'identity' | 'openid';
  readonly method: string;
  /** Includes the query, except for the servers that sign in. */
  readonly path: string;
  readonly status: number;
  readonly milliseconds: number;
  /** Whether the request carried an `Authorization` header. */
  readonly authorized: boolean;
}

export interface Listener {
  readonly port: number;
  /** Closes the server and all its connections, including busy ones. */
  close(): Promise<void>;
}

/** HDInsight does not document a limit; Azure's gateways have one of a few megabytes. */
export const MAX_BODY_BYTES = 4 * 1024 * 1024;
/** Smaller responses are not compressed, in bytes. */
const GZIP_FROM = 1024;

/** Serves on 127.0.0.1, over HTTPS if a certificate is given. Rejects if the port is taken. */
export async function listen(
  handle: Handler,
  options: {
    readonly port: number;
    readonly certificate?: ServerCertificate | undefined;
    /** Who signs the certificates that clients are asked for, as PEM. Missing: they are not. */
    readonly clientCa?: string | undefined;
    readonly onResponse: (entry: Omit<RequestLogEntry, 'server'>) => void;
  },
): Promise<Listener> {
  const { certificate, clientCa } = options;
  const server = certificate
    ? createHttpsServer({
        cert: certificate.cert,
        key: certificate.key,
        // The REST proxy looks at the certificate, as nginx does, and not the handshake.
        ...(clientCa !== undefined && {
          ca: clientCa,
          requestCert: true,
          rejectUnauthorized: false,
        }),
      })
    : createHttpServer();
  // Longer than a client's idle timeout, so that the client closes idle connections first.
  server.keepAliveTimeout = 120_000;
  server.on('request', (request, response) => {
    const started = performance.now();
    response.on('close', () => {
      options.onResponse({
        method: request.method ?? '',
        path: request.url ?? '',
        status: response.statusCode,
        milliseconds: Math.round(performance.now() - started),
        authorized: request.headers.authorization !== undefined,
      });
    });
    const gone = new AbortController();
    response.on('close', () => {
      gone.abort();
    });
    responseTo(request, handle, gone.signal)
      .then((result) => send(request, response, result))
      // The client disconnected during the request.
      .catch(() => response.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, '127.0.0.1', resolve);
  });
  const address = server.address();
  return {
    port: typeof address === 'object' ? (address?.port ?? 0) : 0,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

async function responseTo(
  request: IncomingMessage,
  handle: Handler,
  gone: AbortSignal,
): Promise<CallResponse> {
  const { method = '', url = '', headers, socket } = request;
  const [path = '', query = ''] = url.split('?', 2);
  try {
    return await handle({
      method,
      path,
      query: new URLSearchParams(query),
      authorization: headers.authorization,
      headers: singleHeaders(headers),
      isSecure: 'encrypted' in socket,
      peer: peerOf(socket),
      gone,
      text: (maxBytes = MAX_BODY_BYTES) => readText(request, maxBytes),
    });
  } catch (error) {
    return error instanceof HttpError
      ? { ...errorResponse(error.status, error.message), headers: error.headers }
      : errorResponse(500, 'Internal Server Error');
  }
}

function peerOf(socket: IncomingMessage['socket']): Peer | undefined {
  if (!(socket instanceof TLSSocket)) return undefined;
  // Without a certificate, Node returns an object without members.
  const certificate = socket.getPeerCertificate();
  return Object.keys(certificate).length === 0
    ? undefined
    : { authorized: socket.authorized, fingerprint: certificate.fingerprint256 };
}

/** Returns the headers without the lists of those that may be repeated. */
function singleHeaders(headers: IncomingMessage['headers']): Call['headers'] {
  const single: Record<string, string | undefined> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (typeof value === 'string') single[name] = value;
  }
  return single;
}

function errorResponse(code: number, message: string): CallResponse {
  return { status: code, body: JSON.stringify({ code, message }) };
}

/** Parses the JSON text of a request. Throws an `HttpError` if it is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new HttpError(400, 'The request body is not JSON.');
  }
}

async function readText(request: IncomingMessage, maxBytes: number): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    // Reads and discards the rest, because a client that is still writing would miss the response.
    if (size <= maxBytes) chunks.push(chunk);
  }
  if (size > maxBytes) throw new HttpError(413, 'The request body is too large.');
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks));
  } catch {
    throw new HttpError(400, 'The request body is not UTF-8.');
  }
}

async function send(
  request: IncomingMessage,
  response: ServerResponse,
  { status, headers, body, isBare = false }: CallResponse,
): Promise<void> {
  const pieces = (typeof body === 'string' ? [body] : body).map((piece) => Buffer.from(piece));
  const length = pieces.reduce((sum, piece) => sum + piece.length, 0);
  const gzip = !isBare && length >= GZIP_FROM && acceptsGzip(request);
  response.writeHead(status, {
    ...(!isBare && {
      'Content-Type': 'application/json',
      'Cache-Control': 'no-store',
      Vary: 'Accept-Encoding',
    }),
    ...(gzip ? { 'Content-Encoding': 'gzip' } : { 'Content-Length': length }),
    ...headers,
  });
  // On the loopback interface, speed matters more than compression.
  if (gzip) await pipeline(pieces, createGzip({ level: constants.Z_BEST_SPEED }), response);
  else await pipeline(Readable.from(pieces), response);
}

function acceptsGzip(request: IncomingMessage): boolean {
  const accepted = (request.headers['accept-encoding'] ?? '').split(',');
  return accepted.some((coding) => /^\s*gzip\s*(;\s*q=(?!0(\.0*)?\s*$).*)?$/i.test(coding));
}
