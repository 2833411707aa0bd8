import assert from 'node:assert/strict';
import { KafkaError } from '../../../../src/core/errors';
import { httpResponse } from '../../../../src/core/http/exchange';
import type { HttpClient } from '../../../../src/core/http/client';
import { HdinsightProxy } from '../../../../src/core/dialects/hdinsight/proxy';
import type { KafkaRecord } from '../../../../src/core/kafka';
import type { Target } from '../target';

const PARTITION =
  '{"partition_id":0,"earliest_offset":0,"latest_offset":9,"leader":1,"replicas":[],"isr":[]}';
const UNTIL = 40n;

/**
 * Every call of a proxy either gives what the domain promises or rejects with kind `protocol`. A
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
    '3\n[]',
  ],
  run: async (input) => {
    const [next = '', ...rest] = input.toString().split('\n');
    const answer = rest.join('\n');
    const proxy = new HdinsightProxy({ endpoint: 'https://proxy', http: answering(answer, next) });

    for (const { id } of (await promised(proxy.brokers())) ?? [])
      assert.ok(Number.isSafeInteger(id));
    const names = (await promised(proxy.topics()))?.map(({ name }) => name) ?? [];
    assert.ok(
      names.every((name, at) => at === 0 || String(names[at - 1]) < name),
      'topics sorted',
    );
    const partitions = (await promised(proxy.partitions('t'))) ?? [];
    for (const { earliest, latest } of partitions) assert.ok(0n <= earliest && earliest <= latest);
    assert.equal(new Set(partitions.map(({ id }) => id)).size, partitions.length);
    const results = (await promised(proxy.produce('t', [{ value: 'a' }]))) ?? [];
    assert.deepEqual(
      results.map(({ status }) => status),
      ['accepted'],
    );
    await promised(proxy.createTopic({ name: 't' }));
    await promised(readAll(proxy));
  },
};

async function readAll(proxy: HdinsightProxy): Promise<void> {
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
  assert.ok(key === null || typeof key === 'string');
  assert.ok(value === null || typeof value === 'string');
  assert.ok(timestamp === undefined || Number.isSafeInteger(timestamp));
}

/** A server that has one answer for everything, but for where a partition begins and ends. */
function answering(text: string, next: string): HttpClient {
  return {
    request: ({ url, method }) => {
      const isPartition = method === 'GET' && url.pathname.endsWith('/partitions/0');
      const body = Buffer.from(isPartition ? PARTITION : text);
      return Promise.resolve(httpResponse(200, { get: () => next }, body));
    },
    dispose: () => undefined,
  };
}

/** What is promised, or nothing after an error that may come. */
async function promised<T>(promise: Promise<T>): Promise<T | undefined> {
  try {
    return await promise;
  } catch (error) {
    if (error instanceof KafkaError && error.kind === 'protocol') return undefined;
    throw error;
  }
}
