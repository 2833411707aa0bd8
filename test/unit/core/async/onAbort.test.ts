import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { onAbort } from '../../../../src/core/async/onAbort';

describe('onAbort', () => {
  it('acts once when the signal aborts while the work runs', async () => {
    const abort = new AbortController();
    let times = 0;
    const result = await onAbort(
      abort.signal,
      () => times++,
      () => {
        abort.abort();
        return Promise.resolve('done');
      },
    );
    assert.deepEqual([result, times], ['done', 1]);
  });

  it('acts before the work begins if the signal has aborted', async () => {
    const steps: string[] = [];
    await onAbort(
      AbortSignal.abort(),
      () => steps.push('act'),
      () => Promise.resolve(steps.push('work')),
    );
    assert.deepEqual(steps, ['act', 'work']);
  });

  it('does not act when nothing is aborted, and needs no signal', async () => {
    let times = 0;
    const act = () => times++;
    assert.equal(await onAbort(undefined, act, () => Promise.resolve('done')), 'done');
    assert.equal(
      await onAbort(new AbortController().signal, act, () => Promise.resolve('done')),
      'done',
    );
    assert.equal(times, 0);
  });

  it('does not listen any more once the work has ended, also if it failed', async () => {
    const { signal } = new AbortController();
    const failure = new Error('failed');
    const nothing = (): void => undefined;
    const work = onAbort(signal, nothing, () => Promise.reject(failure));
    await assert.rejects(work, failure);
    assert.deepEqual(getEventListeners(signal, 'abort'), []);
  });
});
