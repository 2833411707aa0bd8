import assert from 'node:assert/strict';
import type { ClusterDefinition } from '../../../src/core/cluster/definition';
import { KafkaError } from '../../../src/core/errors';
import { locate, testConnection } from '../../../src/ui/clusters/manage/connectionTest';
import { MemoryProxy } from '../../support/proxies/memoryProxy';

const definition: ClusterDefinition = {
  name: 'contoso',
  endpoint: 'https://contoso-kafkarest.azurehdinsight.net',
  dialect: { kind: 'hdinsight-v1' },
  signIn: { kind: 'none' },
  protection: 'none',
};
const secret = () => Promise.resolve(undefined);
const { signal } = new AbortController();

describe('testConnection', () => {
  it('asks for no brokers where the REST proxy lists none', async () => {
    const result = await testConnection(
      () => Promise.resolve(new MemoryProxy()),
      definition,
      secret,
      signal,
    );
    assert.deepEqual(result, { ok: true, topics: 0, hidden: 0 });
  });
});

describe('locate', () => {
  for (const [kind, culprit] of [
    ['tls', 'caFile'],
    ['tls-name', 'endpoint'],
    ['host-not-found', 'endpoint'],
    ['client-certificate-unusable', 'signIn.certificateFile'],
    ['client-certificate-refused', 'signIn.certificateFile'],
  ] as const) {
    it(`points at ${culprit} for ${kind}`, () => {
      const { host } = new URL(definition.endpoint);
      assert.equal(locate(new KafkaError(kind, { host }), definition).culprit, culprit);
    });
  }
});
