import assert from 'node:assert/strict';
import { KafkaError } from '../../../../../src/core/errors';
import { TopicSizes } from '../../../../../src/ui/tree/memory/topicSizes';

/** Tasks that a test ends, and what has begun so far. */
function startTasks(ids: readonly string[]) {
  const begun: string[] = [];
  const ends = new Map<string, { end: () => void; fail: () => void }>();
  const tasks = ids.map((id) => ({
    id,
    fetch: (signal: AbortSignal) =>
      new Promise<undefined>((resolve, reject) => {
        const fail = () => {
          reject(new Error('failed'));
        };
        signal.addEventListener('abort', fail);
        begun.push(id);
        ends.set(id, {
          end: () => {
            resolve(undefined);
          },
          fail,
        });
      }),
  }));
  const begin = async (count: number) => {
    while (begun.length < count) await new Promise((resolve) => setImmediate(resolve));
  };
  return { tasks, begun, ends, begin };
}

describe('the sizes of topics', () => {
  const changed: string[] = [];
  const sizes = new TopicSizes((id) => changed.push(id), 0);

  beforeEach(() => (changed.length = 0));

  it('are fetched two at a time, in their order, and told one by one', async () => {
    const { tasks, begun, ends, begin } = startTasks(['a', 'b', 'c']);
    const done = sizes.load('list', tasks);
    await begin(2);
    assert.deepEqual(begun, ['a', 'b']);
    ends.get('b')?.end();
    await begin(3);
    assert.deepEqual(changed, ['b']);
    ends.get('a')?.end();
    ends.get('c')?.end();
    await done;
    assert.deepEqual(changed, ['b', 'a', 'c']);
  });

  it('are fetched no more after a failure, so that a server in trouble is left alone', async () => {
    const { tasks, begun, ends, begin } = startTasks(['a', 'b', 'c', 'd']);
    const done = sizes.load('list', tasks);
    await begin(2);
    ends.get('a')?.fail();
    await done;
    assert.deepEqual(begun, ['a', 'b']);
    assert.deepEqual(changed, []);
  });

  it('are fetched no more once one can only be remembered', async () => {
    let asked = 0;
    const fetch = () => {
      asked++;
      return Promise.resolve({ failure: new KafkaError('timeout', {}) });
    };
    await sizes.load(
      'list',
      ['a', 'b', 'c', 'd', 'e'].map((id) => ({ id, fetch })),
    );
    assert.ok(asked <= 2, String(asked));
  });

  it('leave out a topic that is gone', async () => {
    const gone = () => Promise.reject(new KafkaError('not-found', {}));
    const found = () => Promise.resolve(undefined);
    await sizes.load('list', [
      { id: 'a', fetch: gone },
      { id: 'b', fetch: found },
    ]);
    assert.deepEqual(changed, ['b']);
  });

  it('are fetched no more once the list is another one, or hidden', async () => {
    const old = startTasks(['a', 'b', 'c']);
    const first = sizes.load('list', old.tasks);
    await old.begin(2);
    const other = startTasks(['d']);
    const second = sizes.load('list', other.tasks);
    await first;
    assert.deepEqual(old.begun, ['a', 'b']);
    await other.begin(1);
    sizes.stop();
    await second;
    assert.deepEqual(changed, []);
  });

  it('of one list are not ended by another one', async () => {
    const { tasks, ends, begin } = startTasks(['a']);
    const done = sizes.load('one', tasks);
    await begin(1);
    await sizes.load('other', []);
    sizes.stop('other');
    ends.get('a')?.end();
    await done;
    assert.deepEqual(changed, ['a']);
  });
});
