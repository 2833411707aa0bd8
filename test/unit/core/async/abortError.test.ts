import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { isAbortError } from '../../../../src/core/async/abortError';

describe('isAbortError', () => {
  const abort = new AbortController();
  abort.abort();

  it('knows the reason of a signal that was aborted without one', () => {
    assert.ok(isAbortError(abort.signal.reason));
  });

  it('knows what the functions of Node throw', async () => {
    await assert.rejects(delay(1, undefined, { signal: abort.signal }), isAbortError);
  });

  it('takes nothing else for it', () => {
    const timeout = new DOMException('late', 'TimeoutError');
    const coded = Object.assign(new Error(), { code: 'ECONNRESET' });
    const named = Object.assign(new Error(), { name: 'AbortError' });
    for (const error of [timeout, coded, named, new Error('AbortError'), undefined, 'AbortError']) {
      assert.ok(!isAbortError(error), String(error));
    }
  });
});
