import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import {
  secretKeys,
  type SecretOwner,
  SecretStore,
  servesBoth,
} from '../../../src/auth/secretStore';

const clientSecret = {
  kind: 'clientSecret',
  tenantId: '5f0c1c1e-7d5b-4a51-9c1f-0e3a6a3c9b10',
  clientId: '3b9de0f2-54a8-4c0b-8a47-9a1f2f8f6c21',
  authority: 'https://login.microsoftonline.com',
  scope: 'https://hib.azurehdinsight.net/.default',
};
const owner = {
  name: 'test',
  endpoint: 'https://a-kafkarest.azurehdinsight.net',
  signIn: clientSecret,
  caFile: '/etc/contoso/ca.pem',
};
const reader = { ...owner, signIn: { kind: 'basic', username: 'reader' } };
const open = { ...owner, signIn: { kind: 'none' } };

/** Owners whose secret is another one than that of `owner` or `reader`. */
const changes: Readonly<Record<string, [SecretOwner, SecretOwner]>> = {
  name: [owner, { ...owner, name: 'Test' }],
  endpoint: [owner, { ...owner, endpoint: 'https://b-kafkarest.azurehdinsight.net' }],
  'CA file': [owner, { ...owner, caFile: '/workspace/ca.pem' }],
  'kind of sign-in': [owner, reader],
  'user name': [reader, { ...reader, signIn: { kind: 'basic', username: 'Reader' } }],
  ...Object.fromEntries(
    Object.entries({
      authority: 'https://login.microsoftonline.us',
      tenantId: '00000000-7d5b-4a51-9c1f-0e3a6a3c9b10',
      clientId: '00000000-54a8-4c0b-8a47-9a1f2f8f6c21',
      scope: 'https://graph.microsoft.com/.default',
    }).map(([field, text]) => [
      field,
      [owner, { ...owner, signIn: { ...clientSecret, [field]: text } }],
    ]),
  ),
};

/** The name of the only secret of an owner. */
function nameOf({ signIn }: SecretOwner): string {
  return signIn.kind === 'basic' ? 'password' : 'clientSecret';
}

function keyOf(definition: SecretOwner): string | undefined {
  return secretKeys(definition).get(nameOf(definition));
}

describe('the store of secrets', () => {
  let values: Map<string, string>;
  let secrets: SecretStore;
  let writes: number;
  /** Missing: the storage works. */
  let broken: ((writes: number) => Promise<never> | undefined) | undefined;

  function get(given: SecretOwner): Promise<string | undefined> {
    return secrets.get(given, nameOf(given));
  }

  function set(given: SecretOwner, secret: string): Promise<void> {
    return secrets.set(given, { [nameOf(given)]: secret });
  }

  beforeEach(() => {
    values = new Map();
    writes = 0;
    broken = undefined;
    secrets = new SecretStore({
      keys: () => broken?.(writes) ?? Promise.resolve([...values.keys()]),
      get: (key) => broken?.(writes) ?? Promise.resolve(values.get(key)),
      store: (key, value) => {
        writes++;
        values.set(key, value);
        return Promise.resolve();
      },
      delete: (key) => Promise.resolve(void values.delete(key)),
    });
  });

  for (const [kind, who] of Object.entries({ 'a client secret': owner, 'a password': reader })) {
    it(`keeps, replaces and removes ${kind}`, async () => {
      assert.equal(await get(who), undefined);
      await set(who, 'one');
      await set(who, 'two');
      assert.equal(await get(who), 'two');
      await secrets.remove(who);
      assert.equal(await get(who), undefined);
      assert.equal(values.size, 0);
    });
  }

  for (const [name, fails] of Object.entries({
    'a keyring that is locked': () => Promise.reject(new Error('the keyring is locked')),
    'a storage that is gone': () => {
      throw new Error('the keyring is locked');
    },
  })) {
    it(`says that it cannot read or write them: ${name}`, async () => {
      broken = fails;
      const failure = { kind: 'secrets-locked', detail: 'the keyring is locked' };
      await assert.rejects(get(owner), failure);
      await assert.rejects(set(owner, 'one'), failure);
      await assert.rejects(secrets.forget([owner], 20_000), failure);
    });
  }

  it('stores nothing for a cluster without sign-in', async () => {
    await set(open, 'one');
    assert.equal(await get(open), undefined);
    assert.equal(values.size, 0);
  });

  for (const [part, [given, asking]] of Object.entries(changes)) {
    it(`gives no secret to a cluster with another ${part}`, async () => {
      await set(given, 'one');
      assert.equal(await get(asking), undefined);
      const isSame = servesBoth(nameOf(given), given, asking);
      assert.equal(isSame, ['name', 'CA file'].includes(part));
    });
  }

  it('gives no secret to a cluster that lost or got a CA file', async () => {
    const { caFile, ...without } = owner;
    await set(owner, 'one');
    assert.equal(await get(without), undefined);
    await secrets.remove(owner);
    await set(without, 'one');
    assert.equal(await get({ ...without, caFile }), undefined);
    assert.ok(servesBoth('clientSecret', owner, without));
  });

  it('binds to the port, protocol and path of the endpoint', () => {
    const key = (endpoint: string) => keyOf({ ...owner, endpoint });
    assert.notEqual(key('https://host'), key('https://host:9400'));
    assert.notEqual(key('https://host'), key('http://host'));
    assert.notEqual(key('https://host/a'), key('https://host/b'));
    assert.equal(key('https://host'), key('https://HOST:443/'));
    assert.equal(key('https://host/a'), key('https://host/a/'));
  });

  it('does not care how addresses and ids are spelled', () => {
    const other = {
      ...owner,
      signIn: {
        ...clientSecret,
        authority: 'https://LOGIN.microsoftonline.com/',
        tenantId: clientSecret.tenantId.toUpperCase(),
        clientId: clientSecret.clientId.toUpperCase(),
      },
    };
    assert.equal(keyOf(other), keyOf(owner));
    assert.ok(servesBoth('clientSecret', other, owner));
  });

  it('finds the secrets that version 0.1 stored', () => {
    const { caFile, ...without } = owner;
    const { tenantId, clientId, authority, scope } = clientSecret;
    const parts = [owner.name, owner.endpoint, authority, tenantId, clientId, scope];
    for (const [who, file] of [[owner, caFile] as const, [without, undefined] as const]) {
      const hash = createHash('sha256').update(JSON.stringify([...parts, file]));
      assert.equal(keyOf(who), `kafkaRest.secret.${hash.digest('hex')}`);
    }
  });

  it('finds what was stored before there were client certificates and extra headers', () => {
    const empty = { certificateFile: '', keyFile: '', headers: '' };
    const keys = [
      [owner, 'kafkaRest.secret.4c8c557fdca95bae0a65fbaae753dbc51d2b5a705a29aef9e47a8bf04d86ecb6'],
      [reader, 'kafkaRest.secret.1480fa7f8e59c541986fb2216ff86d5701070793d6d9e09a2c2a2da69fc9c78e'],
    ] as const;
    for (const [who, key] of keys) {
      assert.equal(keyOf(who), key);
      assert.equal(keyOf({ ...who, signIn: { ...who.signIn, ...empty } }), key);
    }
  });

  it('finds the passwords that were stored before secrets had names', () => {
    const parts = [reader.name, reader.endpoint, 'basic', 'reader', reader.caFile];
    const hash = createHash('sha256').update(JSON.stringify(parts));
    assert.equal(keyOf(reader), `kafkaRest.secret.${hash.digest('hex')}`);
  });

  describe('of a cluster with a client certificate and extra headers', () => {
    const signIn = {
      ...reader.signIn,
      certificateFile: '/etc/contoso/client.pem',
      keyFile: '/etc/contoso/client.key',
      headers: 'X-Api-Key, X-Tenant',
    };
    const guarded = { ...reader, signIn };
    const names = ['password', 'keyPassphrase', 'header:X-Api-Key', 'header:X-Tenant'];

    it('keeps one secret for each', async () => {
      await secrets.set(guarded, Object.fromEntries(names.map((name) => [name, `of ${name}`])));
      assert.equal(values.size, 4);
      for (const name of names) assert.equal(await secrets.get(guarded, name), `of ${name}`);
      await secrets.set(guarded, { keyPassphrase: '' });
      assert.equal(await secrets.get(guarded, 'keyPassphrase'), undefined);
      await secrets.remove(guarded);
      assert.equal(values.size, 0);
    });

    it('keeps the former ones if one cannot be stored', async () => {
      await secrets.set(guarded, { password: 'former', keyPassphrase: 'former' });
      writes = 0;
      const locked = () => Promise.reject(new Error('locked'));
      broken = (count) => (count === 1 ? locked() : undefined);
      const changed = { password: 'new', keyPassphrase: 'new', 'header:X-Api-Key': 'new' };
      await assert.rejects(secrets.set(guarded, changed), { kind: 'secrets-locked' });
      broken = undefined;
      assert.equal(await secrets.get(guarded, 'password'), 'former');
      assert.equal(await secrets.get(guarded, 'keyPassphrase'), 'former');
      assert.equal(await secrets.get(guarded, 'header:X-Api-Key'), undefined);
    });

    const others: Readonly<Record<string, SecretOwner>> = {
      name: { ...guarded, name: 'other' },
      endpoint: { ...guarded, endpoint: 'https://b-kafkarest.azurehdinsight.net' },
      'CA file': { ...guarded, caFile: '/workspace/ca.pem' },
      kind: { ...guarded, signIn: { ...signIn, kind: 'none' } },
      'user name': { ...guarded, signIn: { ...signIn, username: 'writer' } },
      certificate: { ...guarded, signIn: { ...signIn, certificateFile: '/workspace/client.pem' } },
      key: { ...guarded, signIn: { ...signIn, keyFile: '' } },
      header: { ...guarded, signIn: { ...signIn, headers: 'X-Api-Key' } },
    };
    for (const [part, other] of Object.entries(others)) {
      it(`gives none to one with another ${part}`, async () => {
        await secrets.set(guarded, Object.fromEntries(names.map((name) => [name, 'one'])));
        for (const name of names) assert.equal(await secrets.get(other, name), undefined, name);
      });
    }

    it('leaves a person those that a change does not concern', () => {
      const serving = (other: SecretOwner | undefined) =>
        names.filter((name) => other && servesBoth(name, guarded, other));
      assert.deepEqual(serving(others['header']), [
        'password',
        'keyPassphrase',
        'header:X-Api-Key',
      ]);
      assert.deepEqual(serving(others['key']), ['password', 'header:X-Api-Key', 'header:X-Tenant']);
      assert.deepEqual(serving(others['user name']), names.slice(1));
      assert.deepEqual(serving(others['endpoint']), []);
    });

    it('needs no passphrase and no value for what is not used', () => {
      assert.deepEqual([...secretKeys(reader).keys()], ['password']);
      const key = { ...reader, signIn: { ...reader.signIn, headers: 'X-Tenant' } };
      assert.deepEqual([...secretKeys(key).keys()], ['password', 'header:X-Tenant']);
    });
  });

  it('removes the secrets of a replaced cluster unless its replacement has the same', async () => {
    await set(owner, 'one');
    await secrets.remove(owner, { ...owner });
    assert.equal(await get(owner), 'one');
    await secrets.remove(owner, reader);
    assert.equal(values.size, 0);
  });

  it('stores no secret that the cluster does not need', async () => {
    await secrets.set(reader, { clientSecret: 'one' });
    assert.equal(values.size, 0);
    assert.equal(await secrets.get(reader, 'clientSecret'), undefined);
  });

  it('says that nobody owns a secret where there is none', () => {
    assert.equal(keyOf(open), undefined);
    assert.ok(!servesBoth('password', open, open));
  });

  describe('forgets a secret', () => {
    const elsewhere = { ...owner, name: 'elsewhere' };

    beforeEach(async () => {
      await set(owner, 'one');
      await set(elsewhere, 'two');
      values.set('another', 'of nobody knows whom');
    });

    it('that no cluster had for 90 days, in whatever window', async () => {
      await secrets.forget([owner], 1000);
      await secrets.forget([owner], 1090);
      assert.equal(await get(elsewhere), 'two');
      await secrets.forget([elsewhere], 1090);
      await secrets.forget([owner], 1180);
      assert.equal(await get(elsewhere), 'two', 'another window has it');
      await secrets.forget([owner], 1181);
      assert.equal(await get(elsewhere), undefined);
      assert.equal(await get(owner), 'one');
      assert.ok(values.has('another'));
    });

    it('not before it has been looked for that long, and not because a note is damaged', async () => {
      for (const note of ['{', 'null', '[1]', '{"a":"b"}']) {
        values.set('kafkaRest.secretsLastSeen', note);
        await secrets.forget([], 5000);
        assert.equal(await get(elsewhere), 'two');
      }
    });

    it('and notes no secret, and nothing of one that is gone', async () => {
      await secrets.forget([owner], 1000);
      await secrets.remove(elsewhere);
      await secrets.forget([owner], 1000);
      const note = values.get('kafkaRest.secretsLastSeen') ?? '';
      assert.deepEqual(JSON.parse(note), { [keyOf(owner) ?? '']: 1000 });
    });

    it('writing its note only where that changes', async () => {
      await secrets.forget([owner], 1000);
      const before = writes;
      await secrets.forget([owner], 1000);
      assert.equal(writes, before);
    });
  });
});
