import assert from 'node:assert/strict';
import { type Look, nextPause } from '../../../../src/core/read/followPace';

describe('The pauses of following', () => {
  const idle: Look = { found: false, behind: false, tookMs: 0 };

  /** The pauses after several looks of a kind, one after the other. */
  function pauses(look: Look, count = 6): readonly number[] {
    const all: number[] = [];
    for (let pause = 0; all.length < count; all.push(pause)) pause = nextPause(pause, look);
    return all;
  }

  it('grow to three quarters of a second while no records come', () => {
    assert.deepEqual(pauses(idle), [250, 500, 750, 750, 750, 750]);
  });

  it('are short after records', () => {
    assert.equal(nextPause(750, { ...idle, found: true }), 250);
  });

  it('grow to 5 s while the log ends before what was read', () => {
    assert.deepEqual(pauses({ ...idle, behind: true }), [250, 500, 1_000, 2_000, 4_000, 5_000]);
  });

  it('leave a slow proxy at least three quarters of its time, and end after 5 s', () => {
    assert.equal(nextPause(250, { ...idle, found: true, tookMs: 400 }), 1_200);
    assert.equal(nextPause(750, { ...idle, tookMs: 60_000 }), 5_000);
  });
});
