import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { Agent, get } from 'node:https';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { clientCredentials } from '../../src/auth/clientCredentials';
import { type HttpClient, type HttpRequest, openHttp, type TokenSource } from '../../src/core/http';
import type { KafkaProxy } from '../../src/core/kafka';
import { openProxy } from '../../src/core/proxies/open';
import type { EmulatorInfo } from '../../src/emulator/server';

/** An emulator in a process of its own, over HTTPS and with a token, and two ways to it. */
export interface BenchEmulator {
  readonly info: EmulatorInfo;
  readonly token: TokenSource;
  /** For bare loops: one connection at a time that is kept alive. */
  readonly agent: Agent;
  /** A proxy as the extension opens it; `seen` is told each request: its address and body. */
  proxy(seen?: (url: URL, body: HttpRequest['body']) => void): KafkaProxy;
  stop(): void;
}

/**
 * Starts an emulator without samples. A topic is `name:partitions:records:bytes` of each; of those that
 * are produced to, a partition keeps `retention` records.
 */
export async function startBenchEmulator(
  topics: readonly string[],
  retention?: number,
): Promise<BenchEmulator> {
  const emulator = spawn(
    process.execPath,
    [
      '--import',
      'tsx',
      'src/emulator/cli.ts',
      '--empty',
      ...topics.flatMap((topic) => ['--topic', topic]),
      ...(retention === undefined ? [] : ['--retention', String(retention)]),
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const [line] = (await once(createInterface(emulator.stdout), 'line')) as [string];
  const info = JSON.parse(line) as EmulatorInfo;
  const caFile = info.caFile ?? '';
  const http = openHttp({ caFile });
  const token = tokenSource(info, http);
  const agent = new Agent({ keepAlive: true, ca: await readFile(caFile) });
  return {
    info,
    token,
    agent,
    proxy: (seen = () => undefined) => {
      const request: HttpClient['request'] = (wanted) => {
        seen(wanted.url, wanted.body);
        return http.request(wanted);
      };
      const { endpoint } = info;
      return openProxy({ endpoint, http: { request, dispose: () => undefined }, token });
    },
    stop: () => {
      agent.destroy();
      http.dispose();
      emulator.kill();
    },
  };
}

/** Whether a request reads records. */
export function readsRecords(url: URL): boolean {
  return url.pathname.includes('/consumer/');
}

/**
 * The bare loop to compare reading with: one request after the other for these pages; the answers are
 * parsed, and nothing is kept. Returns how many records they held.
 */
export async function fetchAndParse(
  pages: readonly URL[],
  { agent, token }: BenchEmulator,
): Promise<number> {
  const headers = { authorization: `Bearer ${await token.token({})}` };
  let count = 0;
  for (const url of pages) {
    const [response] = (await once(get(url, { agent, headers }), 'response')) as [IncomingMessage];
    const { records } = JSON.parse(await text(response)) as { records: unknown[] };
    count += records.length;
  }
  return count;
}

/** How many records a second `run` works off, which must be `records` in all. */
export async function perSecond(records: number, run: () => Promise<number>): Promise<number> {
  const started = performance.now();
  const count = await run();
  const seconds = (performance.now() - started) / 1000;
  if (count !== records) throw new Error(`There were ${count} records instead of ${records}.`);
  return count / seconds;
}

/** A number for people, without decimals. */
export function whole(number: number): string {
  return Math.round(number).toLocaleString('en');
}

function tokenSource(info: EmulatorInfo, http: HttpClient): TokenSource {
  const { tenantId, clientId, clientSecret, scope, authority, endpoint } = info;
  if (!tenantId || !clientId || !clientSecret || !scope || !authority) {
    throw new Error('The emulator runs without sign-in.');
  }
  return clientCredentials({
    authority: new URL(authority).origin,
    tenantId,
    clientId,
    scope,
    origin: new URL(endpoint).origin,
    secret: () => Promise.resolve(clientSecret),
    http,
  });
}
