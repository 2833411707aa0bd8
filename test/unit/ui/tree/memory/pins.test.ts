import assert from 'node:assert/strict';
import { Pins } from '../../../../../src/ui/tree/memory/pins';

/** What VS Code keeps, as far as pins use it. */
function startMemento(initial?: unknown) {
  let value = initial;
  const state = {
    get: () => value as undefined,
    update: (_: string, next: unknown) => {
      value = JSON.parse(JSON.stringify(next));
      return Promise.resolve();
    },
  };
  return { state, saved: () => value };
}

describe('pinned topics', () => {
  it('are kept for each cluster, and told', async () => {
    const { state, saved } = startMemento();
    const changed: string[] = [];
    const pins = new Pins(state, (cluster) => changed.push(cluster));
    await pins.set('dev', ['orders', 'payments'], true);
    await pins.set('prod', ['orders'], true);
    assert.deepEqual([...pins.of('dev')], ['orders', 'payments']);
    assert.deepEqual([...new Pins(state, () => undefined).of('prod')], ['orders']);
    await pins.set('dev', ['orders'], false);
    assert.deepEqual([...pins.of('dev')], ['payments']);
    assert.deepEqual(changed, ['dev', 'prod', 'dev']);
    await pins.set('prod', ['orders'], false);
    assert.deepEqual(saved(), { dev: ['payments'] });
  });

  it('may belong to a cluster of any name', async () => {
    const { state } = startMemento();
    const pins = new Pins(state, () => undefined);
    await pins.set('__proto__', ['orders'], true);
    assert.deepEqual([...pins.of('__proto__')], ['orders']);
    assert.deepEqual([...pins.of('constructor')], []);
  });

  it('are none where what was saved is something else', () => {
    for (const wrong of ['x', [1], { dev: 'orders' }, { dev: [1] }]) {
      assert.deepEqual([...new Pins(startMemento(wrong).state, () => undefined).of('dev')], []);
    }
  });
});
