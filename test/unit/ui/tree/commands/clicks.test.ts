import assert from 'node:assert/strict';
import { Clicks } from '../../../../../src/ui/tree/commands/clicks';

describe('clicks on a row', () => {
  it('make a double click if they follow each other soon, on one row', () => {
    const clicks = new Clicks();
    assert.equal(clicks.kindOf('a', 0), 'single');
    assert.equal(clicks.kindOf('a', 300), 'double');
    assert.equal(clicks.kindOf('b', 400), 'single');
    assert.equal(clicks.kindOf('a', 500), 'single');
    assert.equal(clicks.kindOf('a', 1_100), 'single');
  });

  it('begin anew after a double click', () => {
    const clicks = new Clicks();
    const kinds = [0, 100, 200, 300].map((at) => clicks.kindOf('a', at));
    assert.deepEqual(kinds, ['single', 'double', 'single', 'double']);
  });

  it('are told from Enter, which counts for one row only', () => {
    const clicks = new Clicks();
    clicks.enter();
    assert.equal(clicks.kindOf('a', 0), 'enter');
    assert.equal(clicks.kindOf('a', 100), 'single');
    clicks.enter();
    clicks.forgetEnter();
    assert.equal(clicks.kindOf('b', 200), 'single');
  });
});
