import assert from 'node:assert/strict';
import { glob } from '../../../../../src/core/text/glob';
import { withoutTopics, withTopics } from '../../../../../src/ui/tree/commands/hiddenGlobs';

describe('the globs of hidden topics', () => {
  it('get the names of topics, whatever these hold', () => {
    assert.deepEqual(withTopics(['__*'], ['orders']), ['__*', 'orders']);
    for (const name of ['a*', '!a', '[a]', '{a,b}', 'a\\b', 'a?', 'a,b']) {
      const [added] = withTopics([], [name]);
      const test = glob(String(added));
      assert.ok(test(name), name);
      assert.ok(!test('other') && !test('ab'), name);
    }
  });

  it('keep each name once, and everything else', () => {
    assert.deepEqual(withTopics(['orders', 7], ['orders']), ['orders', 7]);
  });

  it('lose the names again, but no pattern', () => {
    const globs = withTopics(['ord*', '__*'], ['orders', 'a*']);
    assert.deepEqual(withoutTopics(globs, ['orders', 'a*']), ['ord*', '__*']);
  });
});
