import { Agent, ClientRequest, type IncomingHttpHeaders } from 'node:http';

export interface DirectRequest {
  readonly method: 'GET' | 'POST';
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
  readonly signal: AbortSignal;
  /** How long connecting may take, in milliseconds. */
  readonly connectMs: number;
  /** How long everything may take, in milliseconds. */
  readonly limitMs: number;
}

export interface DirectResponse {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/** Says that nobody accepts connections, or that no response came in time. */
export class DirectFailure extends Error {
  constructor(
    readonly reason: 'no-connection' | 'timeout',
    cause?: unknown,
  ) {
    super(reason, { cause });
  }
}

const MAX_BYTES = 1024 * 1024;

/**
 * Sends a request over plain HTTP, and never through an HTTP proxy. VS Code replaces `http.request`
 * by a function that uses its proxy settings, but a proxy cannot reach an address that only this
 * computer has, and should not see a token. Rejects with a `DirectFailure` or the signal's reason.
 */
export async function sendDirectly(wanted: DirectRequest): Promise<DirectResponse> {
  const { url, method, headers, body, signal, connectMs, limitMs } = wanted;
  signal.throwIfAborted();
  return new Promise((resolve, reject) => {
    const agent = new Agent({ keepAlive: false });
    const request = new ClientRequest({
      method,
      // An address of IPv6 stands in brackets in URLs alone.
      hostname: url.hostname.replace(/^\[|\]$/g, ''),
      port: url.port || 80,
      path: url.pathname + url.search,
      headers,
      agent,
    });
    let isConnected = false;
    const fail = (error: unknown) => {
      request.destroy();
      reject(error instanceof Error ? error : new Error('aborted', { cause: error }));
    };
    const abort = () => {
      fail(signal.reason);
    };
    const connecting = setTimeout(() => {
      if (!isConnected) fail(new DirectFailure('no-connection'));
    }, connectMs);
    const limit = setTimeout(() => {
      fail(new DirectFailure('timeout'));
    }, limitMs);
    signal.addEventListener('abort', abort);
    request.on('close', () => {
      clearTimeout(connecting);
      clearTimeout(limit);
      signal.removeEventListener('abort', abort);
    });
    request.on('socket', (socket) => {
      socket.once('connect', () => (isConnected = true));
    });
    request.on('error', (cause) => {
      fail(new DirectFailure('no-connection', cause));
    });
    request.on('response', (response) => {
      const pieces: Buffer[] = [];
      let bytes = 0;
      response.on('data', (piece: Buffer) => {
        bytes += piece.length;
        if (bytes > MAX_BYTES) fail(new DirectFailure('no-connection'));
        else pieces.push(piece);
      });
      response.on('error', (cause) => {
        fail(new DirectFailure('no-connection', cause));
      });
      response.on('end', () => {
        const { statusCode: status = 0, headers } = response;
        resolve({ status, headers, text: Buffer.concat(pieces).toString('utf8') });
      });
    });
    request.end(body);
  });
}
