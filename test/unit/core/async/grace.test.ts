import assert from 'node:assert/strict';
import { once } from 'node:events';
import { withGrace } from '../../../../src/core/async/grace';

describe('withGrace', () => {
  const reason = new Error('cancelled');

  it('aborts the work at once, for the reason of the signal, if it grants no time', async () => {
    const abort = new AbortController();
    const seen = await withGrace(abort.signal, 0, (late) => {
      abort.abort(reason);
      return Promise.resolve(late.reason as unknown);
    });
    assert.equal(seen, reason);
  });

  it('aborts the work after the time that it grants, and not before', async () => {
    const abort = new AbortController();
    await withGrace(abort.signal, 1, async (late) => {
      abort.abort(reason);
      assert.equal(late.aborted, false);
      await once(late, 'abort');
      assert.equal(late.reason, reason);
    });
  });

  it('leaves no timer behind when the work ends in time', async () => {
    const abort = new AbortController();
    const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout');
    // The timer of Mocha begins once this waits.
    await new Promise(setImmediate);
    const before = timers();
    await withGrace(abort.signal, 60_000, () => {
      abort.abort();
      assert.equal(timers().length, before.length + 1);
      return Promise.resolve();
    });
    assert.deepEqual(timers(), before);
  });
});
