import assert from 'node:assert/strict';
import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import { parsePrivateKey } from '../../../../src/auth/base/pastedKey';

describe('a pasted private key', () => {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const passphrase = 'x y';
  const der = privateKey.export({ type: 'pkcs8', format: 'der' });
  const keys = {
    plain: privateKey.export({ type: 'pkcs8', format: 'pem' }),
    encrypted: privateKey.export({
      type: 'pkcs8',
      format: 'pem',
      cipher: 'aes-256-cbc',
      passphrase,
    }),
    'encrypted in the older form': privateKey.export({
      type: 'pkcs1',
      format: 'pem',
      cipher: 'aes-128-cbc',
      passphrase,
    }),
    'encrypted with DES': privateKey.export({
      type: 'pkcs1',
      format: 'pem',
      cipher: 'des-ede3-cbc',
      passphrase,
    }),
  };

  for (const [what, key] of Object.entries(keys)) {
    it(`that is ${what} stays as it is, or gets its line breaks back`, () => {
      const pem = key.toString();
      for (const text of [pem, ` ${pem.replaceAll('\n', '')} `, pem.replaceAll('\n', '\r\n')]) {
        const { value = '' } = parsePrivateKey(text);
        const read = createPrivateKey({ key: value, passphrase });
        assert.deepEqual(read.export({ type: 'pkcs8', format: 'der' }), der);
      }
    });
  }

  it('is told from other texts', () => {
    assert.deepEqual(parsePrivateKey(' '), { problem: 'empty' });
    for (const text of ['secret', '-----BEGIN PRIVATE KEY-----?-----END PRIVATE KEY-----']) {
      assert.deepEqual(parsePrivateKey(text), { problem: 'not-a-key' });
    }
  });
});
