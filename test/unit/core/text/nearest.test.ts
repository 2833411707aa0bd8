import assert from 'node:assert/strict';
import { distance, nearest } from '../../../../src/core/text/nearest';

describe('nearest', () => {
  it('counts characters that are added, removed, replaced or swapped, ignoring case', () => {
    assert.equal(distance('topic', 'Topic'), 0);
    assert.equal(distance('topic', 'topics'), 1);
    assert.equal(distance('form', 'from'), 1);
    assert.equal(distance('kay', 'key'), 1);
    assert.equal(distance('ab', 'bc'), 2);
    assert.equal(distance('ab', 'ca'), 2);
    assert.equal(distance('abc', 'xab'), 2);
    assert.equal(distance('zab', 'yba'), 2);
    assert.equal(distance('', 'abc'), 3);
    assert.ok(distance('partition', 'key', 2) > 2);
  });

  it('returns the three nearest names, and none that are far away', () => {
    assert.deepEqual(nearest('frm', ['to', 'from', 'form', 'count']), ['from', 'form']);
    assert.deepEqual(nearest('topic', ['every', 'key']), []);
    assert.deepEqual(nearest('topic', ['tpoics', 'topics', 'topic']), [
      'topic',
      'topics',
      'tpoics',
    ]);
    assert.equal(nearest('aa', ['ab', 'ac', 'ad', 'ae']).length, 3);
  });
});
