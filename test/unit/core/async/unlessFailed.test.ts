import assert from 'node:assert/strict';
import { unlessFailed } from '../../../../src/core/async/unlessFailed';

describe('unlessFailed', () => {
  it('gives what a task gives, and nothing if it fails', async () => {
    assert.equal(await unlessFailed(() => Promise.resolve('done')), 'done');
    assert.equal(await unlessFailed<unknown>(() => Promise.reject(new Error('failed'))), undefined);
  });

  it('fails if the task is aborted', async () => {
    const reason = new DOMException('aborted', 'AbortError');
    await assert.rejects(
      unlessFailed(() => Promise.reject(reason)),
      reason,
    );
  });
});
