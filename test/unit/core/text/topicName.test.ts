import assert from 'node:assert/strict';
import { isTopicName } from '../../../../src/core/text/topicName';

describe('The name of a topic', () => {
  it('has letters, digits, dots, underscores and hyphens, 249 at most', () => {
    for (const name of ['orders', 'A.b_c-9', '__consumer_offsets', '...', 'a'.repeat(249)]) {
      assert.equal(isTopicName(name), true, name);
    }
  });

  it('is nothing else', () => {
    for (const name of [
      '',
      '.',
      '..',
      'a b',
      'a\\b',
      '{{lorem.word}}',
      'größe',
      'a/b',
      ' a',
      'a\n',
      'a'.repeat(250),
    ]) {
      assert.equal(isTopicName(name), false, name);
    }
  });
});
