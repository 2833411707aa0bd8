import http from 'node:http';
import https from 'node:https';
import type { Socket } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { TLSSocket } from 'node:tls';
import type { ClientCertificates } from './clientCertificates';
import type { WholeResponse } from './fault';

/** Headers that belong to one connection, or that no longer fit a body that is passed on whole. */
const DROPPED = new Set(['connection', 'keep-alive', 'transfer-encoding', 'content-length']);

/** Passes requests on to a server of this computer. */
export class Upstream {
  /** One for each client, by the fingerprint of its certificate. */
  readonly #agents = new Map<string, http.Agent>();

  constructor(
    readonly origin: string,
    private readonly ca: string,
    private readonly clients: ClientCertificates,
  ) {}

  /** Whether it does without TLS. */
  get isPlain(): boolean {
    return this.origin.startsWith('http:');
  }

  async send(
    { method, path, headers }: { method: string; path: string; headers: NodeJS.Dict<unknown> },
    body: Buffer,
    client: Socket,
  ): Promise<WholeResponse> {
    return new Promise((resolve, reject) => {
      const { request: start } = this.isPlain ? http : https;
      const request = start(
        new URL(path, this.origin),
        {
          method,
          agent: this.#agentFor(client),
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
    for (const agent of this.#agents.values()) agent.destroy();
  }

  /** Returns the connections that use the certificate of a client. */
  #agentFor(client: Socket): http.Agent {
    const fingerprint = fingerprintOf(client);
    const agent =
      this.#agents.get(fingerprint) ??
      (this.isPlain
        ? new http.Agent({ keepAlive: true })
        : new https.Agent({ ca: this.ca, keepAlive: true, ...this.clients.get(fingerprint) }));
    this.#agents.set(fingerprint, agent);
    return agent;
  }
}

/** Returns the fingerprint of a client's certificate; empty without one. */
function fingerprintOf(client: Socket): string {
  if (!(client instanceof TLSSocket)) return '';
  // Without a certificate, Node returns an object without members.
  const certificate = client.getPeerCertificate();
  return Object.keys(certificate).length === 0 ? '' : certificate.fingerprint256;
}

function kept(headers: NodeJS.Dict<unknown>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers)
      .filter(([name, value]) => !DROPPED.has(name) && value !== undefined)
      .map(([name, value]) => [name, String(value)]),
  );
}
