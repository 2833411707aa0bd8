import assert from 'node:assert/strict';
import { type Operation, tell } from './operation';

export const list: Operation = {
  name: 'list',
  strikes: 'metadata',
  from: 1,
  run: (cell) =>
    tell(cell, 'list the topics', async () => {
      const topics = await cell.proxy.topics({ signal: cell.signal });
      assert.ok(topics.some(({ name }) => name === cell.topic));
    }),
};

export const describe: Operation = {
  name: 'describe',
  strikes: 'metadata',
  from: 1,
  run: (cell) =>
    tell(cell, 'list the partitions', async () => {
      const { signal } = cell;
      const partitions = await cell.proxy.partitions(cell.topic, { signal });
      assert.deepEqual(
        partitions.map(({ id }) => id),
        [0, 1],
      );
      assert.equal((await cell.proxy.partition(cell.topic, 1, { signal })).id, 1);
    }),
};

/** A topic that is said to be created is there, and one that is said not to be is not. */
export const create: Operation = {
  name: 'create',
  strikes: 'create',
  from: 1,
  run: async (cell) => {
    const name = `${cell.topic}-new`;
    const exists = (): boolean => {
      try {
        return cell.emulator.records(name, 0).length === 0;
      } catch {
        return false;
      }
    };
    const { signal } = cell;
    const told = await tell(cell, 'create the topic', () =>
      cell.proxy.createTopic({ name, partitionCount: 1 }, { signal }),
    );
    return {
      ...told,
      verify: () => {
        const { outcome } = told;
        if (outcome !== 'unclear' && outcome !== 'cancelled') {
          assert.equal(exists(), outcome === 'ok', 'the topic');
        }
      },
    };
  },
};
