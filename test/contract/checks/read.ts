import assert from 'node:assert/strict';
import type { KafkaRecord, NewRecord } from '../../../src/core/kafka';
import { bytes, type Check, failsWith, offsets, pagesOf, recordsOf } from '../check';

const reads: Check['applies'] = ({ capabilities }) => capabilities.read !== false;

const numbered = (count: number): readonly NewRecord[] =>
  Array.from({ length: count }, (_, n) => ({ key: String(n), value: `value ${n}`, timestamp: n }));

const offsetsOf = (records: readonly KafkaRecord[]) => records.map(({ offset }) => offset);

/** Checks of reading a range: all of it, nothing else, and exactly as it was written. */
export const readChecks: readonly Check[] = [
  {
    name: 'reads a range, including its first offset and excluding its end',
    applies: reads,
    run: async ({ proxy, server, topic }) => {
      const name = await topic();
      await server.append(name, numbered(20));
      const records = await recordsOf(proxy, name, { from: 5n, until: 15n });
      assert.deepEqual(offsetsOf(records), offsets(5, 15));
      for (const { partition, offset, key, value } of records) {
        assert.equal(partition, 0);
        assert.equal(bytes(key), bytes(String(offset)));
        assert.equal(bytes(value), bytes(`value ${offset}`));
      }
    },
  },
  {
    name: 'reads from the requested partition',
    applies: reads,
    run: async ({ proxy, server, topic }) => {
      const name = await topic({ partitions: 2 });
      await server.append(name, [{ value: 'a' }, { value: 'b', partition: 1 }]);
      const range = { topic: name, partition: 1, from: 0n, until: 1n };
      for await (const { records } of proxy.read(range)) {
        assert.deepEqual(
          records.map(({ partition, value }) => [partition, bytes(value)]),
          [[1, bytes('b')]],
        );
      }
    },
  },
  {
    name: 'reads the same in small pages, ahead of the consumer or not',
    applies: reads,
    run: async ({ proxy, server, topic }) => {
      const name = await topic();
      await server.append(name, numbered(60));
      for (const flow of [{}, { pageBytes: 1 }, { pageBytes: 500, ahead: 4 }, { ahead: 8 }]) {
        const pages = await pagesOf(proxy, name, { until: 60n }, flow);
        assert.deepEqual(offsetsOf(pages.flatMap(({ records }) => records)), offsets(0, 60));
        let reached = 0n;
        for (const { records, next } of pages) {
          assert.ok(records.every(({ offset }) => offset >= reached && offset < next));
          reached = next;
        }
        assert.equal(reached, 60n);
      }
    },
  },
  {
    name: 'reads nothing of an empty range, and asks for nothing',
    applies: reads,
    run: async ({ proxy, server, topic }) => {
      const name = await topic();
      await server.append(name, numbered(2));
      const before = server.requests.length;
      assert.deepEqual(await pagesOf(proxy, name, { from: 1n, until: 1n }), []);
      assert.equal(server.requests.length, before);
    },
  },
  {
    name: 'reads no further than it is asked to, however much there is',
    applies: reads,
    run: async ({ proxy, server, topic }) => {
      const name = await topic();
      await server.append(name, numbered(50));
      const seen: bigint[] = [];
      const range = { topic: name, partition: 0, from: 0n, until: 50n };
      for await (const { records } of proxy.read(range, { pageBytes: 100 })) {
        seen.push(...offsetsOf(records));
        await server.append(name, numbered(5));
      }
      assert.deepEqual(seen, offsets(0, 50));
    },
  },
  {
    name: 'reads over gaps, at the beginning, in the middle and at the end',
    applies: reads,
    run: async ({ proxy, server, topic }) => {
      const name = await topic();
      await server.append(name, numbered(40));
      await server.compact(name, [...offsets(0, 3), ...offsets(10, 25), ...offsets(37, 40)]);
      const left = [...offsets(3, 10), ...offsets(25, 37)];
      for (const flow of [{}, { pageBytes: 200, ahead: 3 }]) {
        const records = await recordsOf(proxy, name, { until: 40n }, flow);
        assert.deepEqual(offsetsOf(records), left);
      }
    },
  },
  {
    name: 'continues behind what retention deleted, and reports what is missing',
    applies: reads,
    run: async ({ proxy, server, topic }) => {
      const name = await topic();
      await server.append(name, numbered(10));
      await server.trim(name, 4n);
      const pages = await pagesOf(proxy, name, { from: 1n, until: 10n });
      assert.deepEqual(
        pages.flatMap(({ skipped }) => skipped ?? []),
        [{ from: 1n, to: 4n, reason: 'retention' }],
      );
      assert.deepEqual(offsetsOf(pages.flatMap(({ records }) => records)), offsets(4, 10));
    },
  },
  {
    name: 'reads large records between small ones',
    applies: reads,
    run: async ({ proxy, server, topic }) => {
      const name = await topic();
      const large = 'x'.repeat(900_000);
      const values = ['small', `${large}1`, `${large}2`, 'small', `${large}3`, 'small'];
      await server.append(
        name,
        values.map((value) => ({ value })),
      );
      for (const flow of [{}, { pageBytes: 1_000, ahead: 2, maxAheadBytes: 10_000 }]) {
        const records = await recordsOf(proxy, name, { until: 6n }, flow);
        assert.ok(records.length === 6 && offsetsOf(records)[5] === 5n);
        records.forEach(({ value }, index) => {
          assert.ok(bytes(value) === bytes(values[index]), `value ${index} is another one`);
        });
      }
    },
  },
  {
    name: 'tells null from text, in keys and values',
    applies: reads,
    run: async ({ proxy, server, topic }) => {
      const name = await topic();
      await server.append(name, [
        { key: null, value: 'null' },
        { key: 'null', value: null },
      ]);
      const records = await recordsOf(proxy, name, { until: 2n });
      assert.deepEqual(
        records.map(({ key, value }) => [bytes(key), bytes(value)]),
        [
          [null, bytes('null')],
          [bytes('null'), null],
        ],
      );
    },
  },
  {
    name: 'reads timestamps',
    applies: ({ capabilities: { read } }) => read !== false && read.timestamp,
    run: async ({ proxy, server, topic }) => {
      const name = await topic();
      const timestamp = 1_700_000_000_123;
      await server.append(name, [{ value: 'a', timestamp }]);
      const [record] = await recordsOf(proxy, name, { until: 1n });
      assert.equal(record?.timestamp, timestamp);
    },
  },
  {
    name: 'reads headers in order, including repeated names, bytes and null',
    applies: ({ capabilities: { read } }) => read !== false && read.headers,
    run: async ({ proxy, server, topic }) => {
      const name = await topic();
      const headers = [
        { name: 'a', value: Buffer.from([0xff, 0]) },
        { name: 'b', value: null },
        { name: 'a', value: Buffer.from('again') },
      ];
      await server.append(name, [{ value: 'v', headers }]);
      const [record] = await recordsOf(proxy, name, { until: 1n });
      assert.deepEqual(
        record?.headers?.map(({ name: of, value }) => [of, bytes(value)]),
        headers.map(({ name: of, value }) => [of, bytes(value)]),
      );
    },
  },
  {
    name: 'reads back the bytes that it wrote',
    applies: ({ capabilities: { read, produce } }) =>
      read !== false && produce !== false && produce.binary,
    run: async ({ proxy, topic }) => {
      const name = await topic();
      const value = Buffer.from([0xff, 0xfe, 0, 0xc3, 0x28]);
      await proxy.produce(name, [{ key: value, value }]);
      const [record] = await recordsOf(proxy, name, { until: 1n });
      assert.deepEqual([bytes(record?.key), bytes(record?.value)], [bytes(value), bytes(value)]);
    },
  },
  {
    name: 'finds an offset by time',
    applies: (proxy) => proxy.offsetAtTime !== undefined,
    run: async ({ proxy, server, topic }) => {
      const name = await topic();
      const times = [1_000, 3_000, 2_000, 5_000];
      await server.append(
        name,
        times.map((timestamp) => ({ value: 'v', timestamp })),
      );
      const at = async (time: number) => proxy.offsetAtTime?.(name, 0, time);
      const found = await Promise.all([0, 1_000, 1_001, 3_001, 5_001].map(at));
      assert.deepEqual(found, [0n, 0n, 1n, 3n, undefined]);
    },
  },
  {
    name: 'refuses to read if it cannot',
    applies: ({ capabilities }) => capabilities.read === false,
    run: async ({ proxy, topic }) => {
      await failsWith(pagesOf(proxy, await topic(), { until: 1n }), 'unsupported');
    },
  },
];
