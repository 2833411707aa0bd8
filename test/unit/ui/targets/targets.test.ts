import assert from 'node:assert/strict';
import type { Memento } from 'vscode';
import { Targets, type TargetSources } from '../../../../src/ui/targets/targets';

/** The state of a workspace, as VS Code keeps it: as JSON. */
function workspaceState(): Memento {
  const values = new Map<string, string>();
  return {
    keys: () => [...values.keys()],
    get: (key: string) => {
      const text = values.get(key);
      return text === undefined ? undefined : (JSON.parse(text) as never);
    },
    update: (key, value) => {
      values.set(key, JSON.stringify(value));
      return Promise.resolve();
    },
  };
}

function targetsOf(sources: Partial<TargetSources>, state = workspaceState()): Targets {
  const nothing = () => undefined;
  return new Targets(state, { selected: nothing, active: nothing, can: () => true, ...sources });
}

const orders = { cluster: 'dev', topic: 'orders' };

describe('the topics that a person probably means', () => {
  it('are the selected one, the one of the active editor, and those used before', async () => {
    const targets = targetsOf({
      selected: () => ({ ...orders, partition: 2 }),
      active: () => ({ cluster: 'dev', topic: 'payments' }),
    });
    await targets.used({ cluster: 'test', topic: 'returns' });
    await targets.used(orders);
    assert.deepEqual(targets.list('read'), [
      { ...orders, partition: 2, because: 'selected' },
      { cluster: 'dev', topic: 'payments', because: 'active' },
      { cluster: 'test', topic: 'returns', because: 'used' },
    ]);
  });

  it('no longer hold a topic that was deleted', async () => {
    const targets = targetsOf({});
    const returns = { cluster: 'dev', topic: 'returns' };
    await targets.used(orders);
    await targets.used(returns);
    await targets.forget(orders);
    await targets.forget({ cluster: 'other', topic: 'returns' });
    assert.deepEqual(targets.list('read'), [{ ...returns, because: 'used' }]);
  });

  it('leave out a selection without a topic, and clusters that are gone or cannot do it', async () => {
    const targets = targetsOf({
      selected: () => ({ cluster: 'dev' }),
      active: () => ({ topic: 'orders' }),
      can: (cluster, ability) => cluster === 'dev' || (cluster === 'prod' && ability === 'read'),
    });
    await targets.used({ cluster: 'gone', topic: 'orders' });
    await targets.used({ cluster: 'prod', topic: 'orders' });
    await targets.used(orders);
    const names = (ability: 'read' | 'produce') =>
      targets.list(ability).map(({ cluster }) => cluster);
    assert.deepEqual(names('read'), ['dev', 'prod']);
    assert.deepEqual(names('produce'), ['dev']);
  });

  it('keep the last ten, the newest first, in the state of the workspace', async () => {
    const state = workspaceState();
    const targets = targetsOf({}, state);
    for (let n = 0; n < 12; n++) await targets.used({ cluster: 'dev', topic: `t${n}` });
    await targets.used({ cluster: 'dev', topic: 't5' });
    const topics = targetsOf({}, state)
      .list('read')
      .map(({ topic }) => topic);
    assert.deepEqual(topics.slice(0, 3), ['t5', 't11', 't10']);
    assert.equal(topics.length, 10);
  });

  it('must match what a command was given', () => {
    const targets = targetsOf({
      selected: () => orders,
      active: () => ({ cluster: 'test', topic: 'returns' }),
    });
    assert.equal(targets.likely('read')?.topic, 'orders');
    assert.equal(targets.likely('read', { cluster: 'test' })?.topic, 'returns');
    assert.equal(targets.likely('read', { topic: 'returns' })?.cluster, 'test');
    assert.equal(targets.likely('read', { cluster: 'other' }), undefined);
  });

  it('ignore a state that holds something else', async () => {
    const state = workspaceState();
    await state.update('kafkaRest.usedTargets', [{ cluster: 1 }, 'x']);
    assert.deepEqual(targetsOf({}, state).list('read'), []);
  });
});
