import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { bearer, type TokenSource } from '../../../../src/auth/base/bearer';
import { clientCredentials } from '../../../../src/auth/entra/clientCredentials';
import type { ClientCredentials } from '../../../../src/auth/entra/clientCredentials';
import { proofBySecret } from '../../../../src/auth/entra/proofBySecret';
import { KafkaError } from '../../../../src/core/errors';
import { openHttp } from '../../../../src/core/http/client';
import type { HttpClient } from '../../../../src/core/http/client';
import { startEmulator } from '../../../../src/emulator/server';
import type { Emulator, EmulatorOptions, RequestLogEntry } from '../../../../src/emulator/server';
import { fails, rejectsWith } from '../../../support/fails';
import { answer, hang, startFaultyServer } from '../../../support/faultyServer';
import type { FaultyServer } from '../../../support/faultyServer';

const EXPIRED = 'expired-secret';

describe('client credentials', () => {
  let emulator: Emulator;
  let http: HttpClient;
  let seen: RequestLogEntry[];

  before(async () => {
    await start();
  });

  after(async () => {
    await emulator.stop();
  });

  beforeEach(() => {
    seen = [];
    http = openHttp({ caFile: emulator.info.caFile ?? '', backoffMs: 1 });
  });

  afterEach(() => {
    http.dispose();
  });

  async function start(options: EmulatorOptions = {}): Promise<void> {
    emulator = await startEmulator({
      samples: false,
      expiredSecret: EXPIRED,
      onRequest: (entry) => seen.push(entry),
      ...options,
    });
  }

  function source(options: Partial<ClientCredentials> = {}): TokenSource {
    const { info } = emulator;
    return clientCredentials({
      authority: new URL(info.authority ?? '').origin,
      tenantId: info.tenantId ?? '',
      clientId: info.clientId ?? '',
      scope: info.scope ?? '',
      signIn: 'clientSecret',
      proof: proofBySecret(() => Promise.resolve(info.clientSecret ?? '')),
      http,
      ...options,
    });
  }

  function signIns(): number {
    return seen.filter(({ method, server }) => server === 'entra' && method === 'POST').length;
  }

  it('opens the REST proxy', async () => {
    const authorizer = bearer('clientSecret', emulator.info.endpoint, source());
    const url = new URL('/v1/metadata/topics', emulator.info.endpoint);
    const { text } = await http.request({ method: 'GET', url, idempotent: true, authorizer });
    assert.equal(text, '{"topics":[]}');
  });

  it('takes the authority with the tenant, too, and asks no other host about it', async () => {
    const hosts = new Set<string>();
    const log = { trace: (line: string) => hosts.add(/https:\/\/[^/]+/.exec(line)?.[0] ?? '') };
    const own = openHttp({ caFile: emulator.info.caFile ?? '', log });
    const authority = emulator.info.authority ?? '';
    await source({ authority, http: own }).token({});
    assert.deepEqual([...hosts], [new URL(authority).origin]);
    own.dispose();
  });

  it('asks no host of a region that an environment variable names', async () => {
    process.env['MSAL_FORCE_REGION'] = 'westeurope';
    const hosts = new Set<string>();
    const log = { trace: (line: string) => hosts.add(/https:\/\/[^/]+/.exec(line)?.[0] ?? '') };
    const own = openHttp({ caFile: emulator.info.caFile ?? '', log, retries: 0 });
    try {
      assert.match(await source({ http: own }).token({}), /^eyJ/);
    } finally {
      delete process.env['MSAL_FORCE_REGION'];
      own.dispose();
    }
    assert.deepEqual([...hosts], [new URL(emulator.info.authority ?? '').origin]);
  });

  it('signs in once for all who ask at the same time', async () => {
    const own = source();
    const tokens = await Promise.all([own.token({}), own.token({}), own.token({ refused: 'old' })]);
    assert.equal(new Set(tokens).size, 1);
    assert.equal(signIns(), 1);
  });

  it('renews a token before it expires, and one of a short life without a loop', async () => {
    await emulator.stop();
    await start({ tokenLifetime: 1 });
    http = openHttp({ caFile: emulator.info.caFile ?? '' });
    const tokens = source();
    for (let call = 1; call <= 3; call++) {
      assert.match(await tokens.token({}), /^eyJ/);
      assert.ok(signIns() <= call);
    }
    await emulator.stop();
    await start();
  });

  it('asks for the secret at each sign-in', async () => {
    const given = ['wrong', emulator.info.clientSecret ?? ''];
    const tokens = source({ proof: proofBySecret(() => Promise.resolve(given.shift())) });
    await fails(tokens.token({}), { kind: 'secret-wrong' });
    assert.match(await tokens.token({}), /^eyJ/);
  });

  describe('tells', () => {
    const host = (): string => new URL(emulator.info.authority ?? '').host;
    const unknown = '00000000-0000-0000-0000-000000000000';
    const table: [string, Partial<ClientCredentials>, KafkaError['kind'], number, RegExp][] = [
      [
        'a wrong secret',
        { proof: proofBySecret(() => Promise.resolve('wrong~secret')) },
        'secret-wrong',
        401,
        /^AADSTS7000215: /,
      ],
      [
        'an expired secret',
        { proof: proofBySecret(() => Promise.resolve(EXPIRED)) },
        'secret-expired',
        401,
        /^AADSTS7000222: /,
      ],
      ['an unknown client', { clientId: unknown }, 'client-unknown', 400, /^AADSTS700016: /],
      ['an unknown tenant', { tenantId: unknown }, 'tenant-unknown', 400, /^AADSTS90002: /],
      [
        'an unknown scope',
        { scope: 'https://nothing.example/.default' },
        'scope-unknown',
        400,
        /^AADSTS500011: /,
      ],
      [
        'a scope that is none',
        { scope: 'https://hib.azurehdinsight.net' },
        'scope-unknown',
        400,
        /^AADSTS1002012: /,
      ],
    ];
    for (const [what, options, kind, status, detail] of table) {
      it(what, async () => {
        const signIn = 'clientSecret';
        await fails(source(options).token({}), { kind, status, detail, host: host(), signIn });
        assert.ok(signIns() <= 1);
      });
    }

    it('a missing secret, before it asks anybody', async () => {
      for (const secret of [undefined, '']) {
        const tokens = source({ proof: proofBySecret(() => Promise.resolve(secret)) });
        await fails(tokens.token({}), { kind: 'secret-missing', host: host() });
      }
      assert.equal(seen.length, 0);
    });

    it('an authority that is away', async () => {
      const gone = await startFaultyServer({ tls: true });
      await gone.close();
      await fails(source({ authority: gone.origin }).token({}), {
        kind: 'connection',
        host: gone.url().host,
      });
    });

    it('an authority whose certificate is not trusted', async () => {
      const own = openHttp();
      await fails(source({ http: own }).token({}), { kind: 'tls', host: host() });
      own.dispose();
    });

    it('what MSAL itself does not take', async () => {
      const authority = 'http://127.0.0.1:1';
      await fails(source({ authority }).token({}), { kind: 'sign-in-failed', host: '127.0.0.1:1' });
    });

    it('a store of secrets that fails', async () => {
      const failure = new Error('locked');
      await rejectsWith(
        source({ proof: proofBySecret(() => Promise.reject(failure)) }).token({}),
        failure,
      );
    });
  });

  describe('at an authority that does what it should not', () => {
    let faulty: FaultyServer;
    let own: HttpClient;

    beforeEach(async () => {
      faulty = await startFaultyServer({ tls: true });
      own = openHttp({ caFile: faulty.caFile, backoffMs: 1 });
    });

    afterEach(async () => {
      own.dispose();
      await faulty.close();
    });

    function faultySource(options: Partial<ClientCredentials> = {}): TokenSource {
      return source({ authority: faulty.origin, http: own, ...options });
    }

    function discovery(tokenEndpoint = `${faulty.origin}/tenant/token`): string {
      const base = `${faulty.origin}/tenant`;
      return JSON.stringify({
        issuer: `${base}/v2.0`,
        authorization_endpoint: `${base}/authorize`,
        token_endpoint: tokenEndpoint,
        jwks_uri: `${base}/keys`,
      });
    }

    const good = answer(200, '{"token_type":"Bearer","expires_in":3600,"access_token":"good"}');

    it('keeps a token, and gets another when it was refused', async () => {
      const later = answer(200, '{"token_type":"Bearer","expires_in":3600,"access_token":"later"}');
      faulty.will(answer(200, discovery()), good, answer(200, discovery()), later);
      const tokens = faultySource();
      assert.equal(await tokens.token({}), 'good');
      assert.equal(await tokens.token({}), 'good');
      assert.equal(faulty.arrivals.length, 2);
      assert.equal(await tokens.token({ refused: 'good' }), 'later');
      assert.equal(await tokens.token({ refused: 'good' }), 'later');
      assert.equal(await tokens.token({}), 'later');
      assert.equal(faulty.arrivals.length, 4);
    });

    it('tries again where that helps', async () => {
      faulty.will(answer(200, discovery()), answer(503), answer(429), good);
      assert.equal(await faultySource().token({}), 'good');
      assert.equal(faulty.arrivals.length, 4);
      assert.match(faulty.arrivals[3]?.body ?? '', /grant_type=client_credentials/);
    });

    it('does not follow a redirect with the secret', async () => {
      faulty.will(answer(200, discovery()), answer(307, '', { Location: '/elsewhere' }));
      await fails(faultySource().token({}), { kind: 'redirect', status: 307 });
      assert.equal(faulty.arrivals.length, 2);
    });

    it('sends the secret to no other origin, whatever the authority names', async () => {
      const elsewhere = await startFaultyServer();
      elsewhere.will(good);
      faulty.will(answer(200, discovery(`${elsewhere.origin}/token`)));
      await fails(faultySource().token({}), {
        kind: 'redirect',
        detail: `to ${elsewhere.origin}`,
        host: new URL(faulty.origin).host,
      });
      assert.equal(elsewhere.arrivals.length, 0);
      await elsewhere.close();
    });

    it('shows the secret to nobody, even if it is echoed', async () => {
      const secret = 'p~q&r s';
      faulty.will(answer(200, discovery()), (response, { body }) => {
        response.writeHead(400).end(`bad: ${body} and ${secret}`);
      });
      const token = faultySource({ proof: proofBySecret(() => Promise.resolve(secret)) }).token({});
      const error: unknown = await token.catch((reason: unknown) => reason);
      assert.ok(error instanceof KafkaError);
      assert.equal(error.kind, 'sign-in-failed');
      for (const form of [secret, encodeURIComponent(secret), 'p~q', 'p%7Eq']) {
        assert.ok(!error.detail.includes(form), error.detail);
      }
      assert.match(error.detail, /client_secret=\*\*\*/);
    });

    it('calls an answer that is no JSON object what it is', async () => {
      faulty.will(answer(200, '<html>Welcome to the hotel'));
      await fails(faultySource().token({}), {
        kind: 'protocol',
        status: 200,
        detail: 'not a JSON object',
        host: faulty.url().host,
      });
    });

    it('gives no token that a header cannot carry', async () => {
      for (const body of [
        '{"expires_in":3600}',
        '{"expires_in":3600,"access_token":["a"]}',
        '{"expires_in":3600,"access_token":"a\\nb"}',
      ]) {
        faulty.will(answer(200, discovery()), answer(200, body));
        await fails(faultySource().token({}), {
          kind: 'sign-in-failed',
          detail: 'no usable token',
        });
      }
    });

    it('calls a page without an error number a failed sign-in', async () => {
      faulty.will(answer(404, '<h1>Not here</h1>'));
      await fails(faultySource().token({}), {
        kind: 'sign-in-failed',
        status: 404,
        detail: 'Not here',
      });
    });

    it('leaves the others waiting when one caller aborts', async () => {
      const reason = new Error('stopped by the user');
      const user = new AbortController();
      const tokens = faultySource();
      let finish = (): void => undefined;
      faulty.will((response) => {
        finish = () => response.end(discovery());
      }, good);
      const arrival = faulty.nextArrival();
      const first = tokens.token({ signal: user.signal });
      const second = tokens.token({});
      await arrival;
      user.abort(reason);
      await rejectsWith(first, reason);
      assert.equal(getEventListeners(user.signal, 'abort').length, 0);
      finish();
      assert.equal(await second, 'good');
    });

    it('ends the sign-in when all have aborted, and begins anew for the next', async () => {
      const reason = new Error('stopped by the user');
      const user = new AbortController();
      const tokens = faultySource();
      faulty.will(hang);
      const arrival = faulty.nextArrival();
      const both = [tokens.token({ signal: user.signal }), tokens.token({ signal: user.signal })];
      await arrival;
      user.abort(reason);
      for (const one of both) await rejectsWith(one, reason);
      faulty.will(answer(200, discovery()), good);
      assert.equal(await tokens.token({}), 'good');
      assert.equal(faulty.arrivals.length, 3);
    });

    it('does nothing for a caller that has aborted already', async () => {
      const reason = new Error('stopped by the user');
      await rejectsWith(faultySource().token({ signal: AbortSignal.abort(reason) }), reason);
      assert.equal(faulty.arrivals.length, 0);
    });
  });
});
