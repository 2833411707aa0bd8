import assert from 'node:assert/strict';
import { bearer } from '../../../../src/auth/base/bearer';
import { KafkaError } from '../../../../src/core/errors';
import type { Authorizer, HttpClient } from '../../../../src/core/http/client';
import { fails, rejectsWith } from '../../../support/fails';
import { answer, cutOff, startFaultyServer } from '../../../support/faultyServer';
import type { FaultyServer } from '../../../support/faultyServer';
import { get, open, post } from './support';

describe('answers', () => {
  let server: FaultyServer;
  let http: HttpClient;

  beforeEach(async () => {
    server = await startFaultyServer();
    http = open();
  });

  afterEach(async () => {
    http.dispose();
    await server.close();
  });

  describe('redirects', () => {
    it('follows them within the origin, with the token', async () => {
      server.will(
        answer(307, '', { Location: '/b?c' }),
        answer(301, '', { Location: 'd' }),
        answer(200, 'there'),
      );
      const { text } = await http.request(get(server, '/a', { authorizer: tokens('t') }));
      assert.equal(text, 'there');
      assert.deepEqual(
        server.arrivals.map(({ path, headers }) => [path, headers.authorization]),
        [
          ['/a', 'Bearer t'],
          ['/b?c', 'Bearer t'],
          ['/d', 'Bearer t'],
        ],
      );
    });

    it('does not follow them to another origin', async () => {
      const other = await startFaultyServer();
      server.will(answer(302, '', { Location: `${other.origin}/steal?x` }));
      await fails(http.request(get(server, '/', { authorizer: tokens('abc~1') })), {
        kind: 'redirect',
        status: 302,
        detail: `to ${other.origin}`,
      });
      assert.equal(other.arrivals.length, 0);
      await other.close();
    });

    it('tells where they lead without a token or a secret that the server echoes', async () => {
      server.will(answer(302, '', { Location: 'https://abc~1.test/' }));
      await fails(http.request(get(server, '/', { authorizer: tokens('abc~1') })), {
        kind: 'redirect',
        detail: 'to https://***.test',
      });
    });

    it('gives up in a circle', async () => {
      server.will(answer(302, '', { Location: '/' }));
      await fails(http.request(get(server)), { kind: 'redirect', status: 302 });
      assert.equal(server.arrivals.length, 6);
    });

    it('does not follow them with a body, or to nowhere', async () => {
      server.will(answer(307, '', { Location: '/b' }));
      await fails(http.request(post(server, 'x')), { kind: 'redirect', status: 307 });
      server.will(answer(303, '', { Location: '/b' }));
      await fails(http.request(post(server, 'x')), { kind: 'unclear', status: 303 });
      server.will(answer(302, 'gone', { Location: 'http://[' }));
      await fails(http.request(get(server)), { kind: 'redirect', detail: 'gone' });
      assert.equal(server.arrivals.length, 3);
    });
  });

  describe('failures', () => {
    const kinds = {
      400: 'rejected',
      401: 'unauthorized',
      403: 'forbidden',
      404: 'not-found',
      405: 'rejected',
      408: 'timeout',
      409: 'rejected',
      413: 'too-large',
      429: 'throttled',
      500: 'unavailable',
      501: 'unavailable',
      502: 'unavailable',
      503: 'unavailable',
      504: 'unavailable',
      304: 'redirect',
    } as const;
    for (const [status, kind] of Object.entries(kinds)) {
      it(`calls ${status} of a read ${kind}`, async () => {
        server.will(answer(Number(status), status === '304' ? '' : 'why'));
        await fails(http.request(get(server)), {
          kind,
          status: Number(status),
          detail: status === '304' ? '' : 'why',
          host: server.url().host,
        });
      });
    }

    it('leaves it to the caller which statuses are answers', async () => {
      server.will(answer(404, 'none'));
      const { text } = await http.request(get(server, '/', { accept: (status) => status === 404 }));
      assert.equal(text, 'none');
      server.will(answer(200));
      await fails(http.request(get(server, '/', { accept: () => false })), { kind: 'protocol' });
    });

    it('never shows a token or a secret that the server echoes', async () => {
      server.will(answer(400, 'token abc~1, secret p%26q=1 and p&q=1'));
      await fails(
        http.request(get(server, '/', { authorizer: tokens('abc~1'), secrets: ['p&q=1'] })),
        {
          detail: 'token ***, secret p%26q=1 and ***',
        },
      );
    });

    it('reads only the beginning of a large error, and keeps a status whose text is cut off', async () => {
      server.will(answer(400, 'x'.repeat(10_000_000)));
      await fails(http.request(get(server)), { kind: 'rejected', detail: `${'x'.repeat(499)}…` });
      server.will(cutOff(403, 'beg'));
      await fails(http.request(get(server)), { kind: 'forbidden' });
      assert.equal(server.arrivals.length, 2);
    });

    it('names the resource in Azure in a refusal or a silence, and in no other failure', async () => {
      const azure = { resourceId: '/subscriptions/s', group: 'kafka-clients' };
      const authorizer = { ...tokens('abc~1'), azure };
      const request = () => http.request(get(server, '/', { authorizer, retries: 0 }));
      server.will(answer(403, 'no'), answer(503, 'no'), answer(404, 'no'));
      const named = { status: 403, detail: 'no', signIn: 'clientSecret', azure };
      await fails(request(), { kind: 'forbidden', ...named });
      await fails(request(), { kind: 'unavailable', status: 503, azure });
      await fails(request(), { kind: 'not-found', azure: undefined });
    });

    it('names no resource in Azure if the sign-in is what does not respond', async () => {
      const error = new KafkaError('timeout', { host: 'login.microsoftonline.com' });
      const credentials = () => Promise.reject(error);
      const azure = { resourceId: '/subscriptions/s' };
      const authorizer = { ...tokens('abc~1'), azure, credentials };
      await fails(http.request(get(server, '/', { authorizer })), {
        kind: 'timeout',
        azure: undefined,
      });
    });

    it('names the code of the system for a connection that fails', async () => {
      const url = server.url();
      await server.close();
      await fails(http.request(get(server, '/', { url })), {
        kind: 'connection',
        detail: `connect ECONNREFUSED ${url.host}`,
        host: url.host,
      });
    });

    it('says so when the host does not resolve', async () => {
      http = open({ retries: 0 });
      await fails(
        http.request(get(server, '/', { url: new URL('http://no-such-host.invalid/') })),
        {
          kind: 'host-not-found',
          host: 'no-such-host.invalid',
        },
      );
    });

    it('names the dialect of the REST proxy that it does not reach', async () => {
      http = open({ retries: 0 });
      const url = new URL('http://no-such-host.invalid/');
      await fails(http.request(get(server, '/', { url, dialect: 'karapace' })), {
        kind: 'host-not-found',
        dialect: 'karapace',
      });
    });

    it('calls a broken gzip stream a broken connection', async () => {
      http = open({ retries: 0 });
      server.will(answer(200, 'not gzip', { 'Content-Encoding': 'gzip' }));
      await fails(http.request(get(server)), {
        kind: 'connection',
        detail: /incorrect header check/,
      });
    });
  });

  describe('tokens', () => {
    it('sends the token', async () => {
      await http.request(get(server, '/', { authorizer: tokens('abc') }));
      assert.equal(server.arrivals[0]?.headers.authorization, 'Bearer abc');
    });

    it('gets one fresh token after a 401, for reads and writes', async () => {
      for (const request of [get(server), post(server, 'x')]) {
        const source = tokens('old', 'new');
        server.will(answer(401), answer(200, 'in'));
        assert.equal((await http.request({ ...request, authorizer: source })).text, 'in');
        assert.deepEqual(source.refused, [undefined, 'old']);
      }
      assert.deepEqual(
        server.arrivals.map(({ headers }) => headers.authorization),
        ['Bearer old', 'Bearer new', 'Bearer old', 'Bearer new'],
      );
    });

    it('sends credentials that cannot be renewed only once', async () => {
      server.will(answer(401, 'who are you?'));
      const credentials = { headers: { authorization: 'Basic eDp5' }, hidden: ['eDp5'] };
      const authorizer: Authorizer = {
        kind: 'basic',
        origin: server.origin,
        credentials: () => Promise.resolve(credentials),
      };
      for (const request of [get(server), post(server, 'x')]) {
        await fails(http.request({ ...request, authorizer }), {
          kind: 'unauthorized',
          signIn: 'basic',
        });
      }
      assert.equal(server.arrivals.length, 2);
    });

    it('keeps the fresh token for what follows', async () => {
      const source = tokens('old', 'new');
      server.will(answer(401), answer(503), answer(302, '', { Location: '/there' }), answer(200));
      await http.request(get(server, '/', { authorizer: source }));
      assert.deepEqual(source.refused, [undefined, 'old', 'old', 'old']);
      assert.equal(server.arrivals.at(-1)?.headers.authorization, 'Bearer new');
      assert.equal(server.arrivals.at(-1)?.path, '/there');
    });

    it('gets only one', async () => {
      server.will(answer(401, 'who are you?'));
      await fails(http.request(get(server, '/', { authorizer: tokens('old', 'new', 'newer') })), {
        kind: 'unauthorized',
        status: 401,
        detail: 'who are you?',
      });
      assert.equal(server.arrivals.length, 2);
    });

    it('asks for none before a token is there, and passes its failure on', async () => {
      const failure = new KafkaError('secret-missing');
      const authorizer = bearer('clientSecret', server.origin, {
        token: () => Promise.reject(failure),
      });
      await rejectsWith(http.request(get(server, '/', { authorizer })), failure);
      assert.equal(server.arrivals.length, 0);
    });

    it('never sends a token to another origin than its own', async () => {
      const authorizer = bearer('clientSecret', 'https://kafka.example', {
        token: () => Promise.resolve('t'),
      });
      await assert.rejects(
        http.request(get(server, '/', { authorizer })),
        /must not go to http:\/\/127/,
      );
      assert.equal(server.arrivals.length, 0);
    });
  });

  /** Signs in with these tokens, one after the other. */
  function tokens(...values: string[]): Authorizer & { refused: (string | undefined)[] } {
    const refused: (string | undefined)[] = [];
    const authorizer = bearer('clientSecret', server.origin, {
      token: (options) => {
        refused.push(options.refused);
        return Promise.resolve(values[Math.min(refused.length, values.length) - 1] ?? '');
      },
    });
    return { ...authorizer, refused };
  }
});
