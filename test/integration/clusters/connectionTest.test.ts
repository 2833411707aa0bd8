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
    ['identity-missing', 'signIn'],
  ] as const) {
    it(`points at ${culprit} for ${kind}`, () => {
      const { host } = new URL(definition.endpoint);
      assert.equal(locate(new KafkaError(kind, { host }), definition).culprit, culprit);
    });
  }

  const azureCli = {
    ...definition,
    signIn: { kind: 'azureCli', tenantId: '', scope: 'https://hib.azurehdinsight.net/.default' },
  };
  it('points at the sign-in if a program that provides the token does not respond', () => {
    const hanging = new KafkaError('timeout', { signIn: 'azureCli' });
    const { step, culprit } = locate(hanging, azureCli);
    assert.deepEqual([step, culprit], ['signIn', undefined]);
    const { host } = new URL(definition.endpoint);
    const silent = new KafkaError('timeout', { host, signIn: 'azureCli' });
    assert.equal(locate(silent, azureCli).step, 'address');
  });

  it('points at the address of the sign-in service if that is what is not there', () => {
    const issuer = 'https://login.contoso.example';
    const oauth = { ...definition, signIn: { kind: 'oauth', issuer, tokenEndpoint: '' } };
    const error = new KafkaError('host-not-found', { host: 'login.contoso.example' });
    const { step, culprit } = locate(error, oauth);
    assert.deepEqual([step, culprit], ['signIn', 'signIn.issuer']);
  });
});
