import type { IncomingMessage } from 'node:http';
import https from 'node:https';
import { pipeline } from 'node:stream';
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
  const headers = new Map(Object.entries(response.headers));
  const isPacked = headers.get('content-encoding') === 'gzip';
  return {
    status: response.statusCode ?? 0,
    headers: {
      get: (name) => headers.get(name)?.toString() ?? null,
      has: (name) => headers.has(name),
    },
    // A failure reaches the reader of the unpacked body, so that nothing is left to do for it here.
    body: isPacked ? pipeline(response, createGunzip(), () => undefined) : response,
  };
}
