import assert from 'node:assert/strict';
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import net from 'node:net';
import { TLSSocket } from 'node:tls';
import { gzipSync } from 'node:zlib';
import type { KafkaErrorKind } from '../../../../src/core/errors';
import { openHttp } from '../../../../src/core/http/client';
import type { ClientCertificate, HttpClient, HttpRequest } from '../../../../src/core/http/client';
import { makeServerCertificate } from '../../../../src/emulator/certificate';
import { certifying } from '../../../support/certifying';
import { fails, rejectsWith } from '../../../support/fails';
import {
  answer,
  type Behaviour,
  cutOff,
  reset,
  stall,
  startFaultyServer,
} from '../../../support/faultyServer';
import type { FaultyServer } from '../../../support/faultyServer';

describe('http with a client certificate', () => {
  const { ca, ...known } = makeServerCertificate(['client']);
  const { ca: secondCa, ...second } = makeServerCertificate(['client']);
  const traces: string[] = [];
  let server: FaultyServer;
  let http: HttpClient;

  /** Responds with the fingerprint of the client certificate. */
  const tellPeer: Behaviour = (response) => {
    const { socket } = response;
    assert.ok(socket instanceof TLSSocket);
    response.end(socket.getPeerCertificate().fingerprint256);
  };

  beforeEach(async () => {
    server = await startFaultyServer({ tls: true, clientCa: [ca, secondCa] });
    server.will(tellPeer);
    traces.length = 0;
    const log = { trace: (line: string) => traces.push(line) };
    http = openHttp({ backoffMs: 1, caFile: server.caFile, log });
  });

  afterEach(async () => {
    http.dispose();
    await server.close();
  });

  function get(certificate?: ClientCertificate, url = server.url()): HttpRequest {
    const signedIn = certificate && { authorizer: certifying(url.origin, certificate) };
    return { method: 'GET', url, idempotent: true, ...signedIn };
  }

  function post(certificate?: ClientCertificate, url = server.url()): HttpRequest {
    return { ...get(certificate, url), method: 'POST', idempotent: false, body: 'x' };
  }

  /** The facts by which a failure is explained in the words of the sign-in. */
  function signedIn({ host }: URL): { host: string; signIn: string } {
    return { host, signIn: 'mutualTls' };
  }

  function fingerprint({ cert }: ClientCertificate): string {
    return new X509Certificate(cert).fingerprint256;
  }

  it('identifies itself to a server that asks for it', async () => {
    for (const wanted of [get(known), post(known)]) {
      assert.equal((await http.request(wanted)).text, fingerprint(known));
    }
  });

  it('decrypts the key', async () => {
    const passphrase = 'Br\u00fcckentag';
    const key = createPrivateKey(known.key)
      .export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase })
      .toString();
    const { cert } = known;
    const { text } = await http.request(get({ cert, key, passphrase }));
    assert.equal(text, fingerprint(known));
    for (const wrong of [
      { cert, key },
      { cert, key, passphrase: 'another' },
    ]) {
      await fails(http.request(get(wrong)), { kind: 'client-certificate-unusable', detail: /./ });
    }
    assert.equal(server.arrivals.length, 1);
  });

  it('says so when certificate and key do not fit together, or are none', async () => {
    for (const wrong of [
      { cert: known.cert, key: second.key },
      { cert: 'no certificate', key: known.key },
      { cert: known.cert, key: 'no key' },
    ]) {
      for (const wanted of [get(wrong), post(wrong)]) {
        await fails(http.request(wanted), {
          kind: 'client-certificate-unusable',
          detail: /./,
          ...signedIn(server.url()),
        });
      }
    }
    assert.equal(server.arrivals.length, 0);
  });

  it('goes over https only', async () => {
    const plain = await startFaultyServer();
    await fails(http.request(get(known, plain.url())), {
      kind: 'client-certificate-unusable',
      ...signedIn(plain.url()),
    });
    assert.equal(plain.arrivals.length, 0);
    await plain.close();
  });

  it('reads responses as without it', async () => {
    const packed = gzipSync('{"offsets":[]}');
    const encoding = { 'content-encoding': 'gzip' };
    server.will(answer(200, packed, encoding), answer(200), answer(404, '{"message":"no topic"}'));
    assert.equal((await http.request(get(known))).text, '{"offsets":[]}');
    assert.equal((await http.request(get(known))).text, '');
    await fails(http.request(get(known)), { kind: 'not-found', detail: 'no topic' });
    server.will(answer(200, packed.subarray(0, -9), encoding));
    await fails(http.request(get(known)), { kind: 'connection' });
  });

  it('finds headers whatever the case of their names', async () => {
    server.will(answer(200, '', { NextOffset: '7' }));
    const { headers } = await http.request(get(known));
    for (const name of ['NextOffset', 'nextoffset']) assert.equal(headers.get(name), '7');
  });

  it('unpacks x-gzip', async () => {
    server.will(answer(200, gzipSync('unpacked'), { 'Content-Encoding': 'x-gzip' }));
    assert.equal((await http.request(get(known))).text, 'unpacked');
  });

  it('takes no bytes for an empty body even if they are marked as gzip, unless it was cut off', async () => {
    const encoding = { 'Content-Encoding': 'gzip' };
    server.will(
      answer(204, '', encoding),
      answer(200, '', { ...encoding, 'Content-Length': 0 }),
      answer(200, '', { ...encoding, 'Transfer-Encoding': 'chunked' }),
    );
    for (const status of [204, 200, 200]) {
      const response = await http.request(get(known));
      assert.deepEqual([response.status, response.text], [status, '']);
    }
    server.will((response) => {
      response.writeHead(200, { ...encoding, 'Content-Length': 10 }).flushHeaders();
      response.socket?.end();
    });
    await fails(http.request(get(known)), { kind: 'connection' });
    server.will(answer(200, 'no gzip', encoding));
    await fails(http.request(get(known)), { kind: 'connection', detail: /incorrect header check/ });
  });

  it('repeats what fails as without it, and no write that went out', async () => {
    server.will(cutOff(200, '{'), reset, answer(200, 'done'));
    assert.equal((await http.request(get(known))).text, 'done');
    for (const broken of [cutOff(200, '{'), reset]) {
      server.will(broken);
      await fails(http.request(post(known)), { kind: 'unclear' });
    }
    assert.equal(server.arrivals.length, 5);
  });

  it('ends the connection when the request is aborted', async () => {
    server.will(stall(200, '{'));
    const abort = new AbortController();
    const aborted = http.request({ ...get(known), signal: abort.signal });
    await server.nextArrival();
    const reason = new Error('enough');
    abort.abort(reason);
    await rejectsWith(aborted, reason);
    await server.allClosed();
  });

  it('says so when the server misses it, and does not try again', async () => {
    for (const wanted of [get(), post()]) {
      await fails(http.request(wanted), {
        kind: 'client-certificate-refused',
        detail: /^ERR_SSL_\w*ALERT_CERTIFICATE_REQUIRED: [\w ]+$/,
        host: server.url().host,
      });
    }
    assert.equal(traces.length, 2);
    assert.equal(server.arrivals.length, 0);
  });

  it('keeps connections alive, each for one certificate', async () => {
    const texts: string[] = [];
    for (const certificate of [known, second, known, second]) {
      texts.push((await http.request(get(certificate))).text);
    }
    assert.deepEqual(texts, [known, second, known, second].map(fingerprint));
    assert.deepEqual(
      server.arrivals.map(({ connection }) => connection),
      [1, 2, 1, 2],
    );
    await fails(http.request(get()), { kind: 'client-certificate-refused' });
  });

  it('shows it to no other origin', async () => {
    const other = await startFaultyServer({ tls: true, clientCa: [ca] });
    server.will((response) => {
      response.writeHead(307, { location: other.origin }).end();
    });
    await fails(http.request(get(known)), { kind: 'redirect' });
    assert.equal(other.connections(), 0);
    await assert.rejects(http.request({ ...get(known), url: other.url() }), /must not go to/);
    assert.equal(other.connections(), 0);
    await other.close();
  });

  it('writes nothing of it to the log', async () => {
    await http.request(get(known));
    await fails(http.request(get({ ...known, key: second.key })), {
      kind: 'client-certificate-unusable',
      detail: /^(?![^]*BEGIN)/,
    });
    assert.deepEqual(traces.join('\n').match(/BEGIN|cert/g), null);
  });

  // RFC 8446, section 6.2
  for (const [alert, name] of [
    [42, 'bad_certificate'],
    [43, 'unsupported_certificate'],
    [44, 'certificate_revoked'],
    [45, 'certificate_expired'],
    [46, 'certificate_unknown'],
    [48, 'unknown_ca'],
    [49, 'access_denied'],
    [116, 'certificate_required'],
  ] as const) {
    it(`takes the alert ${name} for a refusal of it`, async () => {
      await endsWith(alert, 'client-certificate-refused');
    });
  }

  it('does not take the alert handshake_failure for it, which may mean anything', async () => {
    await endsWith(40, 'tls');
  });

  /** Asserts how reads and writes fail if the server ends the handshake with an alert. */
  async function endsWith(alert: number, kind: KafkaErrorKind): Promise<void> {
    const old = await startFaultyServer({ tls: true, clientCa: [ca], maxVersion: 'TLSv1.2' });
    const client = openHttp({ caFile: old.caFile, log: { trace: (line) => traces.push(line) } });
    const end = Buffer.from([0x15, 0x03, 0x03, 0x00, 0x02, 0x02, alert]);
    const atOnce = await startRefusing((socket) => {
      socket.once('data', () => socket.end(end));
    });
    // With TLS 1.2, the certificate is in the second piece that the client sends.
    const afterCertificate = await startRefusing((socket) => {
      const target = net.connect(Number(old.url().port), '127.0.0.1');
      target.on('data', (data) => socket.write(data));
      socket.once('data', (hello) => {
        target.write(hello);
        socket.once('data', () => socket.end(end));
      });
      socket.on('close', () => target.destroy());
    });
    try {
      for (const { url } of [atOnce, afterCertificate]) {
        for (const wanted of [get(known, url), post(known, url)]) {
          const facts = kind === 'tls' ? { host: url.host } : signedIn(url);
          await fails(client.request(wanted), { kind, detail: /^[\w: ]+$/, ...facts });
        }
      }
      assert.equal(traces.length, 4);
      assert.equal(old.arrivals.length, 0);
    } finally {
      client.dispose();
      atOnce.server.close();
      afterCertificate.server.close();
      await old.close();
    }
  }

  async function startRefusing(
    handle: (socket: net.Socket) => void,
  ): Promise<{ server: net.Server; url: URL }> {
    const server = net.createServer((socket) => {
      socket.on('error', () => undefined);
      handle(socket);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    assert.ok(address !== null && typeof address === 'object');
    return { server, url: new URL(`https://127.0.0.1:${address.port}/`) };
  }
});
