import assert from 'node:assert/strict';
import { bearer } from '../../../../src/auth/base/bearer';
import { execFileSync } from 'node:child_process';
import { copyFileSync, rmSync, writeFileSync } from 'node:fs';
import https from 'node:https';
import net from 'node:net';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import tls from 'node:tls';
import { openAgents, trustedWith } from '../../../../src/core/http/agents';
import { KafkaError } from '../../../../src/core/errors';
import { openHttp } from '../../../../src/core/http/client';
import type { HttpClient, HttpRequest } from '../../../../src/core/http/client';
import { fails, rejectsWith } from '../../../support/fails';
import { answer, startFaultyServer } from '../../../support/faultyServer';
import type { FaultyServer } from '../../../support/faultyServer';

describe('http over TLS', () => {
  let server: FaultyServer;
  let http: HttpClient | undefined;

  beforeEach(async () => {
    server = await startFaultyServer({ tls: true });
  });

  afterEach(async () => {
    http?.dispose();
    await server.close();
  });

  function open(options: Parameters<typeof openHttp>[0] = {}): HttpClient {
    http = openHttp({ backoffMs: 1, ...options });
    return http;
  }

  function get(url = server.url()): HttpRequest {
    return { method: 'GET', url, idempotent: true };
  }

  function post(url = server.url()): HttpRequest {
    return { method: 'POST', url, idempotent: false, body: 'x' };
  }

  it('trusts the CA file, and keeps connections alive', async () => {
    const client = open({ caFile: server.caFile });
    await Promise.all([client.request(get()), client.request(post())]);
    await Promise.all([client.request(get()), client.request(post())]);
    assert.deepEqual(new Set(server.arrivals.map(({ connection }) => connection)), new Set([1, 2]));
  });

  // Windows has no pipes that are files.
  const itWithPipes = process.platform === 'win32' ? () => undefined : it;
  itWithPipes(
    'gives up on a CA file that cannot be read in time, and at once when that is cancelled',
    async () => {
      const caFile = join(server.caFile, '..', 'pipe.pem');
      execFileSync('mkfifo', [caFile]);
      try {
        const client = open({ caFile, requestTimeoutMs: 200 });
        const abort = new AbortController();
        const cancelled = client.request({ ...get(), signal: abort.signal });
        abort.abort(new Error('enough'));
        await rejectsWith(cancelled, abort.signal.reason);
        await fails(client.request(get()), { kind: 'timeout' });
        await fails(client.request(post()), { kind: 'timeout' });
      } finally {
        // Whoever reads a pipe waits for somebody who writes.
        writeFileSync(caFile, '');
        rmSync(caFile);
      }
    },
  );

  it('trusts all that is trusted without it, too', async () => {
    const trusted = await trustedWith(server.caFile);
    assert.ok(trusted);
    const all = new Set(trusted);
    assert.ok(tls.rootCertificates.every((root) => all.has(root)));
    assert.ok(all.size > tls.rootCertificates.length);
    assert.equal(await trustedWith(undefined), undefined);
  });

  it('makes one context for all clients that trust the same', async () => {
    const contextFor = async (caFile: string) => {
      const agents = openAgents(await trustedWith(caFile));
      const agent = agents.pick(server.url(), true);
      assert.ok(agent instanceof https.Agent && agent.options.secureContext);
      return agent.options.secureContext;
    };
    const other = await startFaultyServer({ tls: true });
    try {
      const context = await contextFor(server.caFile);
      assert.equal(await contextFor(server.caFile), context);
      assert.notEqual(await contextFor(other.caFile), context);
    } finally {
      await other.close();
    }
  });

  it('names the code of Node for a certificate that it does not trust, and does not try again', async () => {
    let tries = 0;
    const client = open({ log: { trace: () => tries++ } });
    for (const wanted of [get(), post()]) {
      await fails(client.request(wanted), {
        kind: 'tls',
        detail: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE: unable to verify the first certificate',
        host: server.url().host,
      });
    }
    assert.equal(tries, 2);
    assert.equal(server.arrivals.length, 0);
  });

  it('names it for a certificate of another host', async () => {
    const other = await startFaultyServer({ tls: true, hosts: ['kafka.example'] });
    await fails(open({ caFile: other.caFile }).request(get(other.url())), {
      kind: 'tls-name',
      detail: /^ERR_TLS_CERT_ALTNAME_INVALID: Hostname\/IP does not match/,
    });
    await other.close();
  });

  it('says so when the other end does not speak TLS', async () => {
    const plain = await startFaultyServer();
    const url = new URL(plain.origin.replace('http:', 'https:'));
    await fails(open().request(get(url)), {
      kind: 'tls',
      // OpenSSL and BoringSSL say so, and no more of where in their source.
      detail: /^[\w: ]*(wrong version number|WRONG_VERSION_NUMBER)$/,
    });
    await plain.close();
  });

  it('says what is wrong with a CA file, and reads it again the next time', async () => {
    const caFile = join(server.caFile, '..', 'own.pem');
    const client = open({ caFile });
    await fails(client.request(get()), { kind: 'ca-file', detail: 'ENOENT' });
    writeFileSync(caFile, 'no certificate');
    await fails(client.request(get()), { kind: 'ca-file', detail: 'holds no PEM certificate' });
    writeFileSync(caFile, '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n');
    await fails(client.request(get()), { kind: 'ca-file', detail: /./ });
    rmSync(caFile);
    http?.dispose();
  });

  it('reads a changed CA file again, while requests under way go on', async () => {
    const other = await startFaultyServer({ tls: true });
    const caFile = join(server.caFile, '..', 'changing.pem');
    try {
      copyFileSync(other.caFile, caFile);
      const client = open({ caFile });
      await fails(client.request(get()), { kind: 'tls' });
      let respond = (): void => undefined;
      other.will(
        (response) => {
          respond = () => response.end('{}');
        },
        answer(200, '{}'),
      );
      const arrived = other.nextArrival();
      const underWay = client.request(get(other.url()));
      await arrived;
      copyFileSync(server.caFile, caFile);
      assert.equal((await client.request(get())).status, 200);
      respond();
      assert.equal((await underWay).status, 200);
      await fails(client.request(get(other.url())), { kind: 'tls' });
      rmSync(caFile);
      assert.equal((await client.request(get())).status, 200);
    } finally {
      http?.dispose();
      await other.close();
    }
  });

  it('does not touch a CA file without a token to send', async () => {
    const missing = new KafkaError('secret-missing');
    const authorizer = bearer('clientSecret', server.origin, {
      token: () => Promise.reject(missing),
    });
    const client = open({ caFile: join(server.caFile, '..', 'not-there.pem') });
    await rejectsWith(client.request({ ...get(), authorizer }), missing);
  });

  describe('where no connection comes to stand', () => {
    let silent: net.Server;
    let url: URL;
    const sockets = new Set<Socket>();

    beforeEach(async () => {
      silent = net.createServer((socket) => {
        sockets.add(socket);
        socket.on('close', () => sockets.delete(socket)).on('error', () => undefined);
        silent.emit('greeted');
      });
      silent.listen(0, '127.0.0.1');
      await new Promise((resolve) => silent.once('listening', resolve));
      const address = silent.address();
      url = new URL(
        `https://127.0.0.1:${address !== null && typeof address === 'object' ? address.port : 0}/`,
      );
    });

    afterEach(async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => silent.close(resolve));
    });

    it('times out, and tries again, for nothing was sent', async () => {
      let connections = 0;
      silent.on('connection', () => connections++);
      const client = open({ connectTimeoutMs: 50, retries: 2 });
      for (const wanted of [get(url), post(url)]) {
        connections = 0;
        await fails(client.request(wanted), {
          kind: 'timeout',
          detail: 'no connection within 50 ms',
          host: url.host,
        });
        assert.equal(connections, 3);
      }
    });

    it('knows that nothing was written when all took too long', async () => {
      const client = open({ requestTimeoutMs: 50 });
      await fails(client.request(post(url)), { kind: 'timeout' });
    });

    it('gives the reason when a write is aborted, for nothing was sent', async () => {
      const user = new AbortController();
      const reason = new Error('stopped by the user');
      silent.once('greeted', () => {
        user.abort(reason);
      });
      await rejectsWith(open().request({ ...post(url), signal: user.signal }), reason);
    });

    it('repeats a write whose connection was reset in the handshake', async () => {
      let connections = 0;
      silent.on('connection', (socket) => {
        connections++;
        socket.once('data', () => socket.resetAndDestroy());
      });
      await fails(open({ retries: 1 }).request(post(url)), { kind: 'connection' });
      assert.equal(connections, 2);
    });
  });
});
