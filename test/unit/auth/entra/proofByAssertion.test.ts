import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { plainHost } from '../../../../src/auth/base/signInHost';
import { proofByAssertion } from '../../../../src/auth/entra/proofByAssertion';
import { federatedAssertion } from '../../../../src/auth/methods/federatedAssertion';
import { type HttpClient, openHttp } from '../../../../src/core/http/client';
import {
  type Emulator,
  type RequestLogEntry,
  startEmulator,
} from '../../../../src/emulator/server';
import { entraSource, topicsBy } from '../../../support/entraSource';
import { fails } from '../../../support/fails';

describe('the token of a workload identity', () => {
  const signIn = 'federatedAssertion';
  let emulator: Emulator;
  let http: HttpClient;
  let folder: string;
  let seen: RequestLogEntry[];

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'kafka-rest-assertion-'));
    emulator = await startEmulator({
      samples: false,
      auth: 'assertion',
      onRequest: (entry) => seen.push(entry),
    });
    http = openHttp({ caFile: emulator.info.caFile ?? '', backoffMs: 1 });
  });

  after(async () => {
    http.dispose();
    await emulator.stop();
    await rm(folder, { recursive: true });
  });

  beforeEach(() => {
    seen = [];
  });

  async function file(content: string | Buffer): Promise<string> {
    const at = path.join(folder, 'token');
    await writeFile(at, content);
    return at;
  }

  const source = (at: string) => entraSource(emulator.info, proofByAssertion(at), http);

  function jwt(claims: object): string {
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    return `${part({ alg: 'RS256' })}.${part(claims)}.c2lnbmF0dXJl`;
  }

  it('opens the REST proxy', async () => {
    const tokens = source(emulator.info.assertionFile ?? '');
    assert.equal(await topicsBy(emulator.info, tokens, http), '{"topics":[]}');
  });

  it('is read again at each sign-in', async () => {
    const tokens = source(await file('nothing yet'));
    await fails(tokens.token({}), { kind: 'credential-unusable' });
    await file(await readFile(emulator.info.assertionFile ?? ''));
    assert.match(await tokens.token({}), /^eyJ/);
  });

  it('is sent to nobody unless it is a token that is valid now', async () => {
    const seconds = Math.floor(Date.now() / 1000);
    const exp = seconds - 60;
    const nbf = seconds + 3600;
    const day = (time: number) => new Date(time * 1000).toISOString();
    const table: [string | Buffer, Parameters<typeof fails>[1]][] = [
      [jwt({ exp }), { kind: 'credential-expired', detail: day(exp) }],
      [jwt({ exp: nbf, nbf }), { kind: 'credential-expired', detail: day(nbf) }],
      ['root:x:0:0:root:/root:/bin/bash', { kind: 'credential-unusable', detail: 'not-a-jwt' }],
      ['aaa.bbb.ccc', { kind: 'credential-unusable', detail: 'not-a-jwt' }],
      [`${jwt({})}\n${jwt({})}`, { kind: 'credential-unusable', detail: 'not-a-jwt' }],
      ['', { kind: 'credential-unusable', detail: 'not-a-jwt' }],
      [Buffer.alloc(2 ** 21, 'a'), { kind: 'credential-unusable', detail: 'too-large' }],
    ];
    const field = 'assertionFile';
    for (const [content, facts] of table) {
      await fails(source(await file(content)).token({}), { ...facts, field, signIn });
    }
    const gone = source(path.join(folder, 'gone')).token({});
    await fails(gone, { kind: 'credential-unusable', detail: 'ENOENT', field, signIn });
    assert.equal(seen.length, 0);
  });

  it('is refused where no credential of the application names its issuer', async () => {
    const exp = Math.floor(Date.now() / 1000) + 600;
    const tokens = source(await file(jwt({ iss: 'https://other.example', sub: 'me', exp })));
    await fails(tokens.token({}), {
      kind: 'credential-unusable',
      detail: /^AADSTS700211: .*other\.example/,
      field: undefined,
      signIn,
    });
  });

  it('is read in trusted workspaces only', async () => {
    let isTrusted = false;
    const { info } = emulator;
    const authorizer = federatedAssertion.authorizer(
      {
        tenantId: info.tenantId ?? '',
        clientId: info.clientId ?? '',
        assertionFile: info.assertionFile ?? '',
        authority: new URL(info.authority ?? '').origin,
        scope: info.scope ?? '',
      },
      {
        origin: new URL(info.endpoint).origin,
        http,
        secret: () => Promise.resolve(undefined),
        host: { ...plainHost, isTrusted: () => isTrusted },
      },
    );
    const { signal } = new AbortController();
    await fails(authorizer.credentials(signal), { kind: 'workspace-untrusted', signIn });
    assert.equal(seen.length, 0);
    isTrusted = true;
    const { headers } = await authorizer.credentials(signal);
    assert.match(headers['authorization'] ?? '', /^Bearer eyJ/);
  });
});
