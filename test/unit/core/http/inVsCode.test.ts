import {
  createHttpPatch,
  createTlsPatch,
  LogLevel,
  type ProxyAgentParams,
} from '@vscode/proxy-agent';
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import https from 'node:https';
import { mock } from 'node:test';
import tls from 'node:tls';
import { openHttp } from '../../../../src/core/http/client';
import type { HttpClient, HttpRequest } from '../../../../src/core/http/client';
import { makeServerCertificate } from '../../../../src/emulator/certificate';
import { certifying } from '../../../support/certifying';
import { startConnectProxy } from '../../../support/network/connectProxy';
import type { ConnectProxy } from '../../../support/network/connectProxy';
import { fails } from '../../../support/fails';
import { reset, startFaultyServer } from '../../../support/faultyServer';
import type { FaultyServer } from '../../../support/faultyServer';

/** A name that does not resolve, so that only a proxy finds the way. */
const HOST = 'cluster-kafkarest.invalid';

/**
 * What VS Code's extension host puts between an extension and `https.request`: its own package,
 * with the default settings. Without a proxy it knows nothing but this computer.
 */
describe('http in VS Code', () => {
  let server: FaultyServer;
  let proxy: ConnectProxy;
  let http: HttpClient | undefined;
  let proxyUrl: string | undefined;
  let systemCertificates: string[];

  beforeEach(async () => {
    server = await startFaultyServer({ tls: true, hosts: [HOST, '127.0.0.1'] });
    proxy = await startConnectProxy();
    proxyUrl = proxy.url;
    systemCertificates = [];
    const params: ProxyAgentParams = {
      resolveProxy: () => Promise.resolve(undefined),
      getProxyURL: () => undefined,
      getProxySupport: () => 'override',
      isAdditionalFetchSupportEnabled: () => true,
      addCertificatesV1: () => true,
      addCertificatesV2: () => false,
      loadAdditionalCertificates: () => Promise.resolve(systemCertificates),
      isUseHostProxyEnabled: () => true,
      log: console,
      getLogLevel: () => LogLevel.Off,
      proxyResolveTelemetry: () => undefined,
      env: {},
    };
    const { request } = createHttpPatch(params, https, (flags, _request, options, _url, decide) => {
      if (flags.addCertificatesV1) {
        Object.assign(options, { _vscodeAdditionalCaCerts: systemCertificates });
      }
      decide(proxyUrl?.replace('http://', 'PROXY ') ?? 'DIRECT');
    });
    mock.method(https, 'request', request);
    mock.method(tls, 'createSecureContext', createTlsPatch(params, tls).createSecureContext);
  });

  afterEach(async () => {
    mock.restoreAll();
    http?.dispose();
    await proxy.close();
    await server.close();
  });

  function open(options: Parameters<typeof openHttp>[0] = {}): HttpClient {
    http = openHttp({ backoffMs: 1, ...options });
    return http;
  }

  function get(host = HOST): HttpRequest {
    const url = server.url();
    url.hostname = host;
    return { method: 'GET', url, idempotent: true };
  }

  function post(host = HOST): HttpRequest {
    return { ...get(host), method: 'POST', idempotent: false, body: '{"records":[]}' };
  }

  it('goes through the proxy, and trusts the CA file beyond it', async () => {
    const client = open({ caFile: server.caFile });
    await client.request(get());
    await client.request(post());
    const { port } = server.url();
    assert.deepEqual(proxy.tunnels, [`${HOST}:${port}`, `${HOST}:${port}`]);
    assert.equal(server.arrivals[1]?.body, '{"records":[]}');
  });

  it('trusts the system’s certificates, and no others', async () => {
    const client = open();
    await fails(client.request(get()), { kind: 'tls' });
    systemCertificates = [readFileSync(server.caFile, 'utf8')];
    await client.request(get());
    proxyUrl = undefined;
    await client.request(get('127.0.0.1'));
  });

  it('identifies itself with a client certificate, also beyond the proxy', async () => {
    const { ca, ...certificate } = makeServerCertificate(['client']);
    // This computer by an address that VS Code does not know as such.
    const direct = '[::ffff:7f00:1]';
    const strict = await startFaultyServer({
      tls: true,
      hosts: [HOST, '::ffff:7f00:1'],
      clientCa: [ca],
    });
    try {
      const client = open({ caFile: strict.caFile });
      for (const [host, route] of [
        [HOST, proxy.url],
        [direct, undefined],
      ] as const) {
        proxyUrl = route;
        const url = strict.url();
        url.hostname = host;
        const authorizer = certifying(url.origin, certificate);
        for (const request of [get(host), post(host), get(host)]) {
          await client.request({ ...request, url, authorizer });
        }
        await fails(client.request({ ...get(host), url }), { kind: 'client-certificate-refused' });
      }
      assert.equal(strict.arrivals.length, 6);
    } finally {
      await strict.close();
    }
  });

  it('keeps connections alive where there is no proxy', async () => {
    proxyUrl = undefined;
    const client = open({ caFile: server.caFile });
    for (let i = 0; i < 3; i++) await client.request(get('127.0.0.1'));
    assert.deepEqual(
      server.arrivals.map(({ connection }) => connection),
      [1, 1, 1],
    );
  });

  it('tells a proxy that opens no tunnel from a server that refuses', async () => {
    const refusing = await startConnectProxy({ refuse: { status: 407, body: '<p>Log in first' } });
    proxyUrl = refusing.url;
    const client = open({ caFile: server.caFile });
    for (const request of [get(), post()]) {
      await fails(client.request(request), {
        kind: 'http-proxy-refused',
        status: 407,
        detail: 'Log in first',
        host: get().url.host,
      });
    }
    await refusing.close();
  });

  it('repeats a write while the proxy says that it cannot reach the server', async () => {
    const failing = await startConnectProxy({ refuse: { status: 503, body: '' } });
    proxyUrl = failing.url;
    const client = open({ caFile: server.caFile, retries: 2 });
    await fails(client.request(post()), { kind: 'http-proxy-refused', status: 503 });
    assert.equal(failing.tunnels.length, 3);
    await failing.close();
  });

  it('knows that nothing was sent where the proxy is away, and shows no password of it', async () => {
    await proxy.close();
    proxyUrl = proxy.url.replace('http://', 'http://user:pass@');
    await fails(open({ retries: 0, caFile: server.caFile }).request(post()), {
      kind: 'connection',
      detail: `Failed to establish a socket connection to proxies: ${proxy.url.replace('http://', 'PROXY ')}`,
    });
    proxy = await startConnectProxy();
  });

  it('never repeats a write that went through the tunnel', async () => {
    server.will(reset);
    const client = open({ caFile: server.caFile });
    await fails(client.request(post()), { kind: 'unclear' });
    assert.equal(server.arrivals.length, 1);
  });
});
