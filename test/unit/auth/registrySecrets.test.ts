import assert from 'node:assert/strict';
import { ownersOf, registryOwner, secretKeys } from '../../../src/auth/secretStore';
import type { ClusterDefinition } from '../../../src/core/cluster/definition';

const basic = { kind: 'basic', username: 'ada' };
const cluster: ClusterDefinition = {
  name: 'contoso',
  endpoint: 'https://kafka.example.com',
  dialect: { kind: 'karapace' },
  signIn: basic,
  protection: 'none',
  schemaRegistry: { endpoint: 'https://kafka.example.com', signIn: basic, protection: 'none' },
};

function keyOf({ schemaRegistry, ...rest }: ClusterDefinition): string | undefined {
  const owner = registryOwner({ ...rest, ...(schemaRegistry && { schemaRegistry }) });
  return owner && secretKeys(owner).get('password');
}

describe('the secrets of a schema registry', () => {
  it('have other keys than those of its cluster, even at the same address', () => {
    const [own, registry] = ownersOf(cluster).map((owner) => secretKeys(owner).get('password'));
    assert.ok(own !== undefined && registry !== undefined);
    assert.notEqual(own, registry);
  });

  it('leave the keys of the cluster as they are without a registry', () => {
    const { schemaRegistry, ...alone } = cluster;
    assert.ok(schemaRegistry);
    assert.deepEqual(secretKeys(cluster), secretKeys(alone));
    assert.deepEqual(ownersOf(alone), [alone]);
  });

  it('are bound to the whole registry, and to nothing else of the cluster', () => {
    const { schemaRegistry } = cluster;
    assert.ok(schemaRegistry);
    const key = keyOf(cluster);
    for (const other of [
      { endpoint: 'https://kafka.example.com/registry' },
      { signIn: { ...basic, username: 'eve' } },
      { caFile: '/ca.pem' },
    ]) {
      const changed = { ...cluster, schemaRegistry: { ...schemaRegistry, ...other } };
      assert.notEqual(keyOf(changed), key, JSON.stringify(other));
    }
    assert.notEqual(keyOf({ ...cluster, name: 'fabrikam' }), key);
    assert.equal(keyOf({ ...cluster, endpoint: 'https://other.example.com' }), key);
    assert.equal(keyOf({ ...cluster, signIn: { kind: 'none' } }), key);
  });

  it('have an owner that stays the same, so that those in memory are found again', () => {
    assert.equal(registryOwner(cluster), registryOwner(cluster));
  });
});
