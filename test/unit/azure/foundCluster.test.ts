import assert from 'node:assert/strict';
import { conditionOf, toFoundCluster } from '../../../src/azure/foundCluster';
import { armCluster } from '../../support/azure/resourceManager';

describe('a cluster in Azure', () => {
  const id = '/subscriptions/s/resourceGroups/r/providers/Microsoft.HDInsight/clusters/contoso';

  it('has the address of its REST proxy, the group of its users, and its state', () => {
    const group = { groupName: 'kafka-clients', groupId: '1a2b' };
    assert.deepEqual(toFoundCluster(armCluster('contoso', { group })), {
      name: 'contoso',
      resourceId: id,
      location: 'West Europe',
      state: 'Running',
      endpoint: 'https://contoso-kafkarest.azurehdinsight.net',
      group: 'kafka-clients',
    });
    const unnamed = toFoundCluster(armCluster('contoso', { group: { groupId: '1a2b' } }));
    assert.equal(unnamed?.group, '1a2b');
  });

  it('is one with Kafka, in any case of the letters', () => {
    assert.ok(toFoundCluster(armCluster('contoso', { kind: 'kafka' })));
    assert.ok(toFoundCluster(armCluster('contoso', { kind: 'Kafka' })));
    assert.equal(toFoundCluster(armCluster('contoso', { kind: 'SPARK' })), undefined);
  });

  it('may have no REST proxy', () => {
    const found = toFoundCluster(armCluster('contoso', { hasProxy: false }));
    assert.equal(found?.name, 'contoso');
    assert.equal(found.endpoint, undefined);
  });

  it('runs, is about to, or never will', () => {
    const conditions = ['Running', 'Operational', '', 'ResizeQueued', 'DELETING', 'Error'].map(
      (state) => conditionOf({ state }),
    );
    assert.deepEqual(conditions, [
      'running',
      'running',
      'running',
      'changing',
      'deleting',
      'failed',
    ]);
  });

  it('is not trusted in what it says', () => {
    for (const value of [undefined, null, 7, [], {}, { name: 'x', id: 'y', properties: null }]) {
      assert.equal(toFoundCluster(value), undefined);
    }
    const read = (location: unknown, more = {}) =>
      toFoundCluster({
        id,
        name: 'evil\u202e\n',
        properties: {
          clusterDefinition: { kind: 'kafka' },
          connectivityEndpoints: [
            null,
            { name: 'KafkaRestProxyPublicEndpoint', location, port: 443, ...more },
          ],
        },
      });
    for (const location of [
      'evil.example/path',
      'a@b.example',
      'x.example:8',
      '',
      7,
      'http://x.y',
    ]) {
      assert.equal(read(location)?.endpoint, undefined, String(location));
    }
    assert.equal(read('x.example', { port: 9443 })?.endpoint, 'https://x.example:9443');
    assert.doesNotMatch(read('x.example')?.name ?? '', /[\u202e\n]/);
  });
});
