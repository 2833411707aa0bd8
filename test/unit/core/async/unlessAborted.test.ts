import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { unlessAborted } from '../../../../src/core/async/unlessAborted';

describe('unlessAborted', () => {
  const reason = new Error('cancelled');
  const never = new Promise<never>(() => undefined);

  it('gives the result, with or without a signal', async () => {
    assert.equal(await unlessAborted(Promise.resolve('done')), 'done');
    const { signal } = new AbortController();
    assert.equal(await unlessAborted(Promise.resolve('done'), signal), 'done');
    assert.deepEqual(getEventListeners(signal, 'abort'), []);
  });

  it('fails as the promise does', async () => {
    const failure = new Error('failed');
    await assert.rejects(
      unlessAborted(Promise.reject(failure), new AbortController().signal),
      failure,
    );
  });

  it('leaves as soon as the signal aborts, and listens no more', async () => {
    const abort = new AbortController();
    const left = unlessAborted(never, abort.signal);
    abort.abort(reason);
    await assert.rejects(left, reason);
    assert.deepEqual(getEventListeners(abort.signal, 'abort'), []);
  });

  it('leaves at once if the signal has aborted, also if there is a result', async () => {
    await assert.rejects(unlessAborted(never, AbortSignal.abort(reason)), reason);
    await assert.rejects(unlessAborted(Promise.resolve('done'), AbortSignal.abort(reason)), reason);
  });
});
