import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TLSSocket } from 'node:tls';
import { plainHost, type SignInHost } from '../../../../src/auth/base/signInHost';
import { bearer } from '../../../../src/auth/base/bearer';
import { withExtras } from '../../../../src/auth/methods/extras';
import { methodOf } from '../../../../src/auth/methods/registry';
import type { SignInMethod } from '../../../../src/auth/methods/signInMethod';
import { type Authorizer, type HttpClient, openHttp } from '../../../../src/core/http/client';
import { makeServerCertificate } from '../../../../src/emulator/certificate';
import { fails } from '../../../support/fails';
import { answer, type FaultyServer, startFaultyServer } from '../../../support/faultyServer';

const secrets: Readonly<Record<string, string>> = {
  password: 'pass',
  'header:X-Api-Key': 'k3y',
  'header:X-Tenant': 'contoso',
};

describe('a client certificate and extra headers', () => {
  const known = makeServerCertificate(['client']);
  let folder: string;
  let server: FaultyServer;
  let http: HttpClient;
  let certificateFile: string;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'extras-'));
    certificateFile = join(folder, 'client.pem');
    writeFileSync(certificateFile, known.cert + known.key);
    server = await startFaultyServer({ tls: true, clientCa: [known.ca] });
    http = openHttp({ caFile: server.caFile, backoffMs: 1 });
  });

  after(async () => {
    http.dispose();
    await server.close();
    rmSync(folder, { recursive: true });
  });

  function authorizer(
    kind: string,
    fields: Readonly<Record<string, string>>,
    { known = secrets, host = plainHost, origin = server.origin } = {},
  ): Authorizer {
    const secret = (name: string) => Promise.resolve(known[name]);
    return methodOf({ kind }).authorizer(fields, { origin, http, secret, host });
  }

  const get = (authorizer: Authorizer, path = '/') =>
    http.request({ method: 'GET', url: server.url(path), idempotent: true, authorizer });

  it('go to the endpoint, with the credentials of the sign-in', async () => {
    let fingerprint: string | undefined;
    server.will((response) => {
      const { socket } = response;
      assert.ok(socket instanceof TLSSocket);
      fingerprint = socket.getPeerCertificate().fingerprint256;
      response.end('{}');
    });
    const fields = { username: 'kafka', certificateFile, headers: 'X-Api-Key, X-Tenant' };
    await get(authorizer('basic', fields));
    const { headers } = server.arrivals.at(-1) ?? assert.fail();
    assert.equal(headers['x-api-key'], 'k3y');
    assert.equal(headers['x-tenant'], 'contoso');
    assert.match(headers.authorization ?? '', /^Basic /);
    assert.equal(fingerprint, new X509Certificate(known.cert).fingerprint256);
  });

  it('stay where a token is renewed, and within redirects of the origin', async () => {
    let count = 0;
    const tokens: SignInMethod = {
      kind: 'tokens',
      fields: {},
      secrets: {},
      culprits: {},
      authorizer: (_, { origin }) =>
        bearer('tokens', origin, { token: () => Promise.resolve(`token-${++count}`) }),
    };
    const signedIn = withExtras(tokens).authorizer(
      { certificateFile, headers: 'X-Tenant' },
      {
        origin: server.origin,
        http,
        secret: (name) => Promise.resolve(secrets[name]),
        host: plainHost,
      },
    );
    const before = server.arrivals.length;
    server.will(
      answer(401),
      (response) => response.writeHead(307, { location: '/moved' }).end(),
      answer(200, '{}'),
    );
    await get(signedIn);
    const seen = server.arrivals.slice(before);
    assert.deepEqual(
      seen.map(({ path, headers }) => [path, headers['x-tenant'], headers.authorization]),
      [
        ['/', 'contoso', 'Bearer token-1'],
        ['/', 'contoso', 'Bearer token-2'],
        ['/moved', 'contoso', 'Bearer token-3'],
      ],
    );
  });

  it('hide the values of the headers', async () => {
    const { hidden } = await authorizer('basic', {
      username: 'kafka',
      headers: 'X-Api-Key',
    }).credentials(AbortSignal.any([]));
    assert.ok(hidden.includes('k3y') && hidden.includes('pass'));
    server.will(answer(400, '{"message":"k3y of contoso is wrong"}'));
    const sent = get(authorizer('none', { certificateFile, headers: 'X-Api-Key, X-Tenant' }));
    await fails(sent, { kind: 'rejected', detail: '*** of *** is wrong' });
  });

  it('are asked for before anything is sent', async () => {
    const before = server.arrivals.length;
    const field = 'header:X-Api-Key';
    const signIn = { username: 'kafka', headers: 'X-Api-Key' };
    await fails(get(authorizer('basic', signIn, { known: { password: 'pass' } })), {
      kind: 'secret-missing',
      field,
      signIn: 'basic',
    });
    const missing = { username: 'kafka', certificateFile: join(folder, 'missing.pem') };
    await fails(get(authorizer('basic', missing)), { kind: 'credential-unusable' });
    assert.equal(server.arrivals.length, before);
  });

  it('need no trust, because an untrusted workspace defines no cluster', async () => {
    const host: SignInHost = { ...plainHost, isTrusted: () => false };
    const signIn = { certificateFile, headers: 'X-Tenant' };
    const { headers, certificate } = await authorizer('none', signIn, { host }).credentials(
      AbortSignal.any([]),
    );
    assert.deepEqual(headers, { 'X-Tenant': 'contoso' });
    assert.ok(certificate);
  });

  it('name the header that is refused where nothing else signs in', async () => {
    for (const [status, kind] of [
      [401, 'unauthorized'],
      [403, 'forbidden'],
    ] as const) {
      server.will(answer(status));
      const signIn = { certificateFile, headers: 'X-Api-Key', username: 'kafka' };
      const field = 'header:X-Api-Key';
      await fails(get(authorizer('mutualTls', signIn)), { kind, field, signIn: 'mutualTls' });
      server.will(answer(status));
      await fails(get(authorizer('basic', signIn)), { kind, field: undefined, signIn: 'basic' });
    }
  });

  it('name the header that the server names', async () => {
    server.will(answer(401, '{"message":"The header x-tenant is wrong."}'));
    const signIn = { certificateFile, username: 'kafka', headers: 'X-Api-Key, X-Tenant' };
    const field = 'header:X-Tenant';
    await fails(get(authorizer('basic', signIn)), { kind: 'unauthorized', field });
  });

  it('take what nginx says of the certificate for its refusal', async () => {
    for (const said of ['No required SSL certificate was sent', 'The SSL certificate error']) {
      const page = `<html><head><title>400 ${said}</title></head><body>${said}</body></html>`;
      server.will(answer(400, page));
      await fails(get(authorizer('mutualTls', { certificateFile })), {
        kind: 'client-certificate-refused',
        status: 400,
      });
    }
  });

  it('need an endpoint with https for the certificate', async () => {
    const plain = authorizer('mutualTls', { certificateFile }, { origin: 'http://127.0.0.1:9' });
    await fails(plain.credentials(AbortSignal.any([])), {
      kind: 'credential-unusable',
      detail: 'needs-https',
      field: 'certificateFile',
    });
  });

  it('leave a sign-in as it is that has none of them', async () => {
    const { headers } = await authorizer('basic', { username: 'kafka' }).credentials(
      AbortSignal.any([]),
    );
    assert.deepEqual(Object.keys(headers), ['authorization']);
  });
});
