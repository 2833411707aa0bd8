import assert from 'node:assert/strict';
import { basic } from '../../../../src/auth/methods/basic';
import { plainHost } from '../../../../src/auth/base/signInHost';
import { KafkaError } from '../../../../src/core/errors';
import { type HttpClient, openHttp } from '../../../../src/core/http/client';
import { openProxy } from '../../../../src/core/dialects/open';
import { startEmulator } from '../../../../src/emulator/server';
import { fails, rejectsWith } from '../../../support/fails';
import { answer, type FaultyServer, startFaultyServer } from '../../../support/faultyServer';

const ORIGIN = 'https://kafka.example.com';

describe('a user name and a password', () => {
  let http: HttpClient;

  beforeEach(() => {
    http = openHttp({ backoffMs: 1 });
  });

  afterEach(() => {
    http.dispose();
  });

  function authorizer(username: string, password: string | undefined, origin = ORIGIN) {
    const secret = () => Promise.resolve(password);
    return basic.authorizer({ username }, { origin, http, secret, host: plainHost });
  }

  async function headerOf(username: string, password: string): Promise<string | undefined> {
    const { signal } = new AbortController();
    const { headers } = await authorizer(username, password).credentials(signal);
    return headers['authorization'];
  }

  it('go out in UTF-8 and Base64', async () => {
    // The examples of RFC 7617, sections 2 and 2.1.
    assert.equal(await headerOf('Aladdin', 'open sesame'), 'Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==');
    assert.equal(await headerOf('test', '123\u00a3'), 'Basic dGVzdDoxMjPCow==');
  });

  it('are hidden, the password and what the header holds', async () => {
    const { hidden } = await authorizer('test', '123\u00a3').credentials(AbortSignal.any([]));
    assert.deepEqual(hidden, ['dGVzdDoxMjPCow==', '123\u00a3']);
  });

  it('open a REST proxy that asks for them', async () => {
    const { info, stop } = await startEmulator({ auth: 'basic', samples: false });
    const own = openHttp({ caFile: info.caFile ?? '' });
    const { origin } = new URL(info.endpoint);
    const open = (password: string | undefined) =>
      openProxy({
        endpoint: info.endpoint,
        http: own,
        authorizer: basic.authorizer(
          { username: info.username ?? '' },
          { origin, http: own, secret: () => Promise.resolve(password), host: plainHost },
        ),
      });
    assert.deepEqual(await open(info.password ?? '').topics(), []);
    await fails(open('wrong').topics(), { kind: 'unauthorized', status: 401, signIn: 'basic' });
    await stop();
    own.dispose();
  });

  it('are asked for anew with each request, and missed before anything is sent', async () => {
    const { host } = new URL(ORIGIN);
    for (const password of [undefined, '']) {
      await fails(
        http.request({
          method: 'GET',
          url: new URL(ORIGIN),
          idempotent: true,
          authorizer: authorizer('reader', password),
        }),
        { kind: 'secret-missing', host, signIn: 'basic' },
      );
    }
  });

  it('are not read for a request that is cancelled', async () => {
    const reason = new Error('stopped by the user');
    const cancelled = AbortSignal.abort(reason);
    await rejectsWith(authorizer('reader', 'x').credentials(cancelled), reason);
  });

  describe('at a server that does what it should not', () => {
    let server: FaultyServer;

    beforeEach(async () => {
      server = await startFaultyServer();
    });

    afterEach(() => server.close());

    function get(password: string, origin = server.origin) {
      return http.request({
        method: 'GET',
        url: server.url('/v1/metadata/topics'),
        idempotent: true,
        authorizer: authorizer('kafka', password, origin),
      });
    }

    it('go to no other origin, also where the server leads there', async () => {
      const elsewhere = await startFaultyServer();
      server.will(answer(302, '', { Location: elsewhere.url('/').href }));
      await fails(get('pass word'), { kind: 'redirect' });
      await assert.rejects(get('pass word', 'https://kafka.example.com'), /must not go to http:/);
      assert.equal(elsewhere.arrivals.length, 0);
      assert.equal(server.arrivals.length, 1);
      await elsewhere.close();
    });

    for (const password of ['abc', 'l\u00f6ng & "quoted" p\u00e4ssword/+=?']) {
      it(`are shown by no error, even if they are echoed: ${password.length} characters`, async () => {
        const pair = Buffer.from(`kafka:${password}`).toString('base64');
        const echoed = [password, encodeURIComponent(password), pair, encodeURIComponent(pair)];
        for (const form of echoed) {
          server.will(answer(400, `You sent ${form}, which is wrong`));
          const error: unknown = await get(password).catch((reason: unknown) => reason);
          assert.ok(error instanceof KafkaError);
          assert.equal(error.detail, 'You sent ***, which is wrong');
        }
      });
    }
  });

  it('have rules: no colon in the name, and the password as it is typed', () => {
    const name = basic.fields.username.parse;
    assert.deepEqual(name(' reader '), { value: 'reader' });
    assert.deepEqual(name('J\u00fcrgen'), { value: 'J\u00fcrgen' });
    assert.deepEqual(name('a:b'), { problem: 'has-colon' });
    assert.deepEqual(name(' '), { problem: 'empty' });
    assert.deepEqual(name('a\u200bb'), { problem: 'has-hidden' });
    const password = basic.secrets.password.parse;
    assert.deepEqual(password(' a:b '), { value: ' a:b ' });
    assert.deepEqual(password(''), { problem: 'empty' });
    assert.deepEqual(password('a\nb'), { problem: 'has-control' });
  });
});
