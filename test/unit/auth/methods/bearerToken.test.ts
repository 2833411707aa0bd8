import assert from 'node:assert/strict';
import { bearerToken } from '../../../../src/auth/methods/bearerToken';
import { plainHost } from '../../../../src/auth/base/signInHost';
import { openProxy } from '../../../../src/core/dialects/open';
import type { KafkaError } from '../../../../src/core/errors';
import { type HttpClient, openHttp } from '../../../../src/core/http/client';
import { startEmulator } from '../../../../src/emulator/server';
import { fails, rejectsWith } from '../../../support/fails';
import { answer, type FaultyServer, startFaultyServer } from '../../../support/faultyServer';
import { jwtOf } from '../../../support/signIn/jwt';

const seconds = () => Math.floor(Date.now() / 1000);

describe('a bearer token', () => {
  let server: FaultyServer;
  let http: HttpClient;

  beforeEach(async () => {
    server = await startFaultyServer();
    http = openHttp({ backoffMs: 1 });
  });

  afterEach(async () => {
    http.dispose();
    await server.close();
  });

  function authorizer(token: string | undefined, origin = server.origin) {
    const secret = () => Promise.resolve(token);
    return bearerToken.authorizer({}, { origin, http, secret, host: plainHost });
  }

  function get(token: string | undefined, origin = server.origin) {
    return http.request({
      method: 'GET',
      url: server.url('/topics'),
      idempotent: true,
      authorizer: authorizer(token, origin),
    });
  }

  it('goes out with each request', async () => {
    server.will(answer(200, '[]'));
    await get('abc');
    assert.equal(server.arrivals[0]?.headers['authorization'], 'Bearer abc');
  });

  for (const face of ['hdinsight', 'confluent', 'karapace', 'redpanda', 'strimzi'] as const) {
    it(`opens a REST proxy that knows it: ${face}`, async () => {
      const { info, stop } = await startEmulator({ auth: 'bearer', face, samples: false });
      const own = openHttp({ caFile: info.caFile ?? '' });
      const { endpoint, dialect: kind } = info;
      const { origin } = new URL(endpoint);
      const open = (token: string) =>
        openProxy({
          endpoint,
          dialect: { kind },
          http: own,
          authorizer: bearerToken.authorizer(
            {},
            { origin, http: own, secret: () => Promise.resolve(token), host: plainHost },
          ),
        });
      assert.deepEqual(await open(info.token ?? '').topics(), []);
      await fails(open('another').topics(), { kind: 'unauthorized', signIn: 'bearerToken' });
      own.dispose();
      await stop();
    });
  }

  const refusals: [string, string | undefined, Pick<KafkaError, 'kind'> & { detail?: string }][] = [
    ['is missing', undefined, { kind: 'secret-missing' }],
    ['is empty', '', { kind: 'secret-missing' }],
    [
      'has expired',
      jwtOf({ exp: 1_700_000_000 }),
      { kind: 'credential-expired', detail: '2023-11-14T22:13:20.000Z' },
    ],
    [
      'is not valid yet, or the clock is off',
      jwtOf({ nbf: 4_000_000_000, exp: 4_000_003_600 }),
      { kind: 'credential-expired', detail: '2096-10-02T07:06:40.000Z' },
    ],
  ];
  for (const [what, token, expected] of refusals) {
    it(`is not sent if it ${what}`, async () => {
      const { host } = server.url();
      await fails(get(token), { ...expected, host, signIn: 'bearerToken' });
      assert.equal(server.arrivals.length, 0);
    });
  }

  it('is sent if the clock is a little slow', async () => {
    server.will(answer(200, '[]'));
    await get(jwtOf({ nbf: seconds() + 60, exp: seconds() + 600 }));
    assert.equal(server.arrivals.length, 1);
  });

  it('is sent once only to a server that has revoked it', async () => {
    server.will(answer(401, '{"message":"The token was revoked"}'));
    await fails(get('abc'), { kind: 'unauthorized', status: 401, signIn: 'bearerToken' });
    assert.equal(server.arrivals.length, 1);
  });

  it('is not read for a request that is cancelled', async () => {
    const reason = new Error('stopped by the user');
    await rejectsWith(authorizer('abc').credentials(AbortSignal.abort(reason)), reason);
  });

  it('goes to no other origin, and is shown by no error', async () => {
    const elsewhere = await startFaultyServer();
    server.will(
      answer(302, '', { Location: elsewhere.url('/').href }),
      answer(400, 'You sent the-secret-token, which is wrong'),
    );
    await fails(get('the-secret-token'), { kind: 'redirect' });
    await fails(get('the-secret-token'), { detail: 'You sent ***, which is wrong' });
    await assert.rejects(get('abc', 'https://kafka.example.com'), /must not go to http:/);
    assert.equal(elsewhere.arrivals.length, 0);
    await elsewhere.close();
  });
});
