import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { SecretStore } from '../../../src/auth/secretStore';
import { Agreements } from '../../../src/ui/clusters/agreements';
import { connectWith } from '../../../src/ui/clusters/connect';
import { Connections } from '../../../src/ui/clusters/connections';
import { ClusterStore } from '../../../src/ui/clusters/clusters';
import { ClusterSecrets } from '../../../src/ui/clusters/secrets';
import { memento, set, until } from '../support';

describe('A connection to a cluster', () => {
  const changes = new vscode.EventEmitter<vscode.SecretStorageChangeEvent>();
  const clusters = new ClusterStore(new Agreements(memento()));
  const storage = {
    keys: () => Promise.resolve([]),
    get: () => Promise.resolve(undefined),
    store: () => Promise.resolve(),
    delete: () => Promise.resolve(),
  };
  const secrets = new ClusterSecrets(clusters, new SecretStore(storage), changes.event);
  const connect = connectWith(() => ({}));
  /** What goes wrong while the code of a connection is loaded. */
  let failure: Error | undefined;
  const connections = new Connections(clusters, secrets, (...given) =>
    failure ? Promise.reject(failure) : Promise.resolve(connect(...given)),
  );
  const setting = {
    name: 'contoso',
    // Nothing listens there, and nothing has to: a closed connection sends nothing.
    endpoint: 'https://127.0.0.1:1',
    signIn: { kind: 'none' },
  };

  afterEach(async () => {
    await set('request.timeout', undefined);
    await set('clusters', undefined);
  });

  after(() => {
    connections.dispose();
    secrets.dispose();
    clusters.dispose();
    changes.dispose();
  });

  it('writes no more once its cluster is read-only, also if it has older request settings', async () => {
    await set('clusters', [setting]);
    await until(() => clusters.get('contoso'), 'the cluster is known');
    const agreed = await connections.toWrite('contoso', 'Create topics');
    await set('request.timeout', 61);
    await until(
      async () => (await connections.proxy('contoso')) !== agreed,
      'there is a newer connection',
    );
    await assert.rejects(agreed.createTopic({ name: 'orders' }), { kind: 'connection' });
    await set('clusters', [{ ...setting, protection: 'readOnly' }]);
    await until(
      () => clusters.get('contoso')?.definition.protection === 'readOnly',
      'the cluster is read-only',
    );
    await assert.rejects(agreed.createTopic({ name: 'orders' }), { kind: 'closed' });
  });

  it('knows what a cluster offers before there is one', async () => {
    await set('clusters', [{ ...setting, dialect: 'strimzi' }]);
    await until(() => clusters.get('contoso'), 'the cluster is known');
    assert.equal(connections.capabilities('contoso').groups, false);
    assert.equal(connections.capabilities('contoso').topicProperties, true);
  });

  it('is opened by the next call if it could not be', async () => {
    await set('clusters', [setting]);
    await until(() => clusters.get('contoso'), 'the cluster is known');
    failure = new Error('the file is gone');
    await assert.rejects(connections.proxy('contoso'), failure);
    failure = undefined;
    assert.ok(await connections.proxy('contoso'));
  });
});
