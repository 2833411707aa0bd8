import assert from 'node:assert/strict';
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openCertificate } from '../../../../src/auth/extras/clientCertificate';
import { makeServerCertificate } from '../../../../src/emulator/certificate';
import { fails } from '../../../support/fails';

const HOUR = 60 * 60 * 1000;
const facts = { host: 'kafka.example.com', signIn: 'basic' };

describe('a client certificate in files', () => {
  const known = makeServerCertificate(['client']);
  const second = makeServerCertificate(['client']);
  let folder: string;
  let secret: string | undefined;
  let written = 0;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'client-certificate-'));
    secret = undefined;
  });

  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  /** Writes a file, with a time of its own, and returns its path. */
  function file(name: string, content: string | Buffer): string {
    const path = join(folder, name);
    writeFileSync(path, content);
    const time = 1_700_000_000 + written++;
    utimesSync(path, time, time);
    return path;
  }

  function open(certificate: string | Buffer, key: string | Buffer = '') {
    const files = {
      certificateFile: file('client.pem', certificate),
      keyFile: key === '' ? '' : file('client.key', key),
    };
    return openCertificate(files, facts, { name: 'secret', get: () => Promise.resolve(secret) });
  }

  function encrypted(passphrase: string, type: 'pkcs8' | 'sec1' = 'pkcs8'): string {
    return createPrivateKey(known.key)
      .export({ type, format: 'pem', cipher: 'aes-256-cbc', passphrase })
      .toString();
  }

  function unusable(detail: string, field: string): object {
    return { kind: 'credential-unusable', detail, field, ...facts };
  }

  it('comes with its key, from another file or the same', async () => {
    assert.deepEqual(await open(known.cert, known.key)(), { cert: known.cert, key: known.key });
    for (const text of [known.cert + known.key, `Bag Attributes\r\n${known.key}\n${known.cert}`]) {
      assert.deepEqual(await open(text)(), { cert: known.cert, key: known.key });
    }
  });

  it('comes before its issuers, whatever their order in the file', async () => {
    const { cert } = await open(known.ca + known.cert, known.key)();
    assert.equal(cert, known.cert + known.ca);
  });

  it('has its key decrypted', async () => {
    secret = 'Br\u00fccke "1"';
    for (const type of ['pkcs8', 'sec1'] as const) {
      const { key } = await open(known.cert, encrypted(secret, type))();
      assert.equal(key, known.key);
    }
  });

  it('asks for a passphrase that is missing or wrong', async () => {
    const read = open(known.cert, encrypted('right'));
    await fails(read(), { kind: 'secret-missing', field: 'secret', ...facts });
    secret = '';
    await fails(read(), { kind: 'secret-missing', field: 'secret', ...facts });
    secret = 'wrong';
    await fails(read(), { kind: 'secret-wrong', field: 'secret', ...facts });
    secret = 'right';
    assert.equal((await read()).key, known.key);
  });

  it('ignores a passphrase that the key does not need', async () => {
    secret = 'needless';
    assert.equal((await open(known.cert, known.key)()).key, known.key);
  });

  it('says why a file cannot be used', async () => {
    const der = new X509Certificate(known.cert).raw;
    const damaged = '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n';
    const noKey = '-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n';
    for (const [certificate, key, detail, field] of [
      ['hello', known.key, 'no-certificate', 'certificateFile'],
      ['', known.key, 'no-certificate', 'certificateFile'],
      [der, known.key, 'binary', 'certificateFile'],
      [damaged, known.key, 'damaged', 'certificateFile'],
      [Buffer.alloc(1024 * 1024 + 1), known.key, 'too-large', 'certificateFile'],
      [known.cert, 'hello', 'no-key', 'keyFile'],
      [known.cert, '', 'no-key', 'keyFile'],
      [known.cert, der, 'binary', 'keyFile'],
      [known.cert, noKey, 'damaged', 'keyFile'],
      [known.cert, second.key, 'key-mismatch', 'keyFile'],
    ] as const) {
      await fails(open(certificate, key)(), unusable(detail, field));
    }
  });

  it('says which file is not there, or is none', async () => {
    const passphrase = { name: 'secret', get: () => Promise.resolve(undefined) };
    const certificateFile = file('client.pem', known.cert);
    const missing = join(folder, 'missing.pem');
    for (const [files, detail, field] of [
      [{ certificateFile: missing, keyFile: '' }, 'ENOENT', 'certificateFile'],
      [{ certificateFile, keyFile: missing }, 'ENOENT', 'keyFile'],
      [{ certificateFile, keyFile: folder }, 'not-a-file', 'keyFile'],
    ] as const) {
      await fails(openCertificate(files, facts, passphrase)(), unusable(detail, field));
    }
  });

  it('is told to be out of its time, with the date', async () => {
    for (const [from, until] of [
      [-2 * HOUR, -HOUR],
      [HOUR, 2 * HOUR],
    ] as const) {
      const { cert, key } = makeServerCertificate(['client'], { from, until });
      const { validFrom, validTo } = new X509Certificate(cert);
      const detail = new Date(until < 0 ? validTo : validFrom).toISOString();
      const wanted = { kind: 'credential-expired', detail, field: 'certificateFile' } as const;
      await fails(open(cert, key)(), { ...wanted, ...facts });
    }
  });

  it('is read again once it is renewed', async () => {
    const expired = makeServerCertificate(['client'], { from: -2 * HOUR, until: -HOUR });
    const read = open(expired.cert, expired.key);
    await fails(read(), { kind: 'credential-expired' });
    file('client.pem', known.cert);
    file('client.key', known.key);
    assert.equal((await read()).cert, known.cert);
    file('client.pem', second.cert);
    file('client.key', second.key);
    assert.equal((await read()).cert, second.cert);
  });

  it('stays as it was while its files are being replaced', async () => {
    const read = open(known.cert, known.key);
    await read();
    file('client.key', second.key);
    assert.equal((await read()).cert, known.cert);
    rmSync(join(folder, 'client.pem'));
    assert.equal((await read()).cert, known.cert);
    file('client.pem', second.cert);
    assert.equal((await read()).cert, second.cert);
  });
});
