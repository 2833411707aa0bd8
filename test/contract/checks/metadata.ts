import assert from 'node:assert/strict';
import { type Check, failsWith } from '../check';

/** The methods that are there if the ability is. */
const METHODS = {
  topicProperties: ['topicProperties'],
  groups: ['consumerGroups', 'groupMembers', 'groupPositions'],
  deleteTopic: ['deleteTopic'],
  alterTopic: ['alterTopic'],
  addPartitions: ['addPartitions'],
} as const;

/** Checks of topics, partitions and brokers. */
export const metadataChecks: readonly Check[] = [
  {
    name: 'has the methods of its abilities',
    run: ({ proxy }) => {
      for (const [ability, methods] of Object.entries(METHODS)) {
        if (!new Map<string, unknown>(Object.entries(proxy.capabilities)).get(ability)) continue;
        for (const method of methods) assert.equal(typeof proxy[method], 'function', method);
      }
      return Promise.resolve();
    },
  },
  {
    name: 'lists topics, sorted by name',
    run: async ({ proxy, topic }) => {
      const made = [await topic(), await topic()];
      const names = (await proxy.topics()).map(({ name }) => name);
      for (const name of made) assert.ok(names.includes(name), `${name} is missing`);
      assert.deepEqual(names, [...new Set(names)].sort());
    },
  },
  {
    name: 'lists brokers, each once',
    applies: ({ capabilities }) => capabilities.brokers,
    run: async ({ proxy }) => {
      const ids = (await proxy.brokers()).map(({ id }) => id);
      assert.ok(ids.length > 0);
      assert.equal(new Set(ids).size, ids.length);
      assert.ok(ids.every(Number.isInteger));
    },
  },
  {
    name: 'refuses to list brokers if it cannot',
    applies: ({ capabilities }) => !capabilities.brokers,
    run: async ({ proxy }) => {
      await failsWith(proxy.brokers(), 'unsupported');
    },
  },
  {
    name: 'describes partitions, sorted by id, with their ends and replicas',
    run: async ({ proxy, server, topic }) => {
      const name = await topic({ partitions: 3 });
      await server.append(name, [
        { value: 'a', partition: 0 },
        { value: 'b', partition: 0 },
        { value: 'c', partition: 2 },
      ]);
      await server.trim(name, 1n);
      const partitions = await proxy.partitions(name);
      assert.deepEqual(
        partitions.map(({ id, earliest, latest }) => [id, earliest, latest]),
        [
          [0, 1n, 2n],
          [1, 0n, 0n],
          [2, 0n, 1n],
        ],
      );
      for (const { leader, replicas, isr } of partitions) {
        assert.ok(leader === null || leader === undefined || replicas.includes(leader));
        assert.ok(isr.every((broker) => replicas.includes(broker)));
      }
      assert.deepEqual(await proxy.partition(name, 2), partitions[2]);
    },
  },
  {
    name: 'keeps offsets of 64 bits exact',
    run: async ({ proxy, server, topic }) => {
      const first = 2n ** 53n + 1n;
      const name = await topic({ firstOffset: first });
      await server.append(name, [{ value: 'a' }, { value: 'b' }]);
      const near = () => first;
      const { earliest, latest } = await proxy.partition(name, 0, { near });
      assert.deepEqual([earliest, latest], [first, first + 2n]);
      if (!proxy.capabilities.read) return;
      const seen: bigint[] = [];
      const range = { topic: name, partition: 0, from: first, until: first + 2n };
      for await (const { records } of proxy.read(range)) {
        seen.push(...records.map(({ offset }) => offset));
      }
      assert.deepEqual(seen, [first, first + 1n]);
    },
  },
  {
    name: 'says that a topic or partition is unknown',
    run: async ({ proxy, topic }) => {
      const name = await topic();
      await failsWith(proxy.partitions('contract-unknown'), 'not-found');
      await failsWith(proxy.partition('contract-unknown', 0), 'not-found');
      await failsWith(proxy.partition(name, 1), 'not-found');
    },
  },
  {
    name: 'takes every name as one name, even with characters that mean something in a URL',
    run: async ({ proxy, topic }) => {
      const name = await topic();
      for (const strange of [`${name}/partitions/0`, `x/../${name}`, `${name}?x`, `${name}#x`]) {
        await failsWith(proxy.partitions(strange), 'not-found', 'rejected');
      }
      for (const none of ['', '.', '..', '\ud800']) {
        await failsWith(proxy.partitions(none), 'not-found', 'rejected');
      }
    },
  },
];
