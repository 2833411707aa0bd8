import assert from 'node:assert/strict';
import { editsOf, planChanges } from '../../../../src/core/topicProperties/changes';
import { parseProperties } from '../../../../src/core/topicProperties/text';

const before = new Map([
  ['cleanup.policy', 'compact'],
  ['retention.ms', '5'],
]);
const edits = (text: string) => editsOf(parseProperties(text).lines, before);

describe('the edits of a configuration', () => {
  it('are none if only comments were changed', () => {
    assert.deepEqual(edits('# new\nretention.ms: 5\ncleanup.policy=compact'), []);
  });

  it('are new and changed lines, and those that are gone', () => {
    assert.deepEqual(edits('retention.ms=6\nflush.ms=1\n# cleanup.policy=compact'), [
      { name: 'retention.ms', value: '6' },
      { name: 'flush.ms', value: '1' },
      { name: 'cleanup.policy', value: null },
    ]);
  });
});

describe('the changes that are left to be made', () => {
  const policy = { name: 'cleanup.policy', value: 'compact', isDefault: false };
  const retention = { name: 'retention.ms', value: '5', isDefault: false };

  it('carry what they replace', () => {
    assert.deepEqual(
      planChanges(edits('cleanup.policy=compact\nretention.ms=6'), before, [policy, retention]),
      [{ name: 'retention.ms', value: '6', current: retention, isContested: false }],
    );
  });

  it('set a default for the topic too', () => {
    const flush = { name: 'flush.ms', value: '1', isDefault: true };
    const text = 'cleanup.policy=compact\nretention.ms=5\nflush.ms=1';
    assert.deepEqual(planChanges(edits(text), before, [policy, retention, flush]), [
      { name: 'flush.ms', value: '1', current: flush, isContested: false },
    ]);
  });

  it('leave alone what someone else has changed, and say so where both did', () => {
    const others = [
      { ...policy, value: 'delete' },
      { ...retention, value: '7' },
    ];
    assert.deepEqual(planChanges(edits('cleanup.policy=compact\nretention.ms=6'), before, others), [
      { name: 'retention.ms', value: '6', current: others[1], isContested: true },
    ]);
  });

  it('are none if they are in force by now', () => {
    const now = [
      { name: 'cleanup.policy', value: 'delete', isDefault: true },
      { ...retention, value: '6' },
    ];
    assert.deepEqual(planChanges(edits('retention.ms=6'), before, now), []);
  });

  it('name properties that the cluster does not list', () => {
    assert.deepEqual(planChanges([{ name: 'own', value: 'x' }], before, []), [
      { name: 'own', value: 'x', isContested: false },
    ]);
  });
});
