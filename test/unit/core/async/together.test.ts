import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { together } from '../../../../src/core/async/together';
import { wait } from '../../../../src/core/async/wait';

describe('tasks together', () => {
  it('return their results in the order of the tasks', async () => {
    const results = await together(undefined, () => [
      Promise.resolve().then(() => Promise.resolve('first')),
      Promise.resolve(2),
    ]);
    assert.deepEqual(results, ['first', 2]);
  });

  it('are aborted when one of them fails, and have all ended then', async () => {
    const failure = new Error('this one failed');
    let ended = false;
    await assert.rejects(
      together(undefined, (signal) => [
        wait(60_000, signal).finally(() => {
          ended = true;
        }),
        Promise.reject(failure),
      ]),
      failure,
    );
    assert.ok(ended);
  });

  it('end with the reason of the signal, and leave nothing on it', async () => {
    const cancel = new AbortController();
    const reason = new Error('cancelled');
    const running = together(cancel.signal, (signal) => [wait(60_000, signal)]);
    cancel.abort(reason);
    await assert.rejects(running, reason);
    assert.equal(getEventListeners(cancel.signal, 'abort').length, 0);
  });
});
