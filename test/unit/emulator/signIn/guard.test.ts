import assert from 'node:assert/strict';
import { readFileSync, statSync } from 'node:fs';
import { request } from 'node:https';
import { text } from 'node:stream/consumers';
import { makeAuthority } from '../../../../src/emulator/certificate';
import {
  type Emulator,
  type EmulatorOptions,
  startEmulator,
} from '../../../../src/emulator/server';
import { send } from '../support';

describe('an emulator with a guard', () => {
  let emulator: Emulator | undefined;

  afterEach(() => emulator?.stop());

  async function start(options: EmulatorOptions): Promise<Emulator['info']> {
    emulator = await startEmulator({ samples: false, ...options });
    return emulator.info;
  }

  /** Asks for the topics, with a certificate. */
  function ask(
    { endpoint, caFile }: Emulator['info'],
    certificate: { cert?: string; key?: string; passphrase?: string },
    headers: Readonly<Record<string, string>> = {},
  ): Promise<[status: number | undefined, body: string]> {
    const options = { ca: readFileSync(caFile ?? ''), agent: false, headers, ...certificate };
    return new Promise((resolve, reject) => {
      request(`${endpoint}/v1/metadata/topics`, options, (response) => {
        text(response).then((body) => {
          resolve([response.statusCode, body]);
        }, reject);
      })
        .on('error', reject)
        .end();
    });
  }

  const read = (file: string | null | undefined) => readFileSync(file ?? '', 'utf8');

  it('lets in a client with its certificate alone', async () => {
    const info = await start({ auth: 'mutualTls', keyPassphrase: 'gr\u00fc\u00df' });
    assert.equal(info.signIn, 'mutualTls');
    assert.equal(info.keyPassphrase, 'gr\u00fc\u00df');
    assert.equal(statSync(info.keyFile ?? '').mode & 0o777, 0o600);
    const key = read(info.keyFile);
    assert.match(key, /^-----BEGIN ENCRYPTED PRIVATE KEY-----/);
    const own = { cert: read(info.certificateFile), key, passphrase: 'gr\u00fc\u00df' };
    assert.deepEqual(await ask(info, own), [200, '{"topics":[]}']);
    const foreign = makeAuthority().issue(['client']);
    const refused = {
      'The SSL certificate error': [
        foreign,
        { ...own, cert: read(info.refusedCertificates?.revoked) },
        { ...own, cert: read(info.refusedCertificates?.expired) },
      ],
      'No required SSL certificate was sent': [{}],
    };
    for (const [says, certificates] of Object.entries(refused)) {
      for (const certificate of certificates) {
        const [status, body] = await ask(info, certificate);
        assert.equal(status, 400);
        assert.match(body, new RegExp(`<title>400 ${says}</title>`));
      }
    }
  });

  it('asks for a certificate besides a password', async () => {
    const info = await start({ auth: 'basic', clientCertificates: true, tls: false });
    const passphrase = info.keyPassphrase ?? '';
    const own = { cert: read(info.certificateFile), key: read(info.keyFile), passphrase };
    const pair = Buffer.from(`${info.username ?? ''}:${info.password ?? ''}`).toString('base64');
    const authorization = `Basic ${pair}`;
    assert.equal((await ask(info, own, { authorization }))[0], 200);
    assert.equal((await ask(info, own))[0], 401);
    assert.equal((await ask(info, {}, { authorization }))[0], 400);
  });

  it('asks for headers with their values', async () => {
    const headers = { 'X-Api-Key': 'k3y', 'X-Tenant': 'contoso' };
    const info = await start({ auth: 'none', headers });
    assert.deepEqual(info.headers, headers);
    assert.equal(info.certificateFile, null);
    const url = `${info.endpoint}/v1/metadata/topics`;
    const status = async (sent: Readonly<Record<string, string>>) =>
      (await send(url, info.caFile, { headers: sent })).status;
    assert.equal(await status(headers), 200);
    assert.equal(await status({ 'X-Api-Key': 'k3y' }), 401);
    assert.equal(await status({ ...headers, 'X-Api-Key': 'K3y' }), 401);
  });

  it('asks for nothing more unless it is told to', async () => {
    const { headers, certificateFile, keyFile, refusedCertificates } = await start({
      auth: 'none',
    });
    assert.deepEqual(
      { headers, certificateFile, keyFile, refusedCertificates },
      { headers: null, certificateFile: null, keyFile: null, refusedCertificates: null },
    );
  });
});
