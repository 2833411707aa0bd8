import {
  createServer as createHttpServer,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { constants, createGzip } from 'node:zlib';
import type { ServerCertificate } from './certificate';

/** A request in the form that the routes use. */
export interface Call {
  readonly method: string;
  /** The path as it was sent: still encoded, without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly authorization: string | undefined;
  /** Reads the body as text. Throws an `HttpError` if it is too large or not UTF-8. */
  text(): Promise<string>;
}

export interface CallResponse {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** JSON text, whole or in pieces that are sent one by one. */
  readonly body: string | readonly string[];
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
  readonly server: 'proxy' | 'entra';
  readonly method: string;
  /** Includes the query, except for Entra ID. */
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
    readonly onResponse: (entry: Omit<RequestLogEntry, 'server'>) => void;
  },
): Promise<Listener> {
  const { certificate } = options;
  const server = certificate
    ? createHttpsServer({ cert: certificate.cert, key: certificate.key })
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
    responseTo(request, handle)
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

async function responseTo(request: IncomingMessage, handle: Handler): Promise<CallResponse> {
  const { method = '', url = '', headers } = request;
  const [path = '', query = ''] = url.split('?', 2);
  try {
    return await handle({
      method,
      path,
      query: new URLSearchParams(query),
      authorization: headers.authorization,
      text: () => readText(request),
    });
  } catch (error) {
    return error instanceof HttpError
      ? { ...errorResponse(error.status, error.message), headers: error.headers }
      : errorResponse(500, 'Internal Server Error');
  }
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

async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    // Reads and discards the rest, because a client that is still writing would miss the response.
    if (size <= MAX_BODY_BYTES) chunks.push(chunk);
  }
  if (size > MAX_BODY_BYTES) throw new HttpError(413, 'The request body is too large.');
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks));
  } catch {
    throw new HttpError(400, 'The request body is not UTF-8.');
  }
}

async function send(
  request: IncomingMessage,
  response: ServerResponse,
  { status, headers, body }: CallResponse,
): Promise<void> {
  const pieces = (typeof body === 'string' ? [body] : body).map((piece) => Buffer.from(piece));
  const length = pieces.reduce((sum, piece) => sum + piece.length, 0);
  const gzip = length >= GZIP_FROM && acceptsGzip(request);
  response.writeHead(status, {
    'Content-Type': 'application/json',
    'Cache-Control': 'no-store',
    Vary: 'Accept-Encoding',
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
