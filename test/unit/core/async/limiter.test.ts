import assert from 'node:assert/strict';
import { openLimiter } from '../../../../src/core/async/limiter';

describe('A limiter', () => {
  /** Lets everything happen that waits for nothing from outside. */
  const settle = () => new Promise(setImmediate);

  /** A task that runs until it is told to end, and says when it has begun. */
  function openTask(name: string, begun: string[]) {
    let end = (): void => undefined;
    const ended = new Promise<void>((resolve) => {
      end = resolve;
    });
    const run = async () => {
      begun.push(name);
      await ended;
      return name;
    };
    return {
      run,
      end: () => {
        end();
      },
    };
  }

  it('runs no more tasks at once than it may, and the others in their order', async () => {
    const limiter = openLimiter(2);
    const begun: string[] = [];
    const tasks = ['a', 'b', 'c', 'd'].map((name) => openTask(name, begun));
    const results = tasks.map(({ run }) => limiter(run));
    await settle();
    assert.deepEqual(begun, ['a', 'b']);
    tasks[1]?.end();
    await settle();
    assert.deepEqual(begun, ['a', 'b', 'c']);
    for (const { end } of tasks) end();
    assert.deepEqual(await Promise.all(results), ['a', 'b', 'c', 'd']);
  });

  it('lets the next one begin when a task fails', async () => {
    const limiter = openLimiter(1);
    const failure = new Error('failed');
    const failed = assert.rejects(
      limiter(() => Promise.reject(failure)),
      failure,
    );
    assert.equal(await limiter(() => Promise.resolve('next')), 'next');
    await failed;
  });

  it('keeps its limit after it was idle', async () => {
    const limiter = openLimiter(1);
    await limiter(() => Promise.resolve());
    await limiter(() => Promise.resolve());
    const begun: string[] = [];
    const tasks = ['a', 'b'].map((name) => openTask(name, begun));
    const results = tasks.map(({ run }) => limiter(run));
    await settle();
    assert.deepEqual(begun, ['a']);
    for (const { end } of tasks) end();
    await Promise.all(results);
  });
});
