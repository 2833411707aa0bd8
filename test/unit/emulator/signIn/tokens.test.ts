import assert from 'node:assert/strict';
import { TokenSigner, type Claims } from '../../../../src/emulator/signIn/tokens.js';

describe('tokens', () => {
  const expected = { iss: 'https://authority/tenant/', aud: 'https://resource' };
  const now = Math.floor(Date.now() / 1000);
  const claims: Claims = {
    ...expected,
    appid: 'app',
    tid: 'tenant',
    oid: 'object',
    iat: now,
    nbf: now,
    exp: now + 3600,
    uti: 'token',
    ver: '1.0',
  };
  let signer: TokenSigner;
  before(async () => {
    signer = await TokenSigner.create();
  });

  it('tell whose they are', () => {
    assert.deepEqual(signer.verify(signer.sign(claims), expected), {
      valid: true,
      clientId: 'app',
    });
  });

  const bad: [what: string, changes: Partial<Claims>, reason: string][] = [
    ['of another issuer', { iss: 'https://other/' }, 'The issuer is invalid'],
    ['for another audience', { aud: 'https://other' }, 'The audience is invalid'],
    ['past their end', { exp: now - 1 }, 'The token is expired'],
    ['before their beginning', { nbf: now + 1800 }, 'The token is not valid yet'],
  ];
  for (const [what, changes, reason] of bad) {
    it(`are not valid ${what}`, () => {
      const token = signer.sign({ ...claims, ...changes });
      assert.deepEqual(signer.verify(token, expected), { valid: false, reason });
    });
  }
});
