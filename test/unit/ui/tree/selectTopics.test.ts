import assert from 'node:assert/strict';
import { MAX_SHOWN, selectTopics, topicFilter } from '../../../../src/ui/tree/selectTopics';

const names = ['__offsets', 'a', 'b', 'c'];
const all = {
  filter: '',
  pinned: new Set<string>(),
  hides: (topic: string) => topic.startsWith('__'),
  showsHidden: false,
};
const shown = (wish: Partial<typeof all>) =>
  selectTopics(names, { ...all, ...wish }).shown.map(({ name, place }) => `${name} ${place}`);

describe('the topics that show', () => {
  it('are those that the settings do not hide, which are counted', () => {
    assert.deepEqual(shown({}), ['a plain', 'b plain', 'c plain']);
    const { visible, hidden } = selectTopics(names, all);
    assert.deepEqual({ visible, hidden }, { visible: 3, hidden: 1 });
  });

  it('begin with the pinned ones', () => {
    assert.deepEqual(shown({ pinned: new Set(['c', 'gone']) }), ['c pinned', 'a plain', 'b plain']);
  });

  it('are no more than a window can show, and the others are counted', () => {
    const many = Array.from({ length: 100_000 }, (_, index) => `topic-${index}`);
    const found = selectTopics(many, { ...all, pinned: new Set(['topic-99999']) });
    assert.equal(found.shown.length, MAX_SHOWN);
    assert.equal(found.shown[0]?.name, 'topic-99999');
    assert.equal(found.matching, 100_000);
    const filtered = selectTopics(many, { ...all, filter: 'topic-9999' });
    assert.equal(filtered.matching, 11);
    assert.equal(filtered.shown.length, 11);
  });

  it('hold a pinned one even where the settings hide it', () => {
    assert.equal(shown({ pinned: new Set(['__offsets']) })[0], '__offsets pinned');
    assert.equal(selectTopics(names, { ...all, pinned: new Set(['__offsets']) }).hidden, 0);
  });

  it('hold the hidden ones in their places, marked, where a person asks for them', () => {
    assert.deepEqual(shown({ showsHidden: true }), [
      '__offsets hidden',
      'a plain',
      'b plain',
      'c plain',
    ]);
    assert.equal(selectTopics(names, { ...all, showsHidden: true }).hidden, 1);
  });

  it('match the filter, pinned or not', () => {
    assert.deepEqual(shown({ filter: 'B', pinned: new Set(['c']) }), ['b plain']);
    assert.equal(selectTopics(names, { ...all, filter: 'B' }).visible, 3);
  });
});

describe('the filter of topics', () => {
  it('is a part of the name, or a glob for all of it, in any case', () => {
    assert.ok(topicFilter('ORD')('my-orders'));
    assert.ok(topicFilter('ord*')('Orders'));
    assert.ok(!topicFilter('ord*')('my-orders'));
  });
});
