import assert from 'node:assert/strict';
import { KafkaError, type KafkaErrorKind } from '../../../../src/core/errors';
import { httpResponse } from '../../../../src/core/http/exchange';
import type { HttpClient } from '../../../../src/core/http/client';
import { choiceOf } from '../../../../src/core/cluster/kinds';
import { openProxy } from '../../../../src/core/dialects/open';
import { dialects } from '../../../../src/core/dialects/registry';
import type { KafkaProxy, KafkaRecord } from '../../../../src/core/kafka';
import type { Target } from '../target';

const PARTITION =
  '{"partition_id":0,"earliest_offset":0,"latest_offset":9,"leader":1,"replicas":[],"isr":[]}';
const UNTIL = 40n;
/** What a response that does not follow the API may become. */
const EXPECTED: readonly KafkaErrorKind[] = [
  'protocol',
  'unsupported',
  'unclear',
  'rejected',
  'not-found',
];

/** Where a partition begins and ends, for the dialects that ask for it by itself. */
const ENDS = '{"beginning_offset":0,"end_offset":40}';
const LAYOUT = '{"partition":0,"leader":1,"replicas":[{"broker":1,"leader":true,"in_sync":true}]}';

/**
 * Every call of a proxy, in every dialect, either gives what the domain promises or rejects with kind `protocol`. A
 * read comes to its end, and forward with every page. The first line is the header NextOffset.
 */
export const target: Target = {
  seeds: [
    '\n{"brokers":[{"hostName":"wn0","port":9092,"id":1001,"rack":"/r0"}]}',
    '\n{"topics":["orders","iot"]}',
    '\n{"topic":"t","partitions":[{"partition_id":1,"earliest_offset":0,"latest_offset":9007199254740993,' +
      '"leader":{"hostName":"h","port":1,"id":7,"rack":null},"replicas":[{"id":7}],"isr":[{"id":7}]}]}',
    `\n${PARTITION}`,
    '2\n{"records":[{"key":null,"value":"a","partition":0,"offset":0,"timestamp":1,"timestampType":"CreateTime"},' +
      '{"key":{"a":12.50},"value":[9007199254740993,{"b":null}],"partition":0,"offset":1}]}',
    '41\n[{"key":1,"value":{"__proto__":{"a":1},"a":1},"partition":0,"offset":12}]',
    '\n{"offsets":[{"partition":0,"offset":7}]}',
    '\n{"offsets":[{"error_code":404,"message":"Topic t not present in metadata after 5000 ms."}]}',
    '\n["orders","iot"]',
    `\n[${LAYOUT}]`,
    '\n[{"topic":"t","key":"YQ==","value":"AP8=","partition":0,"offset":3,"timestamp":1,' +
      '"headers":[{"key":"h","value":null}]},{"topic":"t","key":null,"value":null,"partition":0,"offset":39}]',
    '3\n[]',
  ],
  run: async (input) => {
    const [next = '', ...rest] = input.toString().split('\n');
    const answer = rest.join('\n');
    for (const dialect of dialects) {
      const http = answering(answer, next);
      const chosen = choiceOf(dialect, {});
      await checkProxy(openProxy({ endpoint: 'https://proxy', dialect: chosen, http }));
    }
  },
};

/** Calls all that a proxy has. */
async function checkProxy(proxy: KafkaProxy): Promise<void> {
  for (const { id } of (await promised(proxy.brokers())) ?? []) assert.ok(Number.isSafeInteger(id));
  const names = (await promised(proxy.topics()))?.map(({ name }) => name) ?? [];
  assert.ok(
    names.every((name, at) => at === 0 || String(names[at - 1]) < name),
    'topics sorted',
  );
  const partitions = (await promised(proxy.partitions('t'))) ?? [];
  for (const { earliest = 0n, latest = earliest } of partitions) {
    assert.ok(0n <= earliest && earliest <= latest);
  }
  assert.equal(new Set(partitions.map(({ id }) => id)).size, partitions.length);
  const results = (await promised(proxy.produce('t', [{ value: 'a' }]))) ?? [];
  assert.ok(results.length <= 1);
  await promised(proxy.createTopic({ name: 't' }));
  await promised(readAll(proxy));
}

async function readAll(proxy: KafkaProxy): Promise<void> {
  let at = 0n;
  const end = new AbortController();
  const range = { topic: 't', partition: 0, from: 0n, until: UNTIL };
  const pages = proxy.read(range, { signal: end.signal })[Symbol.asyncIterator]();
  for (;;) {
    // A page without records is asked for again after a while, which is not waited for.
    const waiting = setImmediate(() => {
      end.abort('waits');
    });
    let page;
    try {
      page = await pages.next();
    } catch (error) {
      if (error === 'waits') return;
      throw error;
    } finally {
      clearImmediate(waiting);
    }
    if (page.done) break;
    const { next, records } = page.value;
    assert.ok(next > at && next <= UNTIL, 'the page leads on');
    for (const record of records) checkRecord(record, at);
    at = next;
  }
  assert.equal(at, UNTIL);
}

function checkRecord({ offset, partition, key, value, timestamp }: KafkaRecord, at: bigint): void {
  assert.ok(offset >= at && offset < UNTIL && partition === 0, 'a record of the range');
  assert.ok(key === null || typeof key === 'string' || key instanceof Uint8Array);
  assert.ok(value === null || typeof value === 'string' || value instanceof Uint8Array);
  assert.ok(timestamp === undefined || Number.isSafeInteger(timestamp));
}

/** A server that has one answer for everything, but for where a partition begins and ends. */
function answering(text: string, next: string): HttpClient {
  return {
    request: ({ url, method }) => {
      // A topic has one partition, also for the dialect that finds out by asking for more.
      if (/\/partitions\/[1-9]/.test(url.pathname)) {
        return Promise.reject(new KafkaError('not-found', { status: 404 }));
      }
      const body = Buffer.from((method === 'GET' && described(url.pathname)) || text);
      return Promise.resolve(httpResponse(200, { get: () => next }, body));
    },
    dispose: () => undefined,
  };
}

/** Returns what is said about a partition in each dialect, if that is asked for. */
function described(path: string): string | undefined {
  if (path.endsWith('/partitions/0')) return path.startsWith('/v1/') ? PARTITION : LAYOUT;
  return path.endsWith('/partitions/0/offsets') ? ENDS : undefined;
}

/** What is promised, or nothing after an error that may come. */
async function promised<T>(promise: Promise<T>): Promise<T | undefined> {
  try {
    return await promise;
  } catch (error) {
    if (error instanceof KafkaError && EXPECTED.includes(error.kind)) return undefined;
    throw error;
  }
}
