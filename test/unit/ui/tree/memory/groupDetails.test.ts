import assert from 'node:assert/strict';
import { byTopic, fetchGroup, lagOf } from '../../../../../src/ui/tree/memory/groupDetails';

const at = (topic: string, partition: number, current: bigint, end: bigint) => ({
  topic,
  partition,
  current,
  end,
});

describe('the details of a consumer group', () => {
  it('have a lag, which is never negative', () => {
    assert.equal(lagOf([at('a', 0, 3n, 10n), at('a', 1, 12n, 10n)]), 7n);
    assert.equal(lagOf([at('a', 0, 2n ** 60n, 2n ** 60n + 1n)]), 1n);
    assert.equal(lagOf([]), 0n);
  });

  it('are sorted by topic, as people count, and partition', () => {
    const positions = [at('t-10', 1, 0n, 0n), at('t-2', 0, 0n, 0n), at('t-10', 0, 0n, 0n)];
    assert.deepEqual(
      byTopic(positions).map(({ topic, positions: own }) => [topic, own.map((p) => p.partition)]),
      [
        ['t-2', [0]],
        ['t-10', [0, 1]],
      ],
    );
  });

  it('are fetched at once, and fail if one of them does', async () => {
    const proxy = {
      groupMembers: () => Promise.resolve([{ id: 'm' }]),
      groupPositions: () => Promise.resolve([at('a', 0, 0n, 1n)]),
    };
    const { signal } = new AbortController();
    const { members, positions } = await fetchGroup(proxy, 'g', signal);
    assert.deepEqual([members.length, positions.length], [1, 1]);
    const failing = { ...proxy, groupPositions: () => Promise.reject(new Error('gone')) };
    await assert.rejects(fetchGroup(failing, 'g', signal), /gone/);
  });
});
