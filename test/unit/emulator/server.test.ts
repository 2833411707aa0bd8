import assert from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { checkServerIdentity, connect as connectTls, type PeerCertificate } from 'node:tls';
import { X509Certificate } from 'node:crypto';
import {
  startEmulator,
  type Emulator,
  type EmulatorOptions,
  type RequestLogEntry,
} from '../../../src/emulator/server.js';
import { askToken, getToken, send } from './support.js';
import { noSignIn } from '../../../src/emulator/signIn/ways.js';

describe('emulator', () => {
  const running: Emulator[] = [];
  const start = async (options: EmulatorOptions = {}): Promise<Emulator> => {
    const emulator = await startEmulator({ samples: false, ...options });
    running.push(emulator);
    return emulator;
  };
  afterEach(() => Promise.all(running.splice(0).map((emulator) => emulator.stop())));

  const topics = '/v1/metadata/topics';

  it('tells what a client has to know', async () => {
    const { info } = await start();
    assert.match(info.endpoint, /^https:\/\/127\.0\.0\.1:\d+$/);
    const path = `/${info.tenantId ?? ''}`;
    assert.equal(new URL(info.authority ?? '').pathname, path);
    for (const id of [info.tenantId, info.clientId, info.outsider?.clientId]) {
      assert.match(String(id), /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    }
    assert.equal(info.scope, 'https://hib.azurehdinsight.net/.default');
    assert.equal(info.signIn, 'clientSecret');
    assert.notEqual(new URL(info.authority ?? '').host, new URL(info.endpoint).host);
  });

  it('makes new secrets at each start, and keeps those that it is given', async () => {
    const secrets = ({ info }: Emulator): unknown[] => [
      info.clientSecret,
      info.outsider?.clientSecret,
    ];
    const made = [await start(), await start()].flatMap(secrets);
    assert.equal(new Set(made).size, 4);
    const kept = await start({ clientSecret: 'one', outsiderSecret: 'two' });
    assert.deepEqual(secrets(kept), ['one', 'two']);
    assert.equal((await askToken(kept.info)).status, 200);
  });

  it('counts what it holds', async () => {
    const emulator = await start({ auth: 'none', tls: false });
    assert.deepEqual(emulator.totals(), { topics: 0, records: 0 });
    emulator.createTopic({ name: 'a', partitions: 2 });
    emulator.createTopic({ name: 'b' });
    emulator.append('a', [
      { value: '1', partition: 0 },
      { value: '2', partition: 1 },
    ]);
    emulator.append('b', [{ value: '3' }]);
    emulator.trim('b', 0, 1n);
    assert.deepEqual(emulator.totals(), { topics: 2, records: 2 });
  });

  it('tells of every token that it issues', async () => {
    const issued: string[] = [];
    const { info } = await start({ onToken: (token) => issued.push(token) });
    const tokens = [await getToken(info), await getToken(info)];
    assert.deepEqual(issued, tokens);
    await askToken(info, { client_secret: 'wrong' });
    assert.equal(issued.length, 2);
  });

  it('does without Entra ID', async () => {
    const { info } = await start({ auth: 'none', registry: false });
    const { endpoint, caFile, ...rest } = info;
    assert.deepEqual(rest, { dialect: 'hdinsight-v1', schemaRegistry: null, ...noSignIn });
    assert.equal(rest.authority, null);
    assert.equal((await send(endpoint + topics, caFile)).status, 200);
  });

  it('takes a user name and a password in place of a token', async () => {
    const { info } = await start({ auth: 'basic', password: 'gr\u00fc\u00df:e' });
    assert.deepEqual([info.username, info.password], ['kafka', 'gr\u00fc\u00df:e']);
    assert.equal(info.signIn, 'basic');
    assert.equal(info.authority, null);
    const basic = (pair: string) => `Basic ${Buffer.from(pair).toString('base64')}`;
    for (const [authorization, status] of [
      [basic('kafka:gr\u00fc\u00df:e'), 200],
      [basic('kafka:wrong'), 401],
      [basic('someone:gr\u00fc\u00df:e'), 401],
      ['Bearer a.b.c', 401],
      ['', 401],
    ] as const) {
      const headers = { ...(authorization !== '' && { Authorization: authorization }) };
      const reply = await send(info.endpoint + topics, info.caFile, { headers });
      assert.equal(reply.status, status, authorization);
      if (status === 401) assert.match(reply.headers['www-authenticate'] ?? '', /^Basic realm=/);
    }
    const other = await start({ auth: 'basic' });
    assert.match(String(other.info.password), /^[\w-]{40}$/);
  });

  it('speaks plain HTTP, and HTTPS as Entra ID', async () => {
    const { info } = await start({ tls: false });
    assert.match(info.endpoint, /^http:/);
    assert.match(String(info.authority), /^https:/);
    const headers = { Authorization: `Bearer ${await getToken(info)}` };
    assert.equal((await send(info.endpoint + topics, null, { headers })).status, 200);
  });

  it('writes no CA file where nothing speaks TLS', async () => {
    const { info } = await start({ tls: false, auth: 'none' });
    assert.equal(info.caFile, null);
  });

  it('writes the CA file where it is told, and leaves it there', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'kafka-rest-test-'));
    const caFile = join(folder, 'ca.pem');
    const { info, stop } = await start({ auth: 'none', caFile });
    assert.equal(info.caFile, caFile);
    assert.match(await readFile(caFile, 'utf8'), /^-----BEGIN CERTIFICATE-----\n/);
    await stop();
    assert.ok(existsSync(caFile));
    await rm(folder, { recursive: true });
  });

  it('removes a CA file in a place of its own', async () => {
    const { info, stop } = await start({ auth: 'none' });
    assert.ok(existsSync(info.caFile ?? ''));
    await stop();
    assert.ok(!existsSync(info.caFile ?? ''));
  });

  it('cannot start where the CA file cannot be written', async () => {
    const caFile = join(tmpdir(), 'no-such-folder', 'ca.pem');
    await assert.rejects(start({ caFile }), { code: 'ENOENT' });
  });

  it('takes the port that it is told, and cannot start where it is taken', async () => {
    const first = await start({ auth: 'none' });
    const port = Number(new URL(first.info.endpoint).port);
    await assert.rejects(start({ port }), { code: 'EADDRINUSE' });
    await first.stop();
    const second = await start({ auth: 'none', port });
    assert.equal(second.info.endpoint, first.info.endpoint);
  });

  it('ends idle and busy connections when it stops', async () => {
    const { info, stop } = await start({ tls: false, auth: 'none', latency: 60_000 });
    const idle = connect(Number(new URL(info.endpoint).port), '127.0.0.1');
    await once(idle, 'connect');
    const busy = send(info.endpoint + topics, null);
    const ended = Promise.all([once(idle, 'close'), assert.rejects(busy)]);
    await stop();
    await ended;
    await stop();
  });

  it('makes every answer of the REST proxy wait', async () => {
    const { info } = await start({ auth: 'none', latency: 50 });
    const started = performance.now();
    await send(info.endpoint + topics, info.caFile);
    // Timers may be early by a millisecond.
    assert.ok(performance.now() - started >= 49);
  });

  it('tells of requests, and of no secrets', async () => {
    const told: RequestLogEntry[] = [];
    const { info } = await start({ onRequest: (request) => told.push(request) });
    const token = await getToken(info);
    await send(`${info.endpoint}${topics}?a=1`, info.caFile);
    const headers = { Authorization: `Bearer ${token}` };
    await send(info.endpoint + topics, info.caFile, { headers });
    await send(`${info.authority ?? ''}/oauth2/token?client_secret=misplaced`, info.caFile);
    // The last answer is here before the server has looked back on it.
    while (told.length < 4) await setImmediate();
    const tenant = `/${info.tenantId ?? ''}`;
    assert.deepEqual(
      told.map(({ server, method, path, status, authorized }) =>
        [server, method, path, status, authorized].join(' '),
      ),
      [
        `entra POST ${tenant}/oauth2/v2.0/token 200 false`,
        `proxy GET ${topics}?a=1 401 false`,
        `proxy GET ${topics} 200 true`,
        `entra GET ${tenant}/oauth2/token 405 false`,
      ],
    );
    assert.ok(told.every(({ milliseconds }) => milliseconds >= 0));
    const text = JSON.stringify(told);
    for (const secret of [token, String(info.clientSecret), 'misplaced']) {
      assert.ok(!text.includes(secret));
    }
  });

  it('outlives a client that goes away in the middle of a request', async () => {
    const { info } = await start({ tls: false, auth: 'none' });
    const client = connect(Number(new URL(info.endpoint).port), '127.0.0.1');
    client.write('POST /v1/producer/topics/t HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{');
    await once(client, 'connect');
    client.destroy();
    assert.equal((await send(info.endpoint + topics, null)).status, 200);
  });

  describe('certificate', () => {
    const host = 'contoso-kafkarest.azurehdinsight.net';
    const peer = async ({ info }: Emulator): Promise<PeerCertificate> => {
      const port = Number(new URL(info.endpoint).port);
      const ca = await readFile(info.caFile ?? '');
      const socket = connectTls({ port, host: '127.0.0.1', ca, servername: 'localhost' });
      await once(socket, 'secureConnect');
      const certificate = socket.getPeerCertificate();
      socket.destroy();
      return certificate;
    };

    it('is for this machine and the hosts that are asked for', async () => {
      const certificate = await peer(
        await start({ auth: 'none', hosts: { proxy: host, authority: host } }),
      );
      for (const name of ['127.0.0.1', 'localhost', '::1', host]) {
        assert.equal(checkServerIdentity(name, certificate), undefined);
      }
      assert.ok(checkServerIdentity('example.com', certificate));
    });

    it('is signed by a CA that is no server, and is itself no CA', async () => {
      const emulator = await start({ auth: 'none' });
      const ca = new X509Certificate(await readFile(emulator.info.caFile ?? ''));
      const server = new X509Certificate((await peer(emulator)).raw);
      assert.deepEqual([ca.ca, server.ca], [true, false]);
      assert.ok(server.checkIssued(ca));
      assert.ok(server.verify(ca.publicKey));
      assert.deepEqual(server.keyUsage, ['1.3.6.1.5.5.7.3.1', '1.3.6.1.5.5.7.3.2']);
      assert.ok(Date.parse(server.validFrom) < Date.now() - 3_600_000);
      assert.ok(Date.parse(server.validTo) > Date.now() + 30 * 86_400_000);
    });

    it('is another one at each start', async () => {
      const [first, second] = [await start({ auth: 'none' }), await start({ auth: 'none' })];
      assert.notEqual((await peer(first)).serialNumber, (await peer(second)).serialNumber);
      await assert.rejects(send(first.info.endpoint + topics, second.info.caFile), {
        code: /UNABLE_TO_VERIFY_LEAF_SIGNATURE|UNABLE_TO_GET_ISSUER_CERT_LOCALLY/,
      });
    });
  });
});
