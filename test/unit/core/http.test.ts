import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { gzipSync } from 'node:zlib';
import { KafkaError } from '../../../src/core/errors';
import { acceptEncoding } from '../../../src/core/exchange';
import { openHttp } from '../../../src/core/http';
import type { HttpClient, HttpOptions, HttpRequest, TokenSource } from '../../../src/core/http';
import { fails, rejectsWith } from '../../support/fails';
import { answer, cutOff, hang, reset, stall, startFaultyServer } from '../../support/faultyServer';
import type { FaultyServer } from '../../support/faultyServer';

describe('http', () => {
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

  function open(options: HttpOptions = {}): HttpClient {
    return openHttp({ backoffMs: 1, ...options });
  }

  function get(path = '/', more: Partial<HttpRequest> = {}): HttpRequest {
    return { method: 'GET', url: server.url(path), repeat: 'read', ...more };
  }

  function post(body: string, more: Partial<HttpRequest> = {}): HttpRequest {
    return { method: 'POST', url: server.url('/write'), repeat: 'write', body, ...more };
  }

  it('gives status, headers, text and bytes of an answer', async () => {
    server.will(answer(201, 'grün', { NextOffset: '7' }));
    const { status, headers, text, bytes } = await http.request(get('/a?b=c'));
    assert.deepEqual([status, headers.get('nextoffset'), text, bytes], [201, '7', 'grün', 5]);
    assert.equal(server.arrivals[0]?.path, '/a?b=c');
  });

  it('sends headers and the body with its length', async () => {
    await http.request(post('{"k":"grün"}', { headers: { 'content-type': 'application/json' } }));
    await http.request({ ...post(''), method: 'PUT' });
    const [first, second] = server.arrivals;
    assert.equal(first?.body, '{"k":"grün"}');
    assert.equal(first.headers['content-length'], '13');
    assert.equal(first.headers['content-type'], 'application/json');
    assert.equal(second?.headers['content-length'], '0');
  });

  it('sends a large body whole', async () => {
    const body = 'x'.repeat(3_000_000);
    await http.request(post(body));
    assert.equal(server.arrivals[0]?.body.length, body.length);
  });

  it('keeps connections alive, one for reads and one for writes', async () => {
    for (let i = 0; i < 3; i++) {
      await http.request(get());
      await http.request(post('x'));
    }
    assert.deepEqual(
      server.arrivals.map(({ connection }) => connection),
      [1, 2, 1, 2, 1, 2],
    );
  });

  it('keeps no connection that the server wants to close before long', async () => {
    server.will(answer(200, '', { 'Keep-Alive': 'timeout=1' }));
    await http.request(get());
    await server.allClosed();
  });

  it('gives a write no connection that was idle for a second', async () => {
    await http.request(post('x'));
    await server.allClosed();
    await http.request(post('x'));
    assert.equal(server.arrivals[1]?.connection, 2);
  });

  it('accepts gzip, but not from this computer, where it only costs', async () => {
    assert.equal(acceptEncoding(new URL('https://kafka.example')), 'gzip');
    for (const host of ['localhost', '127.0.0.1', '127.8.9.1', '[::1]']) {
      assert.equal(acceptEncoding(new URL(`http://${host}:8080`)), 'identity');
    }
    server.will(answer(200, gzipSync('unpacked'), { 'Content-Encoding': 'gzip' }));
    const { text, bytes } = await http.request(get());
    assert.deepEqual([text, bytes], ['unpacked', 8]);
  });

  it('tells the log of each try, without query, body or token', async () => {
    const lines: string[] = [];
    const log = { trace: (line: string) => lines.push(line) };
    server.will(answer(503, 'secret'), reset, answer(200, 'secret'));
    http = open({ log });
    await http.request(get('/topics?token=secret', { token: tokens('secret') }));
    const told = lines.map((line) => line.replace(/\d+ ms/, 'N ms'));
    assert.deepEqual(told, [
      `GET ${server.origin}/topics: 503, 6 bytes, N ms, try 1`,
      `GET ${server.origin}/topics: connection, N ms, try 2`,
      `GET ${server.origin}/topics: 200, 6 bytes, N ms, try 3`,
    ]);
  });

  describe('limits', () => {
    it('ends an answer that is too large, and its connection', async () => {
      http = open({ maxAnswerBytes: 1000 });
      server.will(answer(200, 'x'.repeat(1000)));
      assert.equal((await http.request(get())).bytes, 1000);
      server.will(answer(200, 'x'.repeat(1_000_000)));
      await fails(http.request(get()), {
        kind: 'answer-too-large',
        status: 200,
        detail: 'more than 1000 bytes',
        host: server.url().host,
      });
      await server.allClosed();
      assert.equal(server.arrivals.length, 2);
    });

    it('counts what is unpacked', async () => {
      http = open({ maxAnswerBytes: 1_000_000 });
      server.will(answer(200, gzipSync('x'.repeat(5_000_000)), { 'Content-Encoding': 'gzip' }));
      await fails(http.request(get()), { kind: 'answer-too-large' });
    });

    it('ends a request that takes too long, whether it waits for the answer or its end', async () => {
      http = open({ requestTimeoutMs: 100 });
      for (const behaviour of [hang, stall(200, 'begin')]) {
        server.will(behaviour);
        await fails(http.request(get()), {
          kind: 'timeout',
          detail: 'no complete answer within 100 ms',
          host: server.url().host,
        });
        await server.allClosed();
      }
      assert.equal(server.arrivals.length, 2);
    });

    it('bounds all tries together: waits for no time that is not left', async () => {
      http = open({ requestTimeoutMs: 5000 });
      server.will(answer(503, 'busy', { 'Retry-After': '6' }));
      await fails(http.request(get()), { kind: 'unavailable', status: 503, detail: 'busy' });
      assert.equal(server.arrivals.length, 1);
    });
  });

  describe('redirects', () => {
    it('follows them within the origin, with the token', async () => {
      server.will(
        answer(307, '', { Location: '/b?c' }),
        answer(301, '', { Location: 'd' }),
        answer(200, 'there'),
      );
      const { text } = await http.request(get('/a', { token: tokens('t') }));
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
      await fails(http.request(get('/', { token: tokens('t') })), {
        kind: 'redirect',
        status: 302,
        detail: `to ${other.origin}`,
      });
      assert.equal(other.arrivals.length, 0);
      await other.close();
    });

    it('gives up in a circle', async () => {
      server.will(answer(302, '', { Location: '/' }));
      await fails(http.request(get()), { kind: 'redirect', status: 302 });
      assert.equal(server.arrivals.length, 6);
    });

    it('does not follow them with a body, or to nowhere', async () => {
      server.will(answer(307, '', { Location: '/b' }));
      await fails(http.request(post('x')), { kind: 'redirect', status: 307 });
      server.will(answer(303, '', { Location: '/b' }));
      await fails(http.request(post('x')), { kind: 'outcome-unknown', status: 303 });
      server.will(answer(302, 'gone', { Location: 'http://[' }));
      await fails(http.request(get()), { kind: 'redirect', detail: 'gone' });
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
        await fails(http.request(get()), {
          kind,
          status: Number(status),
          detail: status === '304' ? '' : 'why',
          host: server.url().host,
        });
      });
    }

    it('leaves it to the caller which statuses are answers', async () => {
      server.will(answer(404, 'none'));
      const { text } = await http.request(get('/', { accept: (status) => status === 404 }));
      assert.equal(text, 'none');
      server.will(answer(200));
      await fails(http.request(get('/', { accept: () => false })), { kind: 'protocol' });
    });

    it('never shows a token or a secret that the server echoes', async () => {
      server.will(answer(400, 'token abc~1, secret p%26q=1 and p&q=1'));
      await fails(http.request(get('/', { token: tokens('abc~1'), secrets: ['p&q=1'] })), {
        detail: 'token ***, secret p%26q=1 and ***',
      });
    });

    it('reads only the beginning of a large error, and keeps a status whose text is cut off', async () => {
      server.will(answer(400, 'x'.repeat(10_000_000)));
      await fails(http.request(get()), { kind: 'rejected', detail: `${'x'.repeat(499)}…` });
      server.will(cutOff(403, 'beg'));
      await fails(http.request(get()), { kind: 'forbidden' });
      assert.equal(server.arrivals.length, 2);
    });

    it('names the code of the system for a connection that fails', async () => {
      const url = server.url();
      await server.close();
      await fails(http.request(get('/', { url })), {
        kind: 'connection',
        detail: `connect ECONNREFUSED ${url.host}`,
        host: url.host,
      });
    });

    it('says so when the host does not resolve', async () => {
      http = open({ retries: 0 });
      await fails(http.request(get('/', { url: new URL('http://no-such-host.invalid/') })), {
        kind: 'host-not-found',
        host: 'no-such-host.invalid',
      });
    });

    it('calls a broken gzip stream a broken connection', async () => {
      http = open({ retries: 0 });
      server.will(answer(200, 'not gzip', { 'Content-Encoding': 'gzip' }));
      await fails(http.request(get()), { kind: 'connection', detail: /incorrect header check/ });
    });
  });

  describe('aborting', () => {
    const reason = new Error('stopped by the user');

    it('sends nothing if aborted before', async () => {
      await rejectsWith(http.request(get('/', { signal: AbortSignal.abort(reason) })), reason);
      assert.equal(server.arrivals.length, 0);
    });

    for (const [when, behaviour] of [
      ['waiting for the answer', hang],
      ['reading it', stall(200, 'begin')],
    ] as const) {
      it(`ends a read at once when ${when}, and leaves nothing behind`, async () => {
        const user = new AbortController();
        server.will(behaviour);
        const request = http.request(get('/', { signal: user.signal }));
        await server.nextArrival();
        user.abort(reason);
        await rejectsWith(request, reason);
        assert.equal(getEventListeners(user.signal, 'abort').length, 0);
        await server.allClosed();
      });
    }

    it('ends the wait before a repetition', async () => {
      const user = new AbortController();
      server.will(answer(503, '', { 'Retry-After': '20' }));
      const log = {
        trace: () => {
          setImmediate(() => {
            user.abort(reason);
          });
        },
      };
      http = open({ log });
      await rejectsWith(http.request(get('/', { signal: user.signal })), reason);
      assert.equal(server.arrivals.length, 1);
    });

    it('leaves no listener behind after an answer', async () => {
      const { signal } = new AbortController();
      await http.request(get('/', { signal }));
      assert.equal(getEventListeners(signal, 'abort').length, 0);
    });

    it('fails what is under way, and all that comes later, when disposed', async () => {
      server.will(hang);
      const request = http.request(get());
      await server.nextArrival();
      http.dispose();
      await fails(request, { kind: 'connection', detail: 'closed' });
      await fails(http.request(get()), { kind: 'connection', detail: 'closed' });
      await server.allClosed();
    });
  });

  describe('tokens', () => {
    it('sends the token', async () => {
      await http.request(get('/', { token: tokens('abc') }));
      assert.equal(server.arrivals[0]?.headers.authorization, 'Bearer abc');
    });

    it('gets one fresh token after a 401, for reads and writes', async () => {
      for (const request of [get(), post('x')]) {
        const source = tokens('old', 'new');
        server.will(answer(401), answer(200, 'in'));
        assert.equal((await http.request({ ...request, token: source })).text, 'in');
        assert.deepEqual(source.refused, [undefined, 'old']);
      }
      assert.deepEqual(
        server.arrivals.map(({ headers }) => headers.authorization),
        ['Bearer old', 'Bearer new', 'Bearer old', 'Bearer new'],
      );
    });

    it('gets only one', async () => {
      server.will(answer(401, 'who are you?'));
      await fails(http.request(get('/', { token: tokens('old', 'new', 'newer') })), {
        kind: 'unauthorized',
        status: 401,
        detail: 'who are you?',
      });
      assert.equal(server.arrivals.length, 2);
    });

    it('asks for none before a token is there, and passes its failure on', async () => {
      const failure = new KafkaError('secret-missing');
      const token = { origin: server.origin, token: () => Promise.reject(failure) };
      await rejectsWith(http.request(get('/', { token })), failure);
      assert.equal(server.arrivals.length, 0);
    });

    it('never sends a token to another origin than its own', async () => {
      const token = { origin: 'https://kafka.example', token: () => Promise.resolve('t') };
      await assert.rejects(http.request(get('/', { token })), /must not go to http:\/\/127/);
      assert.equal(server.arrivals.length, 0);
    });
  });

  /** Gives these tokens, one after the other. */
  function tokens(...values: string[]): TokenSource & { refused: (string | undefined)[] } {
    const refused: (string | undefined)[] = [];
    return {
      origin: server.origin,
      refused,
      token: (options) => {
        refused.push(options.refused);
        return Promise.resolve(values[Math.min(refused.length, values.length) - 1] ?? '');
      },
    };
  }
});
