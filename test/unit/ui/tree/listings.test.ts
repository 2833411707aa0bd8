import assert from 'node:assert/strict';
import { Listings } from '../../../../src/ui/tree/listings';

/** A listing that a test ends: each call waits until `answer` or its signal ends it. */
function startListing() {
  const calls: { answer: (list: string) => void; readonly signal: AbortSignal }[] = [];
  const list = (signal: AbortSignal) =>
    new Promise<string>((resolve, reject) => {
      signal.addEventListener('abort', () => {
        reject(new Error('aborted'));
      });
      calls.push({ answer: resolve, signal });
    });
  return { calls, list };
}

describe('the listings of the tree', () => {
  it('are asked for once at a time', async () => {
    const listings = new Listings<string>();
    const { calls, list } = startListing();
    const both = Promise.all([listings.get('a', list), listings.get('a', list)]);
    assert.equal(calls.length, 1);
    calls[0]?.answer('first');
    assert.deepEqual(await both, ['first', 'first']);
    const again = listings.get('a', list);
    assert.equal(calls.length, 2);
    calls[1]?.answer('second');
    assert.equal(await again, 'second');
  });

  it('are aborted when they would be old, and give what is new to all who wait', async () => {
    const listings = new Listings<string>();
    const { calls, list } = startListing();
    const waiting = listings.get('cluster/a/topics', list);
    listings.restart('cluster/a');
    assert.equal(calls[0]?.signal.aborted, true);
    const joined = listings.get('cluster/a/topics', list);
    while (calls.length < 2) await Promise.resolve();
    calls[1]?.answer('new');
    assert.deepEqual(await Promise.all([waiting, joined]), ['new', 'new']);
    assert.equal(calls.length, 2);
  });

  it('are left alone when others change', () => {
    const listings = new Listings<string>();
    const { calls, list } = startListing();
    void listings.get('cluster/ab', list);
    listings.restart('cluster/a');
    listings.restart('cluster/ab/topics');
    assert.equal(calls[0]?.signal.aborted, false);
  });

  it('reject with what went wrong', async () => {
    const listings = new Listings<string>();
    await assert.rejects(
      listings.get('a', () => Promise.reject(new Error('gone'))),
      /gone/,
    );
  });

  it('end when the view does', async () => {
    const listings = new Listings<string>();
    const { calls, list } = startListing();
    const waiting = listings.get('a', list);
    listings.dispose();
    await assert.rejects(waiting, { name: 'AbortError' });
    await assert.rejects(listings.get('b', list), { name: 'AbortError' });
    assert.equal(calls[0]?.signal.aborted, true);
  });
});
