import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { Agent, get } from 'node:https';
import type { IncomingMessage } from 'node:http';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { clientCredentials } from '../../src/auth/clientCredentials';
import { formats } from '../../src/core/format';
import type { HttpClient, TokenSource } from '../../src/core/http';
import { openHttp } from '../../src/core/http';
import { openProxy } from '../../src/core/proxies/open';
import { openReader } from '../../src/core/reader';
import type { EmulatorInfo } from '../../src/emulator/server';

const RECORDS = 100_000;
const RECORD_BYTES = 1024;
const RUNS = 5;
/** What the ratio has to be at least. */
export const READ_GOAL = 0.6;

/** Medians, for a topic of so many partitions. */
export interface ReadResult {
  readonly partitions: number;
  /** Records per second from the emulator into the text of a JSON document. */
  readonly document: number;
  /** Records per second of a bare loop that fetches the same pages and parses them. */
  readonly bare: number;
  readonly ratio: number;
}

/**
 * Reads 100,000 records of 1 KB from an emulator in a process of its own, over HTTPS and with a token:
 * by the way that the extension takes, and with a bare keep-alive loop for comparison, in turn.
 */
export async function benchRead(): Promise<readonly ReadResult[]> {
  const partitions = [1, 3];
  const topics = partitions.flatMap((n) => [
    '--topic',
    `bench${n}:${n}:${RECORDS}:${RECORD_BYTES}`,
  ]);
  const emulator = spawn(
    process.execPath,
    ['--import', 'tsx', 'src/emulator/cli.ts', '--empty', ...topics],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  try {
    const [line] = (await once(createInterface(emulator.stdout), 'line')) as [string];
    const info = JSON.parse(line) as EmulatorInfo;
    const results: ReadResult[] = [];
    for (const n of partitions) results.push(await compare(info, n));
    return results;
  } finally {
    emulator.kill();
  }
}

async function compare(info: EmulatorInfo, partitions: number): Promise<ReadResult> {
  const caFile = info.caFile ?? '';
  const http = openHttp({ caFile });
  const token = tokenSource(info, http);
  const agent = new Agent({ keepAlive: true, ca: await readFile(caFile) });
  const document: number[] = [];
  const bare: number[] = [];
  // The first run warms up and is not counted.
  for (let run = 0; run <= RUNS; run++) {
    const pages: URL[] = [];
    const recording: HttpClient = {
      request: (request) => {
        if (request.url.pathname.includes('/consumer/')) pages.push(request.url);
        return http.request(request);
      },
      dispose: () => undefined,
    };
    const ours = await perSecond(() => readDocument(info, recording, token, `bench${partitions}`));
    const bearer = await token.token({});
    const theirs = await perSecond(() => fetchAndParse(pages, agent, bearer));
    if (run > 0) {
      document.push(ours);
      bare.push(theirs);
    }
  }
  agent.destroy();
  http.dispose();
  const [a, b] = [median(document), median(bare)];
  return { partitions, document: a, bare: b, ratio: a / b };
}

/** As the extension does it: client, reader, merged order, document. */
async function readDocument(
  { endpoint }: EmulatorInfo,
  http: HttpClient,
  token: TokenSource,
  topic: string,
): Promise<number> {
  const reader = await openReader(openProxy({ endpoint, http, token }), {
    topic,
    from: { at: 'earliest' },
  });
  const { begin, separator, end, records } = formats.json;
  const texts: string[] = [];
  for await (const batch of reader) texts.push(records(batch));
  const document = begin + texts.join(separator) + end;
  if (document.length < RECORDS * RECORD_BYTES) throw new Error('The document is too short.');
  return reader.records;
}

/** One request after the other on one connection; nothing is kept. */
async function fetchAndParse(pages: readonly URL[], agent: Agent, token: string): Promise<number> {
  let count = 0;
  for (const url of pages) {
    const headers = { authorization: `Bearer ${token}` };
    const [response] = (await once(get(url, { agent, headers }), 'response')) as [IncomingMessage];
    const { records } = JSON.parse(await text(response)) as { records: unknown[] };
    count += records.length;
  }
  return count;
}

async function perSecond(run: () => Promise<number>): Promise<number> {
  const started = performance.now();
  const count = await run();
  const seconds = (performance.now() - started) / 1000;
  if (count !== RECORDS) throw new Error(`Read ${count} records instead of ${RECORDS}.`);
  return count / seconds;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? NaN;
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

/** One line a result, as the bench runner prints it. */
export function describeRead({ partitions, document, bare, ratio }: ReadResult): string {
  const thousands = (perSecond: number): string => Math.round(perSecond).toLocaleString('en');
  return (
    `read ${RECORDS.toLocaleString('en')} records of 1 KB, ${partitions} partition(s): ` +
    `${thousands(document)} records/s into a document, ${thousands(bare)} bare, ` +
    `ratio ${ratio.toFixed(2)} (goal ${READ_GOAL})`
  );
}

if (require.main === module) {
  void benchRead().then((results) => {
    for (const result of results) console.log(describeRead(result));
  });
}
