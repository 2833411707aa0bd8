import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { readFileSync } from 'node:fs';
import type { EmulatorInfo } from '../../../src/emulator/server.js';

export interface Reply {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly bytes: Buffer;
  readonly text: string;
}

export interface Request {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

/** Sends a request with nothing but Node, over a connection of its own. */
export function send(url: string, caFile: string | null, request: Request = {}): Promise<Reply> {
  const { method = 'GET', headers = {}, body } = request;
  const { origin } = new URL(url);
  // As given: URL would take the dots out of a path.
  const options = { method, headers, agent: false, path: url.slice(origin.length) };
  return new Promise((resolve, reject) => {
    const outgoing =
      caFile === null
        ? httpRequest(origin, options)
        : httpsRequest(origin, { ...options, ca: readFileSync(caFile) });
    outgoing.on('error', reject).on('response', (response) => {
      const chunks: Buffer[] = [];
      response.on('error', reject);
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        const bytes = Buffer.concat(chunks);
        const { statusCode: status = 0, headers } = response;
        resolve({ status, headers, bytes, text: bytes.toString() });
      });
    });
    outgoing.end(body);
  });
}

/**
 * Asks version 2 of the token endpoint, with `changes` to a good form; `null` leaves a field out.
 */
export function askToken(
  { authority, clientId, clientSecret, scope, caFile }: EmulatorInfo,
  changes: Readonly<Record<string, string | null>> = {},
  { path = '/oauth2/v2.0/token', headers = {} } = {},
): Promise<Reply> {
  const fields = {
    grant_type: 'client_credentials',
    client_id: clientId,
    client_secret: clientSecret,
    scope,
    ...changes,
  };
  const form = new URLSearchParams();
  for (const [name, value] of Object.entries(fields)) if (value !== null) form.set(name, value);
  return send(`${authority ?? ''}${path}`, caFile, {
    method: 'POST',
    headers: { 'Content-Type': 'application/x-www-form-urlencoded', ...headers },
    body: form.toString(),
  });
}

/** The members of a JSON object. */
export function object(text: string): Record<string, unknown> {
  const value: unknown = JSON.parse(text);
  return { ...(typeof value === 'object' ? value : undefined) };
}

/** The access token of a good answer of the token endpoint. */
export async function getToken(
  info: EmulatorInfo,
  changes: Readonly<Record<string, string | null>> = {},
): Promise<string> {
  return String(object((await askToken(info, changes)).text)['access_token']);
}
