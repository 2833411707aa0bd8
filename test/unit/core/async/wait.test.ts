import assert from 'node:assert/strict';
import { backoff, MAX_WAIT_MS, wait } from '../../../../src/core/async/wait';

describe('backoff', () => {
  const { random } = Math;
  afterEach(() => {
    Math.random = random;
  });

  it('doubles with each failure, and takes between half of that and all of it', () => {
    Math.random = () => 0;
    assert.deepEqual(
      [1, 2, 3].map((failures) => backoff(failures, 100)),
      [50, 100, 200],
    );
    Math.random = () => 0.5;
    assert.deepEqual(
      [1, 2, 3].map((failures) => backoff(failures, 100)),
      [75, 150, 300],
    );
  });

  it('ends at a limit', () => {
    assert.equal(backoff(30, 100), MAX_WAIT_MS);
  });
});

describe('wait', () => {
  it('ends with the reason of the signal as soon as it aborts', async () => {
    const abort = new AbortController();
    const waiting = wait(60_000, abort.signal);
    const reason = new Error('cancelled');
    abort.abort(reason);
    await assert.rejects(waiting, reason);
  });
});
