import assert from 'node:assert/strict';
import { bearer, type TokenSource } from '../../../../src/auth/base/bearer';
import { type OauthClient, oauthTokens } from '../../../../src/auth/oauth/clientCredentials';
import type { KafkaError } from '../../../../src/core/errors';
import { type HttpClient, openHttp } from '../../../../src/core/http/client';
import { openProxy } from '../../../../src/core/dialects/open';
import {
  type Emulator,
  type EmulatorOptions,
  type RequestLogEntry,
  startEmulator,
} from '../../../../src/emulator/server';
import { fails, rejectsWith } from '../../../support/fails';

const EXPIRED = 'last-year';

/** Against the strict provider of the emulator. */
describe('OAuth client credentials', () => {
  let emulator: Emulator;
  let http: HttpClient;
  let seen: RequestLogEntry[];

  before(() => start());
  after(() => emulator.stop());

  beforeEach(() => {
    seen = [];
    http = openHttp({ caFile: emulator.info.caFile ?? '', backoffMs: 1 });
  });

  afterEach(() => {
    http.dispose();
  });

  async function start(options: EmulatorOptions = {}): Promise<void> {
    emulator = await startEmulator({
      auth: 'oauth',
      samples: false,
      expiredSecret: EXPIRED,
      onRequest: (entry) => seen.push(entry),
      ...options,
    });
  }

  /** Runs a test with another provider, and the usual one again afterwards. */
  async function withEmulator(options: EmulatorOptions, test: () => Promise<void>): Promise<void> {
    await emulator.stop();
    await start(options);
    http = openHttp({ caFile: emulator.info.caFile ?? '', backoffMs: 1 });
    await test();
    await emulator.stop();
    await start();
  }

  function source(options: Partial<OauthClient> = {}): TokenSource {
    const { issuer, clientId, clientSecret, scope } = emulator.info;
    return oauthTokens({
      issuer: issuer ?? '',
      tokenEndpoint: '',
      clientId: clientId ?? '',
      scope: scope ?? '',
      audience: '',
      resource: '',
      authentication: 'auto',
      signIn: 'oauth',
      secret: () => Promise.resolve(clientSecret ?? ''),
      http,
      ...options,
    });
  }

  function topics(options: Partial<OauthClient> = {}) {
    const { endpoint, dialect: kind } = emulator.info;
    const authorizer = bearer('oauth', new URL(endpoint).origin, source(options));
    return openProxy({ endpoint, dialect: { kind }, http, authorizer }).topics();
  }

  const signIns = () =>
    seen.filter(({ server, method }) => server === 'openid' && method === 'POST');
  const audience = () => emulator.info.audience ?? '';
  const tokenEndpoint = () => `${emulator.info.issuer ?? ''}/token`;

  const ways: Record<string, () => Partial<OauthClient>> = {
    'a scope': () => ({}),
    'several scopes': () => ({ scope: 'profile kafka' }),
    'an audience': () => ({ scope: '', audience: audience() }),
    'a resource': () => ({ scope: '', resource: audience() }),
    'the secret in a header': () => ({ authentication: 'basic' }),
    'the secret in the body': () => ({ authentication: 'post' }),
    'a token endpoint and no issuer': () => ({ issuer: '', tokenEndpoint: tokenEndpoint() }),
  };
  for (const [what, options] of Object.entries(ways)) {
    it(`open a REST proxy, with ${what}`, async () => {
      assert.deepEqual(await topics(options()), []);
      assert.equal(signIns().length, 1);
    });
  }

  for (const face of ['confluent', 'karapace', 'redpanda', 'strimzi'] as const) {
    it(`open a REST proxy of another kind: ${face}`, () =>
      withEmulator({ face }, async () => {
        assert.deepEqual(await topics(), []);
      }));
  }

  for (const authentications of [['client_secret_basic'], ['client_secret_post']] as const) {
    it(`show the secret as the issuer says: ${authentications.join()}`, () =>
      withEmulator({ authentications }, async () => {
        assert.match(await source().token({}), /^eyJ/);
        assert.equal(signIns()[0]?.authorized, authentications[0] === 'client_secret_basic');
      }));
  }

  it('sign in once for all who ask at the same time, and again for a refused token', async () => {
    const own = source();
    const tokens = await Promise.all([own.token({}), own.token({}), own.token({})]);
    assert.equal(new Set(tokens).size, 1);
    assert.equal(signIns().length, 1);
    assert.notEqual(await own.token({ refused: tokens[0] }), tokens[0]);
    assert.equal(signIns().length, 2);
  });

  it('get a token before the last one ends', () =>
    withEmulator({ tokenLifetime: 1 }, async () => {
      const own = source();
      for (let call = 1; call <= 3; call++) assert.match(await own.token({}), /^eyJ/);
      assert.ok(signIns().length <= 3);
    }));

  it('of a client that the REST proxy does not admit are forbidden', async () => {
    const { outsider } = emulator.info;
    const { clientId = '', clientSecret = '' } = outsider ?? {};
    const other = { clientId, secret: () => Promise.resolve(clientSecret) };
    await fails(topics(other), { kind: 'forbidden', signIn: 'oauth' });
  });

  it('for nobody in particular are not accepted, after one more try', async () => {
    await fails(topics({ scope: 'profile' }), { kind: 'unauthorized', signIn: 'oauth' });
    assert.equal(signIns().length, 2);
  });

  const refusals: [string, () => Partial<OauthClient>, KafkaError['kind'], number, RegExp][] = [
    [
      'a wrong secret',
      () => ({ secret: () => Promise.resolve('no') }),
      'secret-wrong',
      401,
      /client/,
    ],
    ['an unknown client', () => ({ clientId: 'nobody' }), 'secret-wrong', 401, /Invalid client/],
    [
      'an expired secret',
      () => ({ secret: () => Promise.resolve(EXPIRED) }),
      'secret-expired',
      401,
      /expired/,
    ],
    ['an unknown scope', () => ({ scope: 'everything' }), 'scope-unknown', 400, /everything/],
    ['an unknown audience', () => ({ audience: 'x:y' }), 'consent-missing', 403, /x:y/],
    ['an unknown resource', () => ({ resource: 'x:y' }), 'consent-missing', 400, /x:y/],
    [
      'an unknown realm',
      () => ({ issuer: `${emulator.info.issuer ?? ''}-x` }),
      'tenant-unknown',
      404,
      /Realm does not exist/,
    ],
    [
      'a token endpoint that is not there',
      () => ({ tokenEndpoint: `${tokenEndpoint()}-x` }),
      'tenant-unknown',
      404,
      /Realm does not exist/,
    ],
  ];
  for (const [what, options, kind, status, detail] of refusals) {
    it(`tell ${what}`, async () => {
      const { host } = new URL(emulator.info.issuer ?? '');
      await fails(source(options()).token({}), { kind, status, detail, host, signIn: 'oauth' });
      assert.ok(signIns().length <= 1);
    });
  }

  it('miss their secret before they ask anybody, and do nothing when cancelled', async () => {
    const secret = () => Promise.resolve(undefined);
    await fails(source({ secret }).token({}), { kind: 'secret-missing', signIn: 'oauth' });
    const reason = new Error('stopped by the user');
    await rejectsWith(source().token({ signal: AbortSignal.abort(reason) }), reason);
    assert.equal(seen.length, 0);
  });
});
