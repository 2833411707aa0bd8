import assert from 'node:assert/strict';
import net from 'node:net';
import { KafkaError } from '../../../../src/core/errors';
import { openHttp } from '../../../../src/core/http/client';
import type { HttpClient, HttpRequest } from '../../../../src/core/http/client';
import { mayRepeat, waitBefore } from '../../../../src/core/http/retry';
import { fails, rejectsWith } from '../../../support/fails';
import {
  answer,
  cutOff,
  hang,
  reset,
  stall,
  startFaultyServer,
} from '../../../support/faultyServer';
import type { Behaviour, FaultyServer } from '../../../support/faultyServer';

describe('repeating requests', () => {
  let server: FaultyServer;
  let http: HttpClient;

  beforeEach(async () => {
    server = await startFaultyServer();
    http = openHttp({ backoffMs: 1, requestTimeoutMs: 2000 });
  });

  afterEach(async () => {
    http.dispose();
    await server.close();
  });

  function read(): HttpRequest {
    return { method: 'GET', url: server.url('/read'), idempotent: true };
  }

  function write(): HttpRequest {
    return { method: 'POST', url: server.url('/write'), idempotent: false, body: '{"records":[]}' };
  }

  /** A port of 127.0.0.1 where nothing listens until `open` is called. */
  async function closedPort(): Promise<number> {
    const probe = net.createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => probe.once('listening', resolve));
    const address = probe.address();
    await new Promise((resolve) => probe.close(resolve));
    return address !== null && typeof address === 'object' ? address.port : 0;
  }

  describe('that read', () => {
    const passing: [string, Behaviour][] = [
      ['429', answer(429)],
      ['502', answer(502)],
      ['503', answer(503)],
      ['504', answer(504)],
      ['a reset before the response', reset],
      ['a reset during the response', cutOff(200, 'begin')],
    ];
    for (const [what, behaviour] of passing) {
      it(`outlives ${what}`, async () => {
        server.will(behaviour, behaviour, behaviour, answer(200, 'well'));
        assert.equal((await http.request(read())).text, 'well');
        assert.equal(server.arrivals.length, 4);
      });

      it(`gives up after the fourth ${what}`, async () => {
        server.will(behaviour);
        await assert.rejects(http.request(read()), KafkaError);
        assert.equal(server.arrivals.length, 4);
      });
    }

    for (const status of [400, 403, 404, 413, 500, 501]) {
      it(`accepts ${status} as final`, async () => {
        server.will(answer(status));
        await fails(http.request(read()), { status });
        assert.equal(server.arrivals.length, 1);
      });
    }

    it('does not ask again when the answer takes too long', async () => {
      http = openHttp({ requestTimeoutMs: 100 });
      server.will(hang);
      await fails(http.request(read()), { kind: 'timeout' });
      assert.equal(server.arrivals.length, 1);
    });

    it('takes POST for a read where that is said', async () => {
      server.will(reset, answer(200, 'well'));
      const { text } = await http.request({ ...write(), idempotent: true });
      assert.equal(text, 'well');
      assert.deepEqual(
        server.arrivals.map(({ body }) => body),
        ['{"records":[]}', '{"records":[]}'],
      );
    });
  });

  describe('that write', () => {
    it('never repeats one that the server took before it broke the connection', async () => {
      server.will(reset);
      await fails(http.request(write()), {
        kind: 'unclear',
        detail: /hang up|ECONNRESET/,
        host: server.url().host,
      });
      assert.equal(server.arrivals.length, 1);
    });

    it('nor on a connection that was used before', async () => {
      server.will(answer(200), reset);
      await http.request(write());
      await fails(http.request(write()), { kind: 'unclear' });
      assert.deepEqual(
        server.arrivals.map(({ connection }) => connection),
        [1, 1],
      );
    });

    it('nor a large one, of which the server took a part', async () => {
      const taker = net.createServer((socket) => {
        socket.on('error', () => undefined);
        socket.once('data', () => socket.resetAndDestroy());
        connections++;
      });
      let connections = 0;
      taker.listen(0, '127.0.0.1');
      await new Promise((resolve) => taker.once('listening', resolve));
      const address = taker.address();
      const port = address !== null && typeof address === 'object' ? address.port : 0;
      const url = new URL(`http://127.0.0.1:${port}/`);
      const body = 'x'.repeat(20_000_000);
      await fails(http.request({ ...write(), url, body }), { kind: 'unclear' });
      assert.equal(connections, 1);
      taker.close();
    });

    for (const [what, behaviour] of [
      ['an answer that is cut off', cutOff(200, 'begin')],
      ['no answer in time', hang],
      ['no end of the answer in time', stall(200, 'begin')],
    ] as const) {
      it(`does not know the outcome after ${what}`, async () => {
        http = openHttp({ requestTimeoutMs: 200 });
        server.will(behaviour);
        await fails(http.request(write()), { kind: 'unclear' });
        assert.equal(server.arrivals.length, 1);
      });
    }

    it('does not know the outcome after an answer that is too large', async () => {
      http = openHttp({ maxResponseBytes: 10 });
      server.will(answer(200, 'more than ten'));
      await fails(http.request(write()), { kind: 'unclear', status: 200 });
      assert.equal(server.arrivals.length, 1);
    });

    for (const status of [408, 500, 502, 503, 504]) {
      it(`does not know the outcome after ${status}, which is final`, async () => {
        server.will(answer(status, 'why', { 'Retry-After': '0' }));
        await fails(http.request(write()), { kind: 'unclear', status, detail: 'why' });
        assert.equal(server.arrivals.length, 1);
      });
    }

    for (const [status, kind] of [
      [400, 'rejected'],
      [403, 'forbidden'],
      [404, 'not-found'],
      [413, 'too-large'],
    ] as const) {
      it(`knows that nothing was written after ${status}, which is final`, async () => {
        server.will(answer(status));
        await fails(http.request(write()), { kind, status });
        assert.equal(server.arrivals.length, 1);
      });
    }

    it('tells the size of what is too large', async () => {
      server.will(answer(413));
      await fails(http.request({ ...write(), body: 'größer' }), { kind: 'too-large', bytes: 8 });
    });

    it('repeats after 429, for that says that nothing was done', async () => {
      server.will(answer(429, '', { 'Retry-After': '0' }), answer(200, 'well'));
      assert.equal((await http.request(write())).text, 'well');
      server.will(answer(429));
      await fails(http.request(write()), { kind: 'throttled', status: 429 });
      assert.equal(server.arrivals.length, 2 + 4);
    });

    it('repeats when nothing listened, for then nothing was sent', async () => {
      const port = await closedPort();
      let tries = 0;
      const late = net.createServer((socket) => {
        socket.end('HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nlate');
      });
      const log = {
        trace: () => {
          tries++;
          if (tries === 2) late.listen(port, '127.0.0.1');
        },
      };
      http = openHttp({ backoffMs: 20, log });
      const url = new URL(`http://127.0.0.1:${port}/`);
      assert.equal((await http.request({ ...write(), url })).text, 'late');
      late.close();
    });

    it('knows that nothing was written when nothing listens or no host is there', async () => {
      const url = new URL(`http://127.0.0.1:${await closedPort()}/`);
      await fails(http.request({ ...write(), url }), { kind: 'connection' });
      const nowhere = new URL('http://no-such-host.invalid/');
      await fails(http.request({ ...write(), url: nowhere }), { kind: 'host-not-found' });
    });

    it('tells an abort after sending from one before', async () => {
      const reason = new Error('stopped by the user');
      const user = new AbortController();
      server.will(hang);
      const request = http.request({ ...write(), signal: user.signal });
      await server.nextArrival();
      user.abort(reason);
      await fails(request, { kind: 'unclear', cause: reason });

      const url = new URL(`http://127.0.0.1:${await closedPort()}/`);
      const later = new AbortController();
      const log = {
        trace: () => {
          later.abort(reason);
        },
      };
      http = openHttp({ log });
      await rejectsWith(http.request({ ...write(), url, signal: later.signal }), reason);
    });
  });

  describe('the wait before', () => {
    const wait = (failures: number, retryAfter: string | null = null): number =>
      waitBefore(failures, { baseMs: 100, retryAfter, now: Date.UTC(2026, 0, 1) });

    it('doubles, with jitter', () => {
      for (const [failures, most] of [
        [1, 100],
        [2, 200],
        [3, 400],
      ] as const) {
        const waits = Array.from({ length: 50 }, () => wait(failures));
        assert.ok(waits.every((ms) => ms >= most / 2 && ms <= most));
        assert.ok(new Set(waits).size > 1);
      }
      assert.equal(wait(30), 30_000);
    });

    it('is what the server asks for, at most half a minute', () => {
      assert.equal(wait(1, '2'), 2000);
      assert.equal(wait(1, '0'), 0);
      assert.equal(wait(1, '3600'), 30_000);
      assert.equal(wait(1, 'Thu, 01 Jan 2026 00:00:05 GMT'), 5000);
      assert.equal(wait(1, 'Wed, 31 Dec 2025 00:00:00 GMT'), 0);
      assert.ok(wait(1, 'soon') <= 100);
    });

    it('is in vain for what does not heal', () => {
      for (const kind of ['tls', 'response-too-large', 'http-proxy-refused'] as const) {
        assert.equal(mayRepeat({ kind }, true, false), false);
      }
      assert.equal(mayRepeat({ kind: 'http-proxy-refused', status: 407 }, false, false), false);
      assert.equal(mayRepeat({ kind: 'http-proxy-refused', status: 503 }, false, false), true);
    });
  });
});
