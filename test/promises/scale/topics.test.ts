import assert from 'node:assert/strict';
import { inNaturalOrder } from '../../../src/core/text/naturalOrder';
import { MAX_SHOWN, selectTopics } from '../../../src/ui/tree/selectTopics';
import { generatedCluster, topicName } from './generatedCluster';
import { peakMegabytes } from './peakMemory';

describe('a cluster of 100,000 topics', () => {
  const topics = 100_000;
  const wish = {
    filter: '',
    pinned: new Set<string>(),
    hides: (topic: string) => topic.startsWith('__'),
    showsHidden: false,
  };

  it('is listed at once, in order, and as far as a window can show it', async () => {
    const { proxy, asked } = generatedCluster({ topics });
    let names: readonly string[] = [];
    const peak = await peakMegabytes(async () => {
      names = inNaturalOrder((await proxy.topics()).map(({ name }) => name));
    });
    assert.equal(names.length, topics);
    assert.equal(names[topics - 1], topicName(topics - 1));
    assert.equal(asked.calls, 1);
    const { shown, matching } = selectTopics(names, wish);
    assert.deepEqual([shown.length, matching], [MAX_SHOWN, topics]);
    console.log(`      ${peak.toFixed()} MB in memory`);
    assert.ok(peak < 100);
  });

  it('is filtered whole, not only where it shows', async () => {
    const names = (await generatedCluster({ topics }).proxy.topics()).map(({ name }) => name);
    for (const filter of ['09999', '*-09999?', '*-99999?']) {
      const { shown, matching } = selectTopics(names, { ...wish, filter });
      assert.equal(shown.length, matching);
      assert.ok(matching === (filter.startsWith('*-99') ? 0 : filter === '09999' ? 11 : 10));
    }
  });
});
