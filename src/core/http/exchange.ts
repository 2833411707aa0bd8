import type { Agent } from 'node:http';
import { finished, type Readable } from 'node:stream';
import { ByteCollector } from './byteCollector';
import { KafkaError } from '../errors';
import type { KafkaErrorKind } from '../errors';
import { serverDetail } from './serverDetail';
import { utf8Text } from '../text/utf8';
import { Wire } from './wire';

/** How much of an error response is read, in bytes. Only 500 characters of it are kept. */
const MAX_ERROR_BYTES = 65_536;

/** Why attempts are aborted. Made once, because the usual reason takes longer than all else here. */
const ENDED = new Error('the attempt has ended');

/** A response of the server. */
export interface HttpResponse {
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  /** The decompressed body. It shares no memory with other responses, unless `into` was given. */
  readonly body: Buffer;
  /** The body as text. Each access decodes it again. */
  readonly text: string;
}

export function httpResponse(
  status: number,
  headers: HttpResponse['headers'],
  body: Buffer,
): HttpResponse {
  return {
    status,
    headers,
    body,
    get text() {
      return utf8Text(body);
    },
  };
}

/** Sends a request. It is the part of `fetch` that is used here. */
export type Fetch = (
  url: URL,
  request: {
    readonly method: string;
    readonly headers: Record<string, string>;
    readonly body: Readable | null;
    readonly agent: Agent;
    readonly redirect: 'manual';
    readonly signal: AbortSignal;
  },
) => Promise<FetchedResponse>;

/** The head of a response, and the body as it comes, unpacked. */
export interface FetchedResponse {
  readonly status: number;
  readonly headers: { get(name: string): string | null; has(name: string): boolean };
  readonly body: NodeJS.ReadableStream | null;
}

/** One attempt at a request. */
export interface Attempt {
  readonly fetch: Fetch;
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer | undefined;
  readonly agent: Agent;
  readonly connectTimeoutMs: number;
  readonly maxResponseBytes: number;
  /** The buffer that receives the body if it is large enough. */
  readonly into?: Buffer | undefined;
  /** Ends the attempt at once. */
  readonly signal: AbortSignal;
}

/** A response; or an error, and whether anything may have reached the server. */
export type Outcome =
  { readonly response: HttpResponse } | { readonly error: unknown; readonly sent: boolean };

/**
 * Sends one request over one connection and reads the response, whatever its status. Redirects are
 * not followed. The error is a `KafkaError` (`host-not-found`, `connection`, `tls`, `tls-name`,
 * `client-certificate-refused`, `http-proxy-refused`, `timeout`, `response-too-large`) or the
 * signal's reason.
 */
export async function exchange(attempt: Attempt): Promise<Outcome> {
  const { fetch, method, url, agent, connectTimeoutMs, signal } = attempt;
  const { host } = url;
  const socket = new AbortController();
  const stop = (): void => {
    socket.abort(ENDED);
  };
  signal.addEventListener('abort', stop);
  const connecting = setTimeout(stop, connectTimeoutMs);
  const wire = new Wire(url, () => {
    clearTimeout(connecting);
  });
  const body = method === 'GET' ? undefined : asBytes(attempt.body ?? '');
  try {
    const fetched = await fetch(url, {
      method,
      headers: {
        'accept-encoding': acceptEncoding(url),
        // VS Code's agent does not ask for it, although the pools behind it keep connections.
        connection: 'keep-alive',
        'user-agent': 'kafka-rest-explorer',
        ...wire.headers,
        ...attempt.headers,
        ...(body && { 'content-length': String(body.length) }),
      },
      body: body ? wire.body(body) : null,
      agent,
      redirect: 'manual',
      signal: socket.signal,
    });
    clearTimeout(connecting);
    const response = await readResponse(fetched, attempt);
    if (!wire.tunnelRefused) return { response };
    const { status, text } = response;
    const detail = serverDetail(text);
    return { error: new KafkaError('http-proxy-refused', { status, detail, host }), sent: false };
  } catch (error) {
    const sent = wire.connected;
    if (signal.aborted) return { error: signal.reason, sent };
    if (!socket.signal.aborted) return failed(toKafkaError(error, host), sent);
    const detail = `no connection within ${connectTimeoutMs} ms`;
    return { error: new KafkaError('timeout', { detail, host }), sent };
  } finally {
    clearTimeout(connecting);
    wire.close();
    signal.removeEventListener('abort', stop);
    // Ends a transfer that is still under way. A socket that went back to its pool is not affected.
    stop();
  }
}

/**
 * Returns the outcome of a failed attempt. A server that refuses the client certificate has done so
 * before it took the request, although with TLS 1.3 the request is under way by then.
 */
function failed(error: KafkaError, sent: boolean): Outcome {
  return { error, sent: sent && error.kind !== 'client-certificate-refused' };
}

/**
 * Returns the value of `accept-encoding`. Compression saves bandwidth, but on the loopback
 * interface it only costs time: 7 to 10 ms per MB, as measured.
 */
export function acceptEncoding(url: URL): string {
  return /^(localhost|127\.[\d.]+|\[::1\])$/.test(url.hostname) ? 'identity' : 'gzip';
}

function asBytes(body: string | Buffer): Buffer {
  return typeof body === 'string' ? Buffer.from(body) : body;
}

class ResponseTooLarge extends Error {
  constructor(
    readonly status: number,
    readonly maxBytes: number,
  ) {
    super(`more than ${maxBytes} bytes`);
  }
}

async function readResponse(
  fetched: FetchedResponse,
  { maxResponseBytes, into }: Pick<Attempt, 'maxResponseBytes' | 'into'>,
): Promise<HttpResponse> {
  const { status, headers } = fetched;
  const failed = status >= 300;
  const limit = failed ? Math.min(MAX_ERROR_BYTES, maxResponseBytes) : maxResponseBytes;
  const packed = headers.has('content-encoding');
  const expected = packed ? 0 : Number(headers.get('content-length') ?? 0);
  const collector = new ByteCollector(into, Math.min(expected, limit));
  let bytes = 0;
  try {
    await eachChunk(fetched.body, (data) => {
      bytes += data.length;
      collector.add(data);
      return bytes <= limit;
    });
  } catch (error) {
    // The status of a failed request is enough, even if the connection closes during its text.
    if (!failed) throw error;
  }
  if (bytes > limit && !failed) throw new ResponseTooLarge(status, maxResponseBytes);
  return httpResponse(status, headers, collector.bytes);
}

/**
 * Hands on the chunks of a stream until it ends or `take` returns false. Rejects if the stream fails
 * or closes before its end. Events take less processor time than iterating does.
 */
async function eachChunk(
  stream: NodeJS.ReadableStream | null,
  take: (chunk: Buffer) => boolean,
): Promise<void> {
  if (!stream) return;
  await new Promise<void>((resolve, reject) => {
    stream.on('data', (chunk: string | Buffer) => {
      if (take(typeof chunk === 'string' ? Buffer.from(chunk) : chunk)) return;
      stream.pause();
      resolve();
    });
    finished(stream, (error) => {
      if (error) reject(error);
      else resolve();
    });
  });
}

/** Wraps any error, even one that does not concern the connection, such as a broken gzip stream. */
function toKafkaError(error: unknown, host: string): KafkaError {
  if (error instanceof ResponseTooLarge) {
    return new KafkaError('response-too-large', {
      status: error.status,
      detail: error.message,
      host,
      bytes: error.maxBytes,
    });
  }
  const code = codeOf(error);
  const message = error instanceof Error ? error.message.replace(/^.*?, reason: /s, '') : '';
  const reason = message
    // VS Code names its HTTP proxy together with the password, if the setting contains one.
    .replace(/(?<![^\s/])[^\s/]*@/g, '')
    // OpenSSL and VS Code's BoringSSL name the lines of their source around the reason.
    .replace(/[\da-f]{1,20}:error:[\da-f]{1,16}:[^:]*:[^:]*:([^:]*):[^:]*:\d+:.*/is, '$1')
    // Node's advice on how to run Node does not help users of VS Code.
    .replace(/; if the root CA is installed locally,.*/s, '');
  const detail = reason.includes(code) ? reason : [code, reason].filter(Boolean).join(': ');
  return new KafkaError(kindOf(code, message), { host, detail, cause: error });
}

const TLS_CODE =
  /^(ERR_TLS|ERR_SSL|EPROTO|CERT_|CRL_|UNABLE_|SELF_SIGNED|DEPTH_ZERO|HOSTNAME_MISMATCH|INVALID_(CA|PURPOSE)|PATH_LENGTH)/;

/** The alerts of TLS by which a server refuses a client certificate, or the lack of one. */
const CLIENT_CERTIFICATE_CODE =
  /^ERR_SSL_\w*(ALERT_((BAD|UNSUPPORTED)_CERTIFICATE|CERTIFICATE_(REVOKED|EXPIRED|UNKNOWN)|UNKNOWN_CA|ACCESS_DENIED)|_CERTIFICATE_REQUIRED)$/;

/**
 * The same alerts by their numbers (RFC 8446, section 6.2). If an alert comes during the handshake,
 * only the message of Node's error names it. 40, `handshake_failure`, may mean anything.
 */
const CLIENT_CERTIFICATE_ALERT = /SSL alert number (42|43|44|45|46|48|49|116)\b/;

function kindOf(code: string, message: string): KafkaErrorKind {
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'host-not-found';
  if (code === 'ETIMEDOUT') return 'timeout';
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') return 'tls-name';
  if (CLIENT_CERTIFICATE_CODE.test(code)) return 'client-certificate-refused';
  if (CLIENT_CERTIFICATE_ALERT.test(message)) return 'client-certificate-refused';
  return TLS_CODE.test(code) ? 'tls' : 'connection';
}

/**
 * Returns the code of Node's error, such as `ECONNRESET`, which node-fetch passes on; empty if
 * there is none. Never look at `error.name` here: it is the name of a class of node-fetch, which
 * minifying changes.
 */
function codeOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : '';
}
