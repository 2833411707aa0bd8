import assert from 'node:assert/strict';
import { SecretStore } from '../../../src/auth/secretStore';

const owner = {
  name: 'test',
  endpoint: 'https://a-kafkarest.azurehdinsight.net',
  authority: 'https://login.microsoftonline.com',
  tenantId: '5f0c1c1e-7d5b-4a51-9c1f-0e3a6a3c9b10',
  clientId: '3b9de0f2-54a8-4c0b-8a47-9a1f2f8f6c21',
  scope: 'https://hib.azurehdinsight.net/.default',
  caFile: '/etc/contoso/ca.pem',
};

describe('the store of secrets', () => {
  let values: Map<string, string>;
  let secrets: SecretStore;

  beforeEach(() => {
    values = new Map();
    secrets = new SecretStore({
      get: (key) => Promise.resolve(values.get(key)),
      store: (key, value) => Promise.resolve(void values.set(key, value)),
      delete: (key) => Promise.resolve(void values.delete(key)),
    });
  });

  it('keeps, replaces and removes a secret', async () => {
    assert.equal(await secrets.get(owner), undefined);
    await secrets.set(owner, 'one');
    await secrets.set(owner, 'two');
    assert.equal(await secrets.get(owner), 'two');
    await secrets.remove(owner);
    assert.equal(await secrets.get(owner), undefined);
    assert.equal(values.size, 0);
  });

  for (const [part, value] of Object.entries({
    name: 'Test',
    endpoint: 'https://b-kafkarest.azurehdinsight.net',
    authority: 'https://login.microsoftonline.us',
    tenantId: '00000000-7d5b-4a51-9c1f-0e3a6a3c9b10',
    clientId: '00000000-54a8-4c0b-8a47-9a1f2f8f6c21',
    scope: 'https://graph.microsoft.com/.default',
    caFile: '/workspace/ca.pem',
  })) {
    it(`gives no secret to a cluster with another ${part}`, async () => {
      await secrets.set(owner, 'one');
      assert.equal(await secrets.get({ ...owner, [part]: value }), undefined);
    });
  }

  it('gives no secret to a cluster that lost or got a CA file', async () => {
    const { caFile, ...without } = owner;
    await secrets.set(owner, 'one');
    assert.equal(await secrets.get(without), undefined);
    await secrets.remove(owner);
    await secrets.set(without, 'one');
    assert.equal(await secrets.get({ ...without, caFile }), undefined);
  });

  it('binds to the port, protocol and path of the endpoint', () => {
    const key = (endpoint: string): string => secrets.key({ ...owner, endpoint });
    assert.notEqual(key('https://host'), key('https://host:9400'));
    assert.notEqual(key('https://host'), key('http://host'));
    assert.notEqual(key('https://host/a'), key('https://host/b'));
    assert.equal(key('https://host'), key('https://HOST:443/'));
    assert.equal(key('https://host/a'), key('https://host/a/'));
  });

  it('does not care how addresses and ids are spelled', () => {
    const other = {
      ...owner,
      authority: 'https://LOGIN.microsoftonline.com/',
      tenantId: owner.tenantId.toUpperCase(),
      clientId: owner.clientId.toUpperCase(),
    };
    assert.equal(secrets.key(other), secrets.key(owner));
  });

  it('has keys that are its own, and tell nothing', () => {
    assert.match(secrets.key(owner), /^kafkaRest\.secret\.[0-9a-f]{64}$/);
  });
});
