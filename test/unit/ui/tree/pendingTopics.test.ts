import assert from 'node:assert/strict';
import type { ClusterDefinition } from '../../../../src/core/cluster/definition';
import { PendingTopics } from '../../../../src/ui/tree/pendingTopics';
import { MemoryProxy } from '../../../support/proxies/memoryProxy';

describe('A topic that was just created', () => {
  const dev: ClusterDefinition = {
    name: 'dev',
    endpoint: 'https://kafka.example.com',
    dialect: { kind: 'hdinsight-v1' },
    signIn: { kind: 'none' },
    protection: 'none',
  };

  function pendingWith(metadataLags: boolean) {
    const told: string[] = [];
    const pending = new PendingTopics({ tell: ({ cluster }) => told.push(cluster) });
    const proxy = new MemoryProxy();
    const capabilities = { ...proxy.capabilities, metadataLags };
    pending.add(dev, 'orders', Object.assign(proxy, { capabilities }));
    const names = pending.of(dev);
    const ofOther = pending.of({ ...dev, endpoint: 'https://other.example.com' });
    pending.dispose();
    return { names, ofOther, told };
  }

  it('is pending where the metadata lags behind, on no other cluster of that name', () => {
    assert.deepEqual(pendingWith(true), { names: ['orders'], ofOther: [], told: ['dev'] });
  });

  it('is looked for at once where it does not', () => {
    assert.deepEqual(pendingWith(false), { names: [], ofOther: [], told: ['dev'] });
  });
});
