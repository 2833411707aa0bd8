import assert from 'node:assert/strict';
import { type Operation, tell, type Told } from '../../faults/operations/operation';

type Change = Pick<Told, 'outcome' | 'message'>;

/** What is said to be done is there, and what is said not to be done is not. */
function verifyDone({ outcome }: Change, isDone: boolean): void {
  if (outcome !== 'unclear') assert.equal(isDone, outcome === 'ok');
}

export const deleted: Operation = {
  name: 'delete a topic',
  strikes: 'other',
  from: 1,
  run: async (cell) => {
    const { proxy, emulator, signal } = cell;
    const name = `${cell.topic}-old`;
    emulator.createTopic({ name, partitions: 2 });
    const told = await tell(cell, 'delete the topic', async () => {
      await proxy.deleteTopic?.(name, { signal });
    });
    return {
      ...told,
      verify: async () => {
        const names = (await proxy.topics()).map((topic) => topic.name);
        verifyDone(told, !names.includes(name));
        assert.ok(names.includes(cell.topic));
      },
    };
  },
};

export const grown: Operation = {
  name: 'add partitions',
  strikes: 'other',
  from: 1,
  run: async (cell) => {
    const { proxy, topic, signal } = cell;
    const told = await tell(cell, 'add partitions', async () => {
      await proxy.addPartitions?.(topic, 5, { signal });
    });
    return {
      ...told,
      verify: async () => {
        const { length } = await proxy.partitions(topic);
        assert.ok(length === 2 || length === 5, `${length} partitions`);
        verifyDone(told, length === 5);
      },
    };
  },
};

export const configured: Operation = {
  name: 'change a configuration',
  strikes: 'other',
  from: 1,
  run: async (cell) => {
    const { proxy, emulator, topic, signal } = cell;
    const changes = { 'retention.ms': '1000', 'cleanup.policy': 'compact', 'segment.ms': '2000' };
    const told = await tell(cell, 'change the configuration', async () => {
      const before = await proxy.topicProperties?.(topic, { signal });
      assert.ok(before?.some(({ name }) => name === 'retention.ms'));
      const all = Object.entries(changes).map(([name, value]) => ({ name, value }));
      await proxy.alterTopic?.(topic, all, { signal });
    });
    return {
      ...told,
      verify: () => {
        const now = emulator.properties(topic);
        const made = Object.entries(changes).filter(([name, value]) => now.get(name) === value);
        // All of them, or none.
        assert.ok(made.length === 0 || made.length === 3, `${made.length} changes`);
        verifyDone(told, made.length === 3);
      },
    };
  },
};

export const groups: Operation = {
  name: 'look at consumer groups',
  strikes: 'other',
  from: 1,
  run: async (cell) => {
    const { proxy, emulator, topic, signal } = cell;
    const group = `${topic}-group`;
    emulator.append(topic, [{ value: 'x', partition: 0 }]);
    emulator.commit(group, topic, 0, 1n);
    return tell(cell, 'list the consumer groups', async () => {
      const found = await proxy.consumerGroups?.({ signal });
      assert.ok(found?.some(({ id }) => id === group));
      assert.deepEqual(await proxy.groupMembers?.(group, { signal }), []);
      const [position] = (await proxy.groupPositions?.(group, { signal })) ?? [];
      assert.deepEqual([position?.current, position?.end], [1n, 1n]);
    });
  },
};
