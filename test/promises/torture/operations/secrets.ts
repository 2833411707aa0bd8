import assert from 'node:assert/strict';
import type { Event, SecretStorageChangeEvent } from 'vscode';
import {
  ownersOf,
  secretKeys,
  type SecretOwner,
  SecretStore,
} from '../../../../src/auth/secretStore';
import type { ClusterDefinition } from '../../../../src/core/cluster/definition';
import type { ClusterStore } from '../../../../src/ui/clusters/clusters';
import { ClusterSecrets } from '../../../../src/ui/clusters/secrets';
import { type Operation, tell } from '../../faults/operations/operation';
import { FailingSecrets } from '../seams/storage';

const BEFORE = { password: 'former', keyPassphrase: 'former' };
const AFTER = { password: 'new', keyPassphrase: 'new', 'header:X-Api-Key': 'new' };

const signIn = {
  ...{ kind: 'basic', username: 'reader', headers: 'X-Api-Key' },
  ...{ certificateFile: '/client.pem', keyFile: '/client.key' },
};

/** Secrets that belong together are all replaced or all kept. */
export const replaceSecrets: Operation = {
  name: 'replace secrets',
  strikes: 'other',
  from: 1,
  run: async (cell) => {
    const owner: SecretOwner = { name: cell.topic, endpoint: 'https://localhost', signIn };
    const keys = secretKeys(owner);
    const former = Object.entries(BEFORE).map(
      ([name, secret]) => [keys.get(name) ?? '', secret] as const,
    );
    const store = new SecretStore(new FailingSecrets(new Map(former)));
    const told = await tell(cell, 'store the secrets', () => store.set(owner, AFTER));
    return {
      ...told,
      verify: async () => {
        const found: Record<string, string | undefined> = {};
        for (const name of Object.keys(AFTER)) found[name] = await store.get(owner, name);
        const expected =
          told.outcome === 'ok' ? AFTER : { ...BEFORE, 'header:X-Api-Key': undefined };
        assert.deepEqual(found, expected);
      },
    };
  },
};

/** A cluster that is gone stays gone if its secrets do not go, of which the person is told then. */
export const removeSecrets: Operation = {
  name: 'remove a cluster with its secrets',
  strikes: 'other',
  from: 1,
  run: async (cell) => {
    const definition: ClusterDefinition = {
      ...{ name: cell.topic, endpoint: 'https://localhost', dialect: { kind: 'strimzi' } },
      ...{ signIn, protection: 'none' },
      schemaRegistry: {
        ...{ endpoint: 'https://registry', protection: 'none' },
        signIn: { kind: 'basic', username: 'reader' },
      },
    };
    const keys = ownersOf(definition).flatMap((owner) => [...secretKeys(owner).values()]);
    const stored = new Map(keys.map((key) => [key, 'secret']));
    const store = new SecretStore(new FailingSecrets(stored));
    // To remove secrets it needs nothing of the clusters, and of no change.
    const clusters = {} as unknown as ClusterStore;
    const changes = (() => undefined) as unknown as Event<SecretStorageChangeEvent>;
    const secrets = new ClusterSecrets(clusters, store, changes);
    let isForgotten = false;
    const told = await tell(cell, 'remove the cluster', async () => {
      isForgotten = await secrets.remove(definition);
    });
    return {
      ...told,
      verify: () => {
        assert.equal(told.outcome, 'ok');
        assert.equal(isForgotten, stored.size === 0);
        assert.ok(keys.length > 3 && stored.size <= 1);
      },
    };
  },
};
