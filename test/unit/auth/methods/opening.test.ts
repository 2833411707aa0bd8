import assert from 'node:assert/strict';
import { plainHost } from '../../../../src/auth/base/signInHost';
import { extraNames, isExtra } from '../../../../src/auth/methods/extras';
import { methodOf, serviceOf, signInMethods } from '../../../../src/auth/methods/registry';
import { openHttp } from '../../../../src/core/http/client';
import { fails } from '../../../support/fails';

const APPLICATION = {
  tenantId: 'Contoso.com',
  clientId: 'APP',
  authority: 'https://login.microsoftonline.com/',
  scope: 'api://kafka/.default',
};
const BOUND = ['https://login.microsoftonline.com', 'contoso.com', 'app', 'api://kafka/.default'];

describe('What the secrets of a way to sign in are bound to', () => {
  const oauth = { clientId: 'id', scope: 's', audience: 'a', resource: 'r' };
  const table: readonly [
    kind: string,
    fields: Readonly<Record<string, string>>,
    bound: Readonly<Record<string, readonly string[]>>,
  ][] = [
    ['clientSecret', APPLICATION, { clientSecret: BOUND }],
    [
      'clientCertificate',
      { ...APPLICATION, certFile: '/c.pem', certKeyFile: '/k.pem' },
      {
        certKey: ['key', '/c.pem', ...BOUND],
        certPassphrase: ['passphrase', '/c.pem', '/k.pem', ...BOUND],
      },
    ],
    [
      'oauth',
      { ...oauth, tokenEndpoint: '', issuer: 'https://issuer' },
      { clientSecret: ['oauth', 'https://issuer', 'id', 's', 'a', 'r'] },
    ],
    [
      'oauth',
      { ...oauth, issuer: 'https://issuer', tokenEndpoint: 'https://token' },
      { clientSecret: ['oauth', 'https://token', 'id', 's', 'a', 'r'] },
    ],
    [
      'none',
      { certificateFile: '/c.pem', keyFile: '/k.pem', headers: 'X-Key' },
      {
        keyPassphrase: ['keyPassphrase', '/c.pem', '/k.pem'],
        'header:X-Key': ['header:', 'x-key'],
      },
    ],
    ['managedIdentity', {}, {}],
  ];
  for (const [kind, fields, bound] of table) {
    it(`with ${kind} and ${Object.keys(fields).join()}`, () => {
      const rules = Object.entries(methodOf({ kind }).secretsOf(fields));
      const found = rules.map(([name, rule]) => [name, rule.boundTo(fields)]);
      assert.deepEqual(Object.fromEntries(found), bound);
    });
  }

  it('is all fields as well, once a gateway asks for something', () => {
    const none = methodOf({ kind: 'none' });
    assert.deepEqual(none.boundTo({ headers: '' }), []);
    assert.deepEqual(none.boundTo({ headers: 'X-Key' }), ['{"kind":"none","headers":"X-Key"}']);
    const identity = methodOf({ kind: 'managedIdentity' });
    const given = { identity: 'system', identityId: 'id', certificateFile: '/c.pem' };
    assert.deepEqual(identity.boundTo(given), [
      '{"kind":"managedIdentity","identityId":"id","certificateFile":"/c.pem"}',
    ]);
  });
});

describe('The extras of a way to sign in', () => {
  it('are asked for in order, and a passphrase only for a certificate', () => {
    const key = { keyFile: '/k.pem' };
    assert.deepEqual(extraNames({}), ['certificateFile', 'headers']);
    assert.deepEqual(extraNames(key), ['certificateFile', 'keyFile', 'headers']);
    assert.deepEqual(extraNames({ ...key, certificateFile: '/c.pem', headers: 'A, B' }), [
      ...['certificateFile', 'keyFile', 'keyPassphrase', 'headers', 'header:A', 'header:B'],
    ]);
    assert.deepEqual(extraNames({ certificateFile: '/c.pem' }).slice(1, 3), [
      'keyFile',
      'keyPassphrase',
    ]);
  });

  it('are told from its own fields and secrets', () => {
    for (const name of ['certificateFile', 'keyFile', 'headers', 'keyPassphrase', 'header:X']) {
      assert.equal(isExtra(name), true, name);
    }
    for (const name of ['clientSecret', 'toString', 'xheader:']) assert.equal(isExtra(name), false);
  });
});

describe('The service that gets the secrets of a sign-in', () => {
  it('is named by its field or by the alternative, or is the endpoint itself', () => {
    const oauth = { kind: 'oauth', issuer: 'https://issuer', tokenEndpoint: '' };
    assert.deepEqual(serviceOf(oauth), { field: 'issuer', address: 'https://issuer' });
    assert.deepEqual(serviceOf({ ...oauth, tokenEndpoint: 'https://token' }), {
      field: 'tokenEndpoint',
      address: 'https://token',
    });
    assert.equal(serviceOf({ ...oauth, issuer: '' }), undefined);
    assert.equal(serviceOf({ kind: 'basic' }), undefined);
    const entra = serviceOf({ kind: 'clientSecret', ...APPLICATION });
    assert.deepEqual(entra, { field: 'authority', address: APPLICATION.authority });
    assert.throws(() => methodOf({ kind: 'other' }));
  });
});

describe('Each way to sign in', () => {
  const missing = `${process.cwd()}/no/such/file.pem`;
  const given: Readonly<Record<string, Readonly<Record<string, string>>>> = {
    clientSecret: APPLICATION,
    clientCertificate: { ...APPLICATION, certFile: missing, certKeyFile: '' },
    managedIdentity: { identity: 'clientId', identityId: '', scope: 'api://kafka/.default' },
    oauth: { issuer: 'https://issuer.invalid', clientId: 'id', clientAuthentication: 'auto' },
    account: APPLICATION,
  };
  const failures = {
    clientSecret: { kind: 'secret-missing' },
    clientCertificate: { kind: 'credential-unusable', detail: 'ENOENT' },
    managedIdentity: { kind: 'credential-unusable', field: 'identityId' },
    oauth: { kind: 'secret-missing' },
    account: { kind: 'signed-out', host: 'login.microsoftonline.com' },
  } as const;
  for (const [signIn, facts] of Object.entries(failures)) {
    it(`signs in by itself once it is asked: ${signIn}`, async () => {
      const http = openHttp();
      const authorizer = methodOf({ kind: signIn }).authorizer(given[signIn] ?? {}, {
        origin: 'https://kafka.example.com',
        http,
        secret: () => Promise.resolve(undefined),
        host: plainHost,
      });
      const { signal } = new AbortController();
      await fails(authorizer.credentials(signal), { ...facts, signIn });
      http.dispose();
    });
  }

  it('that reads files and runs programs trusts its surroundings', () => {
    assert.deepEqual([plainHost.isTrusted(), plainHost.azureCli()], [true, '']);
  });

  it('has suggestions that fit where it is', () => {
    const suggested = (kind: string, field: string, usualSignIn: string, others = {}) => {
      const { fields } = methodOf({ kind });
      return fields[field]?.suggestion?.({ usualSignIn, others } as never);
    };
    const identity = 'managedIdentity';
    assert.equal(suggested(identity, 'scope', 'clientSecret'), undefined);
    assert.equal(suggested(identity, 'scope', 'basic'), '');
    const client = { clientId: 'APP' };
    assert.equal(suggested('clientSecret', 'scope', 'clientSecret', client), undefined);
    assert.equal(suggested('clientSecret', 'scope', 'none', client), 'api://APP/.default');
    assert.equal(suggested('mutualTls', 'keyFile', 'none', { certificateFile: '/c' }), '/c');
  });

  it('finds a tenant in what was copied with it', () => {
    const { pasted } = methodOf({ kind: 'azureCli' }).fields['tenantId'] ?? {};
    const id = '3f2b8c1e-9a47-4d6e-8b15-0c7d9e2f4a61';
    assert.deepEqual(pasted?.(`https://login.microsoftonline.com/${id}`), { text: id });
    assert.equal(pasted('nothing'), undefined);
  });

  it('refuses fields that it cannot use', () => {
    const parsed = (kind: string, field: string, text: string) =>
      methodOf({ kind }).fields[field]?.parse(text);
    assert.deepEqual(parsed('managedIdentity', 'identity', 'objectId'), { value: 'objectId' });
    const problem = { problem: 'not-an-identity' };
    assert.deepEqual(parsed('managedIdentity', 'identity', 'other'), problem);
    assert.deepEqual(parsed('mutualTls', 'keyFile', ''), { problem: 'empty' });
    assert.deepEqual(parsed('mutualTls', 'keyFile', '/k.pem'), { value: '/k.pem' });
    assert.ok(parsed('mutualTls', 'keyFile', 'k.pem')?.problem);
    assert.equal(signInMethods.length, 11);
  });
});
