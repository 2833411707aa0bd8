import type { IncomingMessage } from 'node:http';
import https from 'node:https';
import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { ClientCertificate } from './clientCertificate';
import type { Fetch, FetchedResponse } from './exchange';

/**
 * Returns a `fetch` whose connections use a client certificate. It hands the certificate to
 * `https.request`, which node-fetch has no option for. The agent alone could not carry it, because
 * VS Code replaces the agent.
 */
export function certifiedFetch({ cert, key, passphrase }: ClientCertificate): Fetch {
  return (url, { method, headers, body, agent, signal }) =>
    new Promise((resolve, reject) => {
      const options = { method, headers, agent, signal, cert, key, passphrase };
      const request = https.request(url, options);
      request.on('error', reject);
      request.on('response', (response) => {
        resolve(toFetched(response));
      });
      if (body) body.pipe(request);
      else request.end();
    });
}

function toFetched(response: IncomingMessage): FetchedResponse {
  // Node gives the names of the headers in lower case.
  const headers = new Map(Object.entries(response.headers));
  const isPacked = /^(x-)?gzip$/i.test(response.headers['content-encoding'] ?? '');
  return {
    status: response.statusCode ?? 0,
    headers: {
      get: (name) => headers.get(name.toLowerCase())?.toString() ?? null,
      has: (name) => headers.has(name.toLowerCase()),
    },
    body: isPacked ? Readable.from(unpack(response)) : response,
  };
}

/** Yields the unpacked body. A complete body without a byte is empty, although it is no gzip. */
async function* unpack(response: IncomingMessage): AsyncGenerator<Buffer> {
  let bytes = 0;
  response.on('data', ({ length }: Buffer) => {
    bytes += length;
  });
  try {
    // A failure reaches the reader of the unpacked body, so the callback has nothing to do.
    yield* pipeline(response, createGunzip(), () => undefined);
  } catch (error) {
    if (bytes > 0 || !response.complete) throw error;
  }
}
