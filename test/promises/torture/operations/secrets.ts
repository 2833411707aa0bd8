import assert from 'node:assert/strict';
import { secretKeys, SecretStore, type SecretOwner } from '../../../../src/auth/secretStore';
import { type Operation, tell } from '../../faults/operations/operation';
import { FailingSecrets } from '../seams/storage';

const BEFORE = { password: 'former', keyPassphrase: 'former' };
const AFTER = { password: 'new', keyPassphrase: 'new', 'header:X-Api-Key': 'new' };

/** Secrets that belong together are all replaced or all kept. */
export const replaceSecrets: Operation = {
  name: 'replace secrets',
  strikes: 'other',
  from: 1,
  run: async (cell) => {
    const signIn = {
      ...{ kind: 'basic', username: 'reader', headers: 'X-Api-Key' },
      ...{ certificateFile: '/client.pem', keyFile: '/client.key' },
    };
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
