import assert from 'node:assert/strict';
import type { KafkaProxy, NewRecord } from '../../../src/core/kafka';
import { bytes, type Check, failsWith } from '../check';
import type { ContractServer, ServerFault } from '../server';

/** The members of a record that a dialect says it can carry. */
type Produce = Exclude<KafkaProxy['capabilities']['produce'], false>;

const can =
  (test: (produce: Produce) => boolean): Check['applies'] =>
  ({ capabilities: { produce } }) =>
    produce !== false && test(produce);
const produces = can(() => true);

/** A member that some dialects cannot carry, and a record that has it. */
const members: readonly {
  readonly name: string;
  readonly carries: (produce: Produce) => boolean;
  readonly record: NewRecord;
}[] = [
  {
    name: 'headers',
    carries: ({ headers }) => headers,
    record: {
      value: 'v',
      headers: [
        { name: 'a', value: Buffer.from([0xff, 0]) },
        { name: 'a', value: Buffer.from('again') },
      ],
    },
  },
  {
    name: 'a timestamp',
    carries: ({ timestamp }) => timestamp,
    record: { value: 'v', timestamp: 1_700_000_000_123 },
  },
  { name: 'a tombstone', carries: ({ tombstone }) => tombstone, record: { key: 'k', value: null } },
  {
    name: 'bytes that are not UTF-8',
    carries: ({ binary }) => binary,
    record: { key: Buffer.from([0xc3, 0x28]), value: Buffer.from([0xff, 0xfe, 0]) },
  },
];

/** Texts that break if something escapes or rounds them. */
const texts = ['', '"', '\\', 'a\nb\r\n\t', '\u0000\u001f', '{"n":9007199254740993}', 'é😀\u2028'];

/** Checks of producing: what arrives, what is refused, and what is never sent twice. */
export const produceChecks: readonly Check[] = [
  {
    name: 'writes keys and values exactly, in order, and returns a result for each record',
    applies: produces,
    run: async ({ proxy, server, topic }) => {
      const name = await topic();
      const records = texts.map((text) => ({ key: text, value: text, partition: 0 }));
      const results = await proxy.produce(name, records);
      assert.deepEqual(
        results.map(({ status }) => status),
        records.map(() => 'accepted'),
      );
      const stored = await server.stored(name);
      assert.deepEqual(
        stored.map(({ key, value }) => [bytes(key), bytes(value)]),
        records.map(({ key, value }) => [bytes(key), bytes(value)]),
      );
      results.forEach((result, index) => {
        if (result.status !== 'accepted' || result.offset === undefined) return;
        assert.deepEqual([result.partition, result.offset], [0, stored[index]?.offset]);
      });
    },
  },
  {
    name: 'writes to the partition that is asked for',
    applies: produces,
    run: async ({ proxy, server, topic }) => {
      const name = await topic({ partitions: 3 });
      await proxy.produce(name, [
        { value: 'c', partition: 2 },
        { value: 'b', partition: 1 },
      ]);
      const stored = await server.stored(name);
      assert.deepEqual(
        stored.map(({ partition, value }) => [partition, bytes(value)]),
        [
          [1, bytes('b')],
          [2, bytes('c')],
        ],
      );
    },
  },
  {
    name: 'writes no key if there is none, or an empty one if it says so',
    applies: produces,
    run: async ({ proxy, server, topic }) => {
      const name = await topic();
      const { produce } = proxy.capabilities;
      await proxy.produce(name, [{ value: 'a' }, { key: null, value: 'b' }]);
      const none = produce && produce.emptyKeys ? '' : null;
      assert.deepEqual(
        (await server.stored(name)).map(({ key }) => bytes(key)),
        [none, none],
      );
    },
  },
  ...members.flatMap(({ name: member, carries, record }): readonly Check[] => [
    {
      name: `carries ${member}`,
      applies: can(carries),
      run: async ({ proxy, server, topic }) => {
        const name = await topic();
        await proxy.produce(name, [record]);
        const [stored, ...others] = await server.stored(name);
        assert.ok(stored && others.length === 0);
        assert.deepEqual(
          [bytes(stored.key), bytes(stored.value)],
          [bytes(record.key), bytes(record.value)],
        );
        if (record.timestamp !== undefined) assert.equal(stored.timestamp, record.timestamp);
        assert.deepEqual(headersOf(stored), headersOf(record));
      },
    },
    {
      name: `refuses ${member} that it cannot carry, and sends nothing`,
      applies: can((produce) => !carries(produce)),
      run: async ({ proxy, server, topic }) => {
        const name = await topic();
        const before = server.requests.length;
        await failsWith(proxy.produce(name, [{ value: 'first' }, record]), 'unsupported');
        assert.equal(server.requests.length, before);
      },
    },
  ]),
  {
    name: 'writes records that it prepared as it writes any others',
    applies: produces,
    run: async ({ proxy, server, topic }) => {
      const name = await topic();
      const plain: NewRecord = { value: 'plain' };
      const produce = async (records: readonly NewRecord[]): Promise<void> => {
        proxy.prepare?.(records);
        const results = await proxy.produce(name, records);
        assert.ok(results.every(({ status }) => status === 'accepted'));
      };
      await produce([plain]);
      // What it carries may be known only now.
      const { produce: able } = proxy.capabilities;
      const carried = members.filter(({ carries }) => able && carries(able));
      const records = [plain, ...carried.map(({ record }) => record)];
      await produce(records);
      const stored = await server.stored(name);
      assert.deepEqual(
        stored.map(({ value }) => bytes(value)).sort(),
        [plain, ...records].map(({ value }) => bytes(value)).sort(),
      );
      assert.deepEqual(stored.flatMap(headersOf), records.flatMap(headersOf));
    },
  },
  {
    name: 'takes as many records as it says',
    applies: produces,
    run: async ({ proxy, server, topic }) => {
      const name = await topic();
      const { produce } = proxy.capabilities;
      assert.ok(produce);
      const count = Math.min(produce.maxBatchRecords, 1_000);
      const records = Array.from({ length: count }, (_, n) => ({ value: String(n) }));
      const results = await proxy.produce(name, records);
      assert.equal(results.length, count);
      assert.equal((await server.stored(name)).length, count);
    },
  },
  {
    name: 'never reports records as written if their topic or partition is unknown',
    applies: produces,
    run: async ({ proxy, topic }) => {
      const name = await topic();
      for (const [to, partition] of [
        ['contract-unknown', 0],
        [name, 7],
      ] as const) {
        const produced = proxy.produce(to, [{ value: 'a', partition }]);
        const results = await produced.catch(() => [{ status: 'refused' }]);
        assert.deepEqual(
          results.map(({ status }) => status),
          ['refused'],
        );
      }
    },
  },
  ...(['cutOff', 'hang', 'unavailable', 'nonsense'] as const).map((fault): Check => ({
    name: `sends records once, and never calls them refused: ${fault}`,
    applies: produces,
    run: async ({ persistent, server, topic }) => {
      const name = await topic();
      const { statuses, sent } = await produceUnder(fault, persistent(), server, name);
      assert.equal(sent, 1);
      assert.ok(
        statuses.every((status) => status === 'unclear'),
        statuses.join(),
      );
      assert.ok((await server.stored(name)).length <= 2);
    },
  })),
  {
    name: 'writes once if it may send again: throttled',
    applies: produces,
    run: async ({ persistent, server, topic }) => {
      const name = await topic();
      await server.break('throttled', { on: 'write', times: 1 });
      const results = await persistent().produce(name, [{ value: 'a' }]);
      assert.deepEqual(
        results.map(({ status }) => status),
        ['accepted'],
      );
      assert.equal((await server.stored(name)).length, 1);
    },
  },
  {
    name: 'rejects what certainly was not written: forbidden',
    applies: produces,
    run: async ({ proxy, server, topic }) => {
      const name = await topic();
      await server.break('forbidden', { on: 'write' });
      await failsWith(proxy.produce(name, [{ value: 'a' }]), 'forbidden');
      assert.deepEqual(await server.stored(name), []);
    },
  },
  {
    name: 'refuses to produce if it cannot, and sends nothing',
    applies: ({ capabilities }) => capabilities.produce === false,
    run: async ({ proxy, server, topic }) => {
      const name = await topic();
      const before = server.requests.length;
      await failsWith(proxy.produce(name, [{ value: 'a' }]), 'unsupported');
      assert.equal(server.requests.length, before);
    },
  },
];

/** Produces two records while requests that write fail. Aborts a request that hangs. */
async function produceUnder(
  fault: ServerFault,
  proxy: KafkaProxy,
  server: ContractServer,
  topic: string,
): Promise<{ readonly statuses: readonly string[]; readonly sent: number }> {
  const before = server.requests.length;
  const abort = new AbortController();
  await server.break(fault, { on: 'write' });
  const options = { signal: abort.signal };
  const produced = proxy.produce(topic, [{ value: 'a' }, { value: 'b' }], options);
  if (fault === 'hang') {
    await writeArrived(server, before);
    abort.abort();
  }
  const results = await produced;
  const sent = server.requests.slice(before).filter(({ writes }) => writes).length;
  return { statuses: results.map(({ status }) => status), sent };
}

/** Resolves once a request that writes has arrived after the first `before` requests. */
async function writeArrived(server: ContractServer, before: number): Promise<void> {
  for (let count = before + 1; ; count += 1) {
    await server.arrived(count);
    if (server.requests.slice(before, count).some(({ writes }) => writes)) return;
  }
}

function headersOf({ headers = [] }: NewRecord): readonly (readonly [string, string | null])[] {
  return headers.map(({ name, value }) => [name, bytes(value)] as const);
}
