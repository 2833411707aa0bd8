import assert from 'node:assert/strict';
import { bearer } from '../../../../src/auth/base/bearer';
import { getEventListeners } from 'node:events';
import { gzipSync } from 'node:zlib';
import { acceptEncoding } from '../../../../src/core/http/exchange';
import type { HttpClient } from '../../../../src/core/http/client';
import { fails, rejectsWith } from '../../../support/fails';
import { answer, hang, reset, stall, startFaultyServer } from '../../../support/faultyServer';
import type { FaultyServer } from '../../../support/faultyServer';
import { get, open, post } from './support';

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

  it('gives status, headers, body and text of an answer', async () => {
    server.will(answer(201, 'grün', { NextOffset: '7' }));
    const { status, headers, text, body } = await http.request(get(server, '/a?b=c'));
    assert.deepEqual([status, headers.get('nextoffset'), text], [201, '7', 'grün']);
    assert.deepEqual(body, Buffer.from('grün'));
    assert.equal(server.arrivals[0]?.path, '/a?b=c');
  });

  it('sends headers and the body with its length', async () => {
    await http.request(
      post(server, '{"k":"grün"}', { headers: { 'content-type': 'application/json' } }),
    );
    await http.request({ ...post(server, ''), method: 'PUT' });
    const [first, second] = server.arrivals;
    assert.equal(first?.body, '{"k":"grün"}');
    assert.equal(first.headers['content-length'], '13');
    assert.equal(first.headers['content-type'], 'application/json');
    assert.equal(second?.headers['content-length'], '0');
  });

  it('sends a large body whole', async () => {
    const body = 'x'.repeat(3_000_000);
    await http.request(post(server, body));
    assert.equal(server.arrivals[0]?.body.length, body.length);
  });

  it('keeps connections alive, one for reads and one for writes', async () => {
    for (let i = 0; i < 3; i++) {
      await http.request(get(server));
      await http.request(post(server, 'x'));
    }
    assert.deepEqual(
      server.arrivals.map(({ connection }) => connection),
      [1, 2, 1, 2, 1, 2],
    );
  });

  it('keeps no connection that the server wants to close before long', async () => {
    server.will(answer(200, '', { 'Keep-Alive': 'timeout=1' }));
    await http.request(get(server));
    await server.allClosed();
  });

  it('gives a write no connection that was idle for a second', async () => {
    await http.request(post(server, 'x'));
    await server.allClosed();
    await http.request(post(server, 'x'));
    assert.equal(server.arrivals[1]?.connection, 2);
  });

  it('accepts gzip, but not from this computer, where it only costs', async () => {
    assert.equal(acceptEncoding(new URL('https://kafka.example')), 'gzip');
    for (const host of ['localhost', '127.0.0.1', '127.8.9.1', '[::1]']) {
      assert.equal(acceptEncoding(new URL(`http://${host}:8080`)), 'identity');
    }
    server.will(answer(200, gzipSync('unpacked'), { 'Content-Encoding': 'gzip' }));
    const { text, body } = await http.request(get(server));
    assert.deepEqual([text, body.length], ['unpacked', 8]);
  });

  it('tells the log of each try, without query, body or token', async () => {
    const lines: string[] = [];
    const log = { trace: (line: string) => lines.push(line) };
    server.will(answer(503, 'secret'), reset, answer(200, 'secret'));
    http = open({ log });
    const authorizer = bearer('clientSecret', server.origin, {
      token: () => Promise.resolve('secret'),
    });
    await http.request(get(server, '/topics?token=secret', { authorizer }));
    const told = lines.map((line) => line.replace(/\d+ ms/, 'N ms'));
    assert.deepEqual(told, [
      `GET ${server.origin}/topics: 503, 6 bytes, N ms, try 1`,
      `GET ${server.origin}/topics: connection, N ms, try 2`,
      `GET ${server.origin}/topics: 200, 6 bytes, N ms, try 3`,
    ]);
  });

  describe('limits', () => {
    it('ends an answer that is too large, and its connection', async () => {
      http = open({ maxResponseBytes: 1000 });
      server.will(answer(200, 'x'.repeat(1000)));
      assert.equal((await http.request(get(server))).body.length, 1000);
      server.will(answer(200, 'x'.repeat(1_000_000)));
      await fails(http.request(get(server)), {
        kind: 'response-too-large',
        status: 200,
        detail: 'more than 1000 bytes',
        bytes: 1000,
        host: server.url().host,
      });
      await server.allClosed();
      assert.equal(server.arrivals.length, 2);
    });

    it('counts what is unpacked', async () => {
      http = open({ maxResponseBytes: 1_000_000 });
      server.will(answer(200, gzipSync('x'.repeat(5_000_000)), { 'Content-Encoding': 'gzip' }));
      await fails(http.request(get(server)), { kind: 'response-too-large' });
    });

    it('ends a request that takes too long, whether it waits for the answer or its end', async () => {
      http = open({ requestTimeoutMs: 100 });
      for (const behaviour of [hang, stall(200, 'begin')]) {
        server.will(behaviour);
        await fails(http.request(get(server)), {
          kind: 'timeout',
          detail: 'no complete response within 100 ms',
          host: server.url().host,
        });
        await server.allClosed();
      }
      assert.equal(server.arrivals.length, 2);
    });

    it('reads a date to wait for by the clock of the server that gave it', async () => {
      http = open({ requestTimeoutMs: 5000 });
      const nextYear = new Date(Date.now() + 365 * 24 * 3600 * 1000).toUTCString();
      const headers = { Date: nextYear, 'Retry-After': nextYear };
      server.will(answer(503, 'busy', headers), answer(200, 'well'));
      assert.equal((await http.request(get(server))).text, 'well');
    });

    it('bounds all tries together: waits for no time that is not left', async () => {
      http = open({ requestTimeoutMs: 5000 });
      server.will(answer(503, 'busy', { 'Retry-After': '6' }));
      await fails(http.request(get(server)), { kind: 'unavailable', status: 503, detail: 'busy' });
      assert.equal(server.arrivals.length, 1);
    });
  });

  describe('aborting', () => {
    const reason = new Error('stopped by the user');

    it('sends nothing if aborted before', async () => {
      await rejectsWith(
        http.request(get(server, '/', { signal: AbortSignal.abort(reason) })),
        reason,
      );
      assert.equal(server.arrivals.length, 0);
    });

    for (const [when, behaviour] of [
      ['waiting for the response', hang],
      ['reading it', stall(200, 'begin')],
    ] as const) {
      it(`ends a read at once when ${when}, and leaves nothing behind`, async () => {
        const user = new AbortController();
        server.will(behaviour);
        const request = http.request(get(server, '/', { signal: user.signal }));
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
      await rejectsWith(http.request(get(server, '/', { signal: user.signal })), reason);
      assert.equal(server.arrivals.length, 1);
    });

    it('leaves no listener behind after an answer', async () => {
      const { signal } = new AbortController();
      await http.request(get(server, '/', { signal }));
      assert.equal(getEventListeners(signal, 'abort').length, 0);
    });

    it('fails what is under way, and all that comes later, when disposed', async () => {
      server.will(hang);
      const request = http.request(get(server));
      await server.nextArrival();
      http.dispose();
      await fails(request, { kind: 'closed' });
      await fails(http.request(get(server)), { kind: 'closed' });
      await server.allClosed();
    });
  });
});
