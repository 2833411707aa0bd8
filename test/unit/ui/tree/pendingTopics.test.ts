import assert from 'node:assert/strict';
import { PendingTopics } from '../../../../src/ui/tree/pendingTopics';
import { MemoryProxy } from '../../../support/memoryProxy';

describe('A topic that was just created', () => {
  function pendingWith(metadataLags: boolean) {
    const told: string[] = [];
    const pending = new PendingTopics({ tell: ({ cluster }) => told.push(cluster) });
    const proxy = new MemoryProxy();
    const capabilities = { ...proxy.capabilities, metadataLags };
    pending.add('dev', 'orders', Object.assign(proxy, { capabilities }));
    const names = pending.of('dev');
    pending.dispose();
    return { names, told };
  }

  it('is pending where the metadata lags behind', () => {
    assert.deepEqual(pendingWith(true), { names: ['orders'], told: ['dev'] });
  });

  it('is looked for at once where it does not', () => {
    assert.deepEqual(pendingWith(false), { names: [], told: ['dev'] });
  });
});
