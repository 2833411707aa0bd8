import { build } from 'esbuild';
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { globalAgent } from 'node:http';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { HttpClient, openHttp } from '../../../../src/core/http/client';
import { exchange } from '../../../../src/core/http/exchange';
import { fails as rejects } from '../../../support/fails';
import { answer, type FaultyServer, reset, startFaultyServer } from '../../../support/faultyServer';

describe('exchange', () => {
  const calm = {
    method: 'GET',
    url: new URL('https://kafka.example/'),
    headers: {},
    body: undefined,
    agent: globalAgent,
    connectTimeoutMs: 1000,
    maxResponseBytes: 1000,
    signal: new AbortController().signal,
  };

  /** Fails as an exchange whose request fails with this error of Node. */
  async function failing(message: string, code: string): Promise<void> {
    const outcome = await exchange({
      fetch: () => Promise.reject(Object.assign(new Error(message), { code })),
      ...calm,
    });
    if ('error' in outcome) throw outcome.error;
  }

  it('leaves out where in its source the TLS of VS Code failed', async () => {
    const message =
      'write EPROTO 55061481703872:error:100000f7:SSL routines:OPENSSL_internal:' +
      'WRONG_VERSION_NUMBER:../../third_party/boringssl/src/ssl/tls_record.cc:242:\n';
    const detail = 'write EPROTO WRONG_VERSION_NUMBER';
    await rejects(failing(message, 'EPROTO'), { kind: 'tls', detail });
  });

  it('makes no error of its own to end a request that went well', async () => {
    const reasons: unknown[] = [];
    for (let request = 0; request < 2; request++) {
      await exchange({
        fetch: (_, { signal }) => {
          signal.addEventListener('abort', () => reasons.push(signal.reason));
          const headers = { get: () => null, has: () => false };
          return Promise.resolve({ status: 200, headers, body: null });
        },
        ...calm,
      });
    }
    assert.equal(reasons.length, 2);
    assert.equal(reasons[0], reasons[1]);
  });

  it('knows all names of the lack of a client certificate', async () => {
    for (const code of [
      'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED',
      'ERR_SSL_TLSV1_CERTIFICATE_REQUIRED',
    ]) {
      await rejects(failing('', code), { kind: 'client-certificate-refused' });
    }
    await rejects(failing('', 'ERR_SSL_TLSV1_ALERT_DECODE_ERROR'), { kind: 'tls' });
  });
});

/** Minifying gives other names to classes, those of node-fetch included. */
describe('exchange, minified as it ships', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'kafka-rest-minified-'));
  let open: typeof openHttp;
  let server: FaultyServer;
  let http: HttpClient | undefined;

  before(async () => {
    const outfile = path.join(folder, 'http.cjs');
    await build({
      entryPoints: ['src/core/http/client.ts'],
      outfile,
      bundle: true,
      minify: true,
      platform: 'node',
      format: 'cjs',
    });
    const bundle = createRequire(import.meta.url)(outfile) as { openHttp: typeof openHttp };
    open = bundle.openHttp;
    server = await startFaultyServer({ tls: true });
  });

  afterEach(() => http?.dispose());

  after(async () => {
    await server.close();
    rmSync(folder, { recursive: true });
  });

  /** What a request of one try rejects with. */
  async function fails(url: URL, expected: object, caFile?: string): Promise<void> {
    http = open({ retries: 0, ...(caFile !== undefined && { caFile }) });
    await assert.rejects(http.request({ method: 'GET', url, idempotent: true }), expected);
  }

  it('knows a certificate that is not trusted, and does not try again', async () => {
    let tries = 0;
    http = open({ backoffMs: 1, log: { trace: () => tries++ } });
    const request = { method: 'GET', url: server.url(), idempotent: true } as const;
    await assert.rejects(http.request(request), {
      kind: 'tls',
      detail: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE: unable to verify the first certificate',
    });
    assert.equal(tries, 1);
  });

  it('knows a certificate of another host', async () => {
    const other = await startFaultyServer({ tls: true, hosts: ['kafka.example'] });
    const detail = /^ERR_TLS_CERT_ALTNAME_INVALID: /;
    await fails(other.url(), { kind: 'tls-name', detail }, other.caFile);
    await other.close();
  });

  it('knows a host that does not exist', async () => {
    await fails(new URL('https://kafka.invalid/'), { kind: 'host-not-found' });
  });

  it('knows a connection that is refused', async () => {
    const gone = await startFaultyServer();
    await gone.close();
    await fails(gone.url(), { kind: 'connection', detail: /ECONNREFUSED/ });
  });

  it('knows a connection that is broken, before and within the response', async () => {
    const plain = await startFaultyServer();
    plain.will(reset);
    await fails(plain.url(), { kind: 'connection', detail: /ECONNRESET/ });
    plain.will(answer(200, 'no gzip', { 'content-encoding': 'gzip' }));
    await fails(plain.url(), { kind: 'connection', detail: /incorrect header check/ });
    await plain.close();
  });
});
