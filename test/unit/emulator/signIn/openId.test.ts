import assert from 'node:assert/strict';
import { type Emulator, startEmulator } from '../../../../src/emulator/server';
import { object, send } from '../support';

describe('the emulated OpenID provider', () => {
  let emulator: Emulator;
  before(async () => {
    emulator = await startEmulator({ auth: 'oauth', samples: false, clientSecret: 'a b:c%' });
  });
  after(() => emulator.stop());

  const basic = (pair: string) => `Basic ${Buffer.from(pair).toString('base64')}`;
  const grant = { grant_type: 'client_credentials' };
  const inBody = { ...grant, client_id: 'kafka-client', client_secret: 'a b:c%' };

  async function ask(
    form: Readonly<Record<string, string>> | string,
    headers: Readonly<Record<string, string>> = {},
  ) {
    const reply = await send(`${emulator.info.issuer ?? ''}/token`, emulator.info.caFile, {
      method: 'POST',
      headers: { 'Content-Type': 'application/x-www-form-urlencoded', ...headers },
      body: new URLSearchParams(form).toString(),
    });
    return { ...reply, said: object(reply.text) };
  }

  it('describes itself at both well-known places', async () => {
    const { issuer, caFile } = emulator.info;
    const { origin, pathname } = new URL(issuer ?? '');
    const documents = [
      `${issuer ?? ''}/.well-known/openid-configuration`,
      `${origin}/.well-known/oauth-authorization-server${pathname}`,
    ];
    for (const document of documents) {
      const { status, text } = await send(document, caFile);
      assert.equal(status, 200);
      assert.equal(object(text)['issuer'], issuer);
      assert.equal(object(text)['token_endpoint'], `${issuer ?? ''}/token`);
    }
    const unknown = await send(`${origin}/realms/x/.well-known/openid-configuration`, caFile);
    assert.equal(unknown.status, 404);
    assert.equal((await send(`${issuer ?? ''}/token`, caFile)).status, 405);
  });

  it('takes the secret form-encoded in the header, or in the body', async () => {
    const Authorization = basic('kafka-client:a+b%3Ac%25');
    assert.equal((await ask(grant, { Authorization })).status, 200);
    assert.equal((await ask(inBody)).status, 200);
    const plain = await ask(grant, { Authorization: basic('kafka-client:a b:c%') });
    assert.equal(plain.said['error'], 'invalid_client');
    assert.match(plain.headers['www-authenticate'] ?? '', /^Basic /);
  });

  const refused: [string, Parameters<typeof ask>, number, string][] = [
    ['no grant', [{ ...inBody, grant_type: '' }], 400, 'unsupported_grant_type'],
    ['another grant', [{ ...inBody, grant_type: 'password' }], 400, 'unsupported_grant_type'],
    ['no client', [grant], 401, 'invalid_client'],
    ['a wrong secret', [{ ...inBody, client_secret: 'x' }], 401, 'invalid_client'],
    [
      'the secret twice',
      [inBody, { Authorization: basic('kafka-client:a+b%3Ac%25') }],
      400,
      'invalid_request',
    ],
    [
      'two clients',
      [{ ...grant, client_id: 'other' }, { Authorization: basic('kafka-client:a+b%3Ac%25') }],
      400,
      'invalid_request',
    ],
    ['no form', [inBody, { 'Content-Type': 'application/json' }], 400, 'invalid_request'],
    [
      'a parameter twice',
      [`${new URLSearchParams(inBody).toString()}&scope=kafka&scope=kafka`],
      400,
      'invalid_request',
    ],
    ['an unknown scope', [{ ...inBody, scope: 'kafka  x' }], 400, 'invalid_scope'],
    ['an unknown audience', [{ ...inBody, audience: 'x' }], 403, 'access_denied'],
    ['an unknown resource', [{ ...inBody, resource: 'x' }], 400, 'invalid_target'],
  ];
  for (const [what, request, status, error] of refused) {
    it(`refuses ${what}`, async () => {
      const reply = await ask(...request);
      assert.deepEqual([reply.status, reply.said['error']], [status, error]);
    });
  }
});
