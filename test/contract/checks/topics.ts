import assert from 'node:assert/strict';
import { type Check, failsWith } from '../check';

const creates: Check['applies'] = ({ capabilities }) => capabilities.createTopic !== false;

/** Checks of creating, changing and deleting topics. */
export const topicChecks: readonly Check[] = [
  {
    name: 'creates a topic as it was asked for',
    applies: creates,
    run: async ({ proxy, topic }) => {
      const name = `${await topic()}-made`;
      await proxy.createTopic({ name, partitionCount: 2, replicationFactor: 1 });
      assert.equal((await proxy.partitions(name)).length, 2);
      assert.ok((await proxy.topics()).some((listed) => listed.name === name));
    },
  },
  {
    name: 'creates a topic with the defaults of the cluster, and with properties if it can',
    applies: creates,
    run: async ({ proxy, topic }) => {
      const name = `${await topic()}-made`;
      const can = proxy.capabilities.createTopic;
      const properties = can && can.properties && { properties: { 'retention.ms': '3600000' } };
      await proxy.createTopic({ name, ...properties });
      assert.ok((await proxy.partitions(name)).length > 0);
      if (!properties || !proxy.topicProperties) return;
      const found = (await proxy.topicProperties(name)).find(
        (each) => each.name === 'retention.ms',
      );
      assert.equal(found?.value, '3600000');
    },
  },
  {
    name: 'does not create what exists, and says so',
    applies: creates,
    run: async ({ proxy, topic }) => {
      const name = await topic({ partitions: 2 });
      await failsWith(proxy.createTopic({ name, partitionCount: 5 }), 'rejected');
      assert.equal((await proxy.partitions(name)).length, 2);
    },
  },
  {
    name: 'asks once to create a topic, and calls it unclear when the response is lost',
    applies: creates,
    run: async ({ persistent, server, topic }) => {
      const name = `${await topic()}-made`;
      const client = persistent();
      const before = writes(server.requests);
      await server.break('cutOff', { on: 'write' });
      await failsWith(client.createTopic({ name }), 'unclear');
      assert.equal(writes(server.requests) - before, 1);
    },
  },
  {
    name: 'refuses to create a topic if it cannot, and sends nothing',
    applies: ({ capabilities }) => capabilities.createTopic === false,
    run: async ({ proxy, server }) => {
      const before = server.requests.length;
      await failsWith(proxy.createTopic({ name: 'contract-none' }), 'unsupported');
      assert.equal(server.requests.length, before);
    },
  },
  {
    name: 'checks whether a topic could be created, and creates none',
    applies: (proxy) => proxy.checkTopic !== undefined,
    run: async ({ proxy, topic }) => {
      const name = await topic();
      await proxy.checkTopic?.({ name: `${name}-made`, partitionCount: 2 });
      assert.ok((await proxy.topics()).every((listed) => listed.name !== `${name}-made`));
      await failsWith(proxy.checkTopic?.({ name }) ?? Promise.resolve(), 'rejected');
    },
  },
  {
    name: 'adds partitions, and takes none away',
    applies: ({ capabilities }) => capabilities.addPartitions,
    run: async ({ proxy, topic }) => {
      const name = await topic({ partitions: 2 });
      await proxy.addPartitions?.(name, 3);
      assert.equal((await proxy.partitions(name)).length, 3);
      for (const total of [3, 1]) {
        await failsWith(proxy.addPartitions?.(name, total) ?? Promise.resolve(), 'rejected');
      }
      assert.equal((await proxy.partitions(name)).length, 3);
    },
  },
  {
    name: 'deletes a topic',
    applies: (proxy) => proxy.deleteTopic !== undefined,
    run: async ({ proxy, topic }) => {
      const name = await topic();
      await proxy.deleteTopic?.(name);
      assert.ok((await proxy.topics()).every((listed) => listed.name !== name));
      await failsWith(proxy.deleteTopic?.(name) ?? Promise.resolve(), 'not-found');
    },
  },
  {
    name: 'lists the properties of a topic, sorted by name',
    applies: (proxy) => proxy.topicProperties !== undefined,
    run: async ({ proxy, topic }) => {
      const properties = (await proxy.topicProperties?.(await topic())) ?? [];
      const names = properties.map(({ name }) => name);
      assert.ok(names.includes('retention.ms'));
      assert.deepEqual(names, [...new Set(names)].sort());
    },
  },
  {
    name: 'changes the properties that are named, and no others',
    applies: (proxy) => proxy.alterTopic !== undefined && proxy.topicProperties !== undefined,
    run: async ({ proxy, topic }) => {
      const name = await topic();
      const read = async () =>
        new Map((await proxy.topicProperties?.(name))?.map((each) => [each.name, each.value]));
      const before = await read();
      await proxy.alterTopic?.(name, [{ name: 'retention.ms', value: '1234567' }]);
      assert.deepEqual(await read(), new Map(before).set('retention.ms', '1234567'));
      await proxy.alterTopic?.(name, [{ name: 'retention.ms', value: null }]);
      assert.deepEqual(await read(), before);
    },
  },
  {
    name: 'lists consumer groups, sorted by id, with the position of each',
    applies: (proxy) => proxy.consumerGroups !== undefined,
    run: async ({ proxy, server, topic }) => {
      const name = await topic();
      await server.append(name, [{ value: 'a' }, { value: 'b' }, { value: 'c' }]);
      await server.commit?.(`${name}-b`, name, 2n);
      await server.commit?.(`${name}-a`, name, 0n);
      const ids = ((await proxy.consumerGroups?.()) ?? []).map(({ id }) => id);
      assert.deepEqual(
        ids.filter((id) => id.startsWith(name)),
        [`${name}-a`, `${name}-b`],
      );
      assert.deepEqual(await proxy.groupPositions?.(`${name}-b`), [
        { topic: name, partition: 0, current: 2n, end: 3n },
      ]);
      assert.deepEqual(await proxy.groupMembers?.(`${name}-b`), []);
      const nobody = `${name}-c`;
      await failsWith(proxy.groupMembers?.(nobody) ?? Promise.resolve(), 'not-found');
      await failsWith(proxy.groupPositions?.(nobody) ?? Promise.resolve(), 'not-found');
    },
  },
];

function writes(requests: readonly { readonly writes: boolean }[]): number {
  return requests.filter((request) => request.writes).length;
}
