import https from 'node:https';
import { buffer } from 'node:stream/consumers';
import type { WholeResponse } from './fault';

/** Headers that belong to one connection, or that no longer fit a body that is passed on whole. */
const DROPPED = new Set([
  'connection',
  'keep-alive',
  'transfer-encoding',
  'content-length',
  'host',
]);

/** Passes requests on to a server of this computer. */
export class Upstream {
  readonly #agent: https.Agent;

  constructor(
    readonly origin: string,
    ca: string,
  ) {
    this.#agent = new https.Agent({ ca, keepAlive: true });
  }

  async send(
    { method, path, headers }: { method: string; path: string; headers: NodeJS.Dict<unknown> },
    body: Buffer,
  ): Promise<WholeResponse> {
    return new Promise((resolve, reject) => {
      const request = https.request(
        new URL(path, this.origin),
        {
          method,
          agent: this.#agent,
          headers: {
            ...kept(headers),
            'accept-encoding': 'identity',
            ...(method !== 'GET' && { 'content-length': String(body.length) }),
          },
        },
        (response) => {
          const { statusCode: status = 502 } = response;
          buffer(response).then((whole) => {
            resolve({ status, headers: kept(response.headers), body: whole });
          }, reject);
        },
      );
      request.on('error', reject).end(body);
    });
  }

  close(): void {
    this.#agent.destroy();
  }
}

function kept(headers: NodeJS.Dict<unknown>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers)
      .filter(([name, value]) => !DROPPED.has(name) && value !== undefined)
      .map(([name, value]) => [name, String(value)]),
  );
}
