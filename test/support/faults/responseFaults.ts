import { gzipSync } from 'node:zlib';
import type { Exchange, Fault, WholeResponse } from './fault';

const MB = 1024 * 1024;
const GB = 1024 * MB;

/**
 * Returns a response from something that did not pass the request on, with the type of its body.
 */
function made(
  status: number,
  body = '',
  headers: Readonly<Record<string, string>> = {},
): WholeResponse {
  const type = body.startsWith('<') ? 'text/html' : 'application/json';
  return { status, headers: { 'content-type': type, ...headers }, body: Buffer.from(body) };
}

function json(code: number, message: string): string {
  return JSON.stringify({ code, message });
}

const html = (title: string): string =>
  `<!DOCTYPE html><html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>`;

/** Responds to the request without passing it to the emulator. */
export function responds(
  name: string,
  status: number,
  body = json(status, name),
  headers: Readonly<Record<string, string>> | (() => Readonly<Record<string, string>>) = {},
): Fault {
  return {
    name,
    act: (exchange) =>
      exchange.send(made(status, body, typeof headers === 'function' ? headers() : headers)),
  };
}

/** Passes the request to the emulator, and changes its response on the way. */
export function changes(name: string, change: (response: WholeResponse) => WholeResponse): Fault {
  return {
    name,
    act: async (exchange) => {
      await exchange.send(change(await exchange.forward()));
    },
  };
}

/* Refusals. */

/** Rejects the first token that arrives, permanently, as expired; accepts others. */
export function expiredToken(): Fault {
  let expired: string | undefined;
  return {
    name: '401 expired token, then a good one',
    act: async (exchange) => {
      const { authorization = '' } = exchange.request.headers;
      expired ??= authorization;
      if (authorization === expired) {
        await exchange.send(made(401, json(401, 'The token has expired')));
      } else await exchange.send(await exchange.forward());
    },
  };
}

export const unauthorized = responds('401', 401);
export const forbidden = responds('403', 403);
export const staleNotFound = responds('404, stale metadata', 404, json(404, 'unknown topic'));
export const tooLarge = responds('413', 413);
export const throttled = responds('429', 429);
export const unavailable = responds('503', 503, '');
export const failed = responds('500 with HTML', 500, html('Internal Server Error'));
export const badGateway = responds('502 of a gateway', 502, html('502 Bad Gateway'));

/**
 * Responds as Jetty's filter against floods does, which stands before Confluent's proxy. See
 * `TooManyRequestsErrorResponse` in the description of its API v3.
 */
export const throttledAtTheEdge = responds(
  '429 with HTML',
  429,
  html('Error 429 Too Many Requests').replace(
    '</h1>',
    '</h1><table><tr><th>MESSAGE:</th><td>Too Many Requests</td></tr></table>',
  ),
);

export function retryAfter(status: 429 | 503, seconds: number): Fault {
  return responds(`${status}, Retry-After: ${seconds}`, status, undefined, {
    'retry-after': String(seconds),
  });
}

/** Sends `Retry-After` as a date some seconds ahead, by a clock that is off, as is its `Date`. */
export function retryAfterDate(status: 429 | 503, seconds: number, clockOffMs: number): Fault {
  const name = `${status}, Retry-After by a clock that is off by ${clockOffMs / 60_000} min`;
  const at = (ms: number): string => new Date(Date.now() + clockOffMs + ms).toUTCString();
  return responds(name, status, undefined, () => ({
    date: at(0),
    'retry-after': at(seconds * 1000),
  }));
}

/** Redirects to another origin, which must not see a token. */
export function redirect(origin: string, status = 307): Fault {
  return {
    name: `${status} to another origin`,
    act: (exchange) =>
      exchange.send(made(status, '', { location: new URL(exchange.target.path, origin).href })),
  };
}

/* Responses that do not follow the API. */

export const brokenJson = changes('200 with broken JSON', (response) => ({
  ...response,
  body: Buffer.from('{"records":[{"offset":'),
}));

/** Responds with a page of something in between, such as the sign-in page of a network. */
export const signInPage = responds('200 with a sign-in page', 200, html('Sign in'));

/** Responds with an error where a result belongs. */
export const errorInside = responds(
  '200 with an error inside',
  200,
  JSON.stringify({ error_code: 50_002, message: 'Kafka error: the broker is not available' }),
);

/** Sends the right body with the wrong type. */
export const wrongType = changes('200 as application/octet-stream', (response) => ({
  ...response,
  headers: { ...response.headers, 'content-type': 'application/octet-stream' },
}));

export const hugeResponse: Fault = {
  name: '1 GB response',
  act: async (exchange) => {
    await exchange.forward();
    await flood(exchange, { 'content-type': 'application/json' }, Buffer.alloc(MB, ' '), GB / MB);
  },
};

let zipped: Buffer | undefined;

/** A gigabyte of spaces, in gzip members of 16 MB that take 16 KB each. */
export const gzipBomb: Fault = {
  name: 'gzip bomb of 1 GB',
  act: async (exchange) => {
    await exchange.forward();
    zipped ??= gzipSync(Buffer.alloc(16 * MB, ' '));
    const headers = { 'content-type': 'application/json', 'content-encoding': 'gzip' };
    await flood(exchange, headers, zipped, 64);
  },
};

async function flood(
  { response, gone }: Exchange,
  headers: Readonly<Record<string, string>>,
  chunk: Buffer,
  times: number,
): Promise<void> {
  response.writeHead(200, { ...headers, 'content-length': chunk.length * times });
  for (let count = 0; count < times && !gone.aborted; count++) {
    if (response.write(chunk)) continue;
    await new Promise<void>((resolve) => {
      const go = (): void => {
        response.off('drain', go);
        gone.removeEventListener('abort', go);
        resolve();
      };
      response.once('drain', go);
      gone.addEventListener('abort', go);
    });
  }
  response.end();
}

/* Clocks, and nodes of the proxy. */

/** Gives the records timestamps of a clock that is off. */
export function timestampsOff(ms: number): Fault {
  return changes(`timestamps off by ${ms / 60_000} min`, (response) => ({
    ...response,
    body: Buffer.from(
      response.body
        .toString()
        .replace(/"timestamp":(\d+)/g, (_, time: string) => `"timestamp":${Number(time) + ms}`),
    ),
  }));
}

/** Issues tokens that claim this lifetime, however long the proxy accepts them. */
export function tokenLifetime(seconds: number): Fault {
  return changes(`tokens for ${seconds} s`, (response) => ({
    ...response,
    body: Buffer.from(
      response.body.toString().replace(/"(ext_)?expires_in":\d+/g, `"$1expires_in":${seconds}`),
    ),
  }));
}

/**
 * Acts as another node of the proxy, whose metadata cache is behind: it knows fewer records in
 * each partition, and refuses to read beyond those.
 */
export function nodeBehind(records: number): Fault {
  return {
    name: `a node that is ${records} records behind`,
    act: async (exchange) => {
      const response = await exchange.forward();
      if (exchange.target.kind !== 'metadata') {
        await exchange.send(response);
        return;
      }
      const text = response.body
        .toString()
        .replace(
          /"earliest_offset":(\d+),"latest_offset":(\d+)/g,
          (_, earliest: string, latest: string) =>
            `"earliest_offset":${earliest},"latest_offset":${Math.max(Number(earliest), Number(latest) - records)}`,
        );
      await exchange.send({ ...response, body: Buffer.from(text) });
    },
  };
}
