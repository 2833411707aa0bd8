import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { Agent, get } from 'node:https';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { bearer, type TokenSource } from '../../../src/auth/base/bearer';
import { clientCredentials } from '../../../src/auth/entra/clientCredentials';
import { proofBySecret } from '../../../src/auth/entra/proofBySecret';
import { type HttpClient, type HttpRequest, openHttp } from '../../../src/core/http/client';
import type { KafkaProxy } from '../../../src/core/kafka';
import { openProxy } from '../../../src/core/dialects/open';
import type { EmulatorInfo } from '../../../src/emulator/server';

/** An emulator in a process of its own, over HTTPS and with a token, and two ways to it. */
export interface BenchEmulator {
  readonly info: EmulatorInfo;
  readonly token: TokenSource;
  /** For bare loops: connections that are kept alive. */
  readonly agent: Agent;
  /** A proxy as the extension opens it; `seen` is told each request: its address and body. */
  proxy(seen?: (url: URL, body: HttpRequest['body']) => void): KafkaProxy;
  stop(): void;
}

export interface BenchEmulatorOptions {
  /** Each `name:partitions:records:bytes`; there are no samples. */
  readonly topics: readonly string[];
  /** How many records a partition keeps of those that are produced to it. */
  readonly retention?: number;
  /** Milliseconds that every answer of the REST proxy waits. */
  readonly latency?: number;
  /** The kind of REST proxy; HDInsight's unless given. */
  readonly face?: string;
  /** The address of a real Kafka, before which it is a gateway; then it has no topics of its own. */
  readonly kafka?: string;
}

/** Starts an emulator, does something on it, and stops it. */
export async function onEmulator<T>(
  options: BenchEmulatorOptions,
  action: (emulator: BenchEmulator) => Promise<T>,
): Promise<T> {
  const emulator = await startBenchEmulator(options);
  try {
    return await action(emulator);
  } finally {
    emulator.stop();
  }
}

/** Starts the emulator that `bundle.ts` has built; resolves when its topics are filled. */
async function startBenchEmulator({
  topics,
  retention,
  latency = 0,
  face = 'hdinsight',
  kafka,
}: BenchEmulatorOptions): Promise<BenchEmulator> {
  const args = [
    path.resolve('out/bench/emulator.js'),
    ...(kafka === undefined ? ['--empty'] : ['--kafka', kafka]),
    ...topics.flatMap((topic) => ['--topic', topic]),
    ...(retention === undefined ? [] : ['--retention', String(retention)]),
    ...['--latency', String(latency)],
    ...['--face', face],
  ];
  const emulator = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const kill = () => emulator.kill();
  process.once('exit', kill);
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
      const authorizer = bearer('clientSecret', new URL(endpoint).origin, token);
      const dialect = { kind: info.dialect, isolation: 'read_uncommitted' };
      const bare = { request, dispose: () => undefined };
      return openProxy({ endpoint, dialect, http: bare, authorizer });
    },
    stop: () => {
      agent.destroy();
      http.dispose();
      emulator.kill();
      process.off('exit', kill);
    },
  };
}

/** Whether a request reads records. */
export function readsRecords(url: URL): boolean {
  return url.pathname.includes('/consumer/');
}

/**
 * The bare loop to compare reading with: asks for these pages in their order over so many
 * connections that are kept alive, each waiting for its answer, and parses what comes. `use` gets
 * the records of each page; nothing else is kept. Returns how many records there were.
 */
export async function fetchAndParse(
  pages: readonly URL[],
  { agent, token }: BenchEmulator,
  { connections = 1, use = () => undefined }: FetchOptions = {},
): Promise<number> {
  const headers = { authorization: `Bearer ${await token.token({})}` };
  let count = 0;
  let next = 0;
  const work = async (): Promise<void> => {
    for (let url = pages[next++]; url; url = pages[next++]) {
      const [response] = (await once(get(url, { agent, headers }), 'response')) as [
        IncomingMessage,
      ];
      const chunks: Buffer[] = [];
      for await (const chunk of response) chunks.push(chunk as Buffer);
      const text = Buffer.concat(chunks).toString();
      const { records } = JSON.parse(text) as { records: readonly BareRecord[] };
      use(records);
      count += records.length;
    }
  };
  await Promise.all(Array.from({ length: connections }, work));
  return count;
}

export interface BareRecord {
  readonly value: string;
}

interface FetchOptions {
  readonly connections?: number;
  readonly use?: (records: readonly BareRecord[]) => void;
}

/** How many records a second `run` works off, which must be `records` in all. */
export async function perSecond(records: number, run: () => Promise<number>): Promise<number> {
  const started = performance.now();
  const count = await run();
  const seconds = (performance.now() - started) / 1000;
  if (count !== records) throw new Error(`There were ${count} records instead of ${records}.`);
  return count / seconds;
}

/** How many milliseconds an action takes. */
export async function milliseconds(action: () => unknown): Promise<number> {
  const started = performance.now();
  await action();
  return performance.now() - started;
}

function tokenSource(info: EmulatorInfo, http: HttpClient): TokenSource {
  const { tenantId, clientId, clientSecret, scope, authority } = info;
  if (!tenantId || !clientId || !clientSecret || !scope || !authority) {
    throw new Error('The emulator runs without sign-in.');
  }
  return clientCredentials({
    authority: new URL(authority).origin,
    tenantId,
    clientId,
    scope,
    signIn: 'clientSecret',
    proof: proofBySecret(() => Promise.resolve(clientSecret)),
    http,
  });
}
