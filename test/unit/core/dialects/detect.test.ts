import assert from 'node:assert/strict';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import {
  DETECTION_BYTES,
  detectDialect,
  type Detected,
} from '../../../../src/core/dialects/detect';
import { type HttpClient, openHttp } from '../../../../src/core/http/client';
import { faceNames, faces } from '../../../../src/emulator/faces/faces';
import { startEmulator } from '../../../../src/emulator/server';

/** A response, or `silence` for none. */
type Canned =
  | {
      readonly status?: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: string;
    }
  | 'silence';

/** What a server responds to each path; to any other one it responds with `otherwise`. */
interface Script {
  readonly paths?: Readonly<Record<string, Canned>>;
  readonly otherwise?: Canned;
}

const notFound: Canned = { status: 404, body: '{"error_code":404,"message":"Not Found"}' };
const json = (value: unknown, headers: Readonly<Record<string, string>> = {}): Canned => ({
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify(value),
});

/** As the transcripts and the public sources of the REST proxies have it. */
const strimzi: Script = {
  paths: { '/': json({ bridge_version: '0.33.1' }), '/topics': json(['t1', 't3']) },
  otherwise: notFound,
};
const karapace: Script = {
  paths: {
    '/': json({}, { server: 'Karapace/6.2.0' }),
    '/topics': json(['__consumer_offsets', 't1']),
    '/brokers': json({ brokers: [1] }),
  },
  otherwise: { status: 404, headers: { 'content-type': 'text/plain' }, body: 'not found' },
};
const confluent: Script = {
  paths: {
    '/': json({}),
    '/topics': json(['t1']),
    '/brokers': json({ brokers: [1] }),
    '/v3/clusters': json({ kind: 'KafkaClusterList', metadata: {}, data: [{ cluster_id: 'a' }] }),
  },
  otherwise: notFound,
};
const redpanda: Script = {
  paths: {
    '/status/ready': {},
    '/topics': json(['t1']),
    '/brokers': json({ brokers: [1] }),
    '/v1': json({ swagger: '2.0' }),
  },
  otherwise: notFound,
};

describe('the detection of a dialect', () => {
  const servers: Server[] = [];
  let http: HttpClient;
  let seen: IncomingMessage[];

  beforeEach(() => {
    seen = [];
    http = client();
  });

  afterEach(() => {
    http.dispose();
    for (const server of servers.splice(0)) {
      server.close();
      server.closeAllConnections();
    }
  });

  function client(requestTimeoutMs = 3_000): HttpClient {
    return openHttp({ requestTimeoutMs, retries: 0, maxResponseBytes: DETECTION_BYTES });
  }

  /** Starts a server and returns its address. */
  async function serve({ paths = {}, otherwise = notFound }: Script): Promise<string> {
    const started = createServer((request, response) => {
      seen.push(request);
      const canned = new Map(Object.entries(paths)).get(request.url ?? '') ?? otherwise;
      if (canned === 'silence') return;
      response.writeHead(canned.status ?? 200, canned.headers).end(canned.body ?? '');
    });
    servers.push(started);
    await new Promise<void>((resolve) => started.listen(0, '127.0.0.1', resolve));
    const address = started.address();
    assert.ok(typeof address === 'object' && address);
    return `http://127.0.0.1:${address.port}`;
  }

  async function detected(script: Script, path = ''): Promise<Detected | undefined> {
    return detectDialect(`${await serve(script)}${path}`, http);
  }

  for (const [kind, script, version] of [
    ['strimzi', strimzi, '0.33.1'],
    ['karapace', karapace, '6.2.0'],
    ['confluent', confluent, undefined],
    ['redpanda', redpanda, undefined],
  ] as const) {
    it(`recognises what ${kind} responds`, async () => {
      const expected = { kind, by: 'response', ...(version !== undefined && { version }) };
      assert.deepEqual(await detected(script), expected);
    });

    it(`recognises ${kind} below a path`, async () => {
      const paths = Object.fromEntries(
        Object.entries(script.paths ?? {}).map(([path, canned]) => [`/kafka${path}`, canned]),
      );
      const found = await detected({ ...script, paths }, '/kafka');
      assert.equal(found?.kind, kind);
    });
  }

  for (const face of faceNames) {
    it(`recognises the face ${face} of the emulator`, async () => {
      const emulator = await startEmulator({ face, auth: 'none', tls: false });
      try {
        const { dialect } = faces[face];
        const { endpoint } = emulator.info;
        const topics = dialect === 'hdinsight-v1' ? 'v1/metadata/topics' : 'topics';
        for (const address of [endpoint, `${endpoint}/${topics}`]) {
          assert.equal((await detectDialect(address, http))?.kind, dialect);
        }
      } finally {
        await emulator.stop();
      }
    });
  }

  it('takes the host for evidence where its name can mean nothing else, and sends nothing', async () => {
    const requests: string[] = [];
    const never: HttpClient = {
      request: ({ url }) => {
        requests.push(url.href);
        return Promise.reject(new Error('nothing may be sent'));
      },
      dispose: () => undefined,
    };
    for (const [endpoint, kind] of [
      ['https://contoso-kafkarest.azurehdinsight.net', 'hdinsight-v1'],
      ['https://contoso-kafkarest-int.azurehdinsight.cn', 'hdinsight-v1'],
      ['https://pkc-1a2b.westeurope.azure.confluent.cloud/kafka', 'confluent'],
    ] as const) {
      assert.deepEqual(await detectDialect(endpoint, never), { kind, by: 'host' });
    }
    assert.deepEqual(requests, []);
    assert.equal(await detectDialect('https://confluent.cloud.example.com', never), undefined);
    assert.ok(requests.length > 0);
  });

  it('finds nothing where a gateway wants a sign-in or says nothing', async () => {
    const bearer = { 'www-authenticate': 'Bearer' };
    for (const otherwise of [
      { status: 401, headers: bearer, body: '{"code":401,"message":"Unauthorized"}' },
      { status: 403 },
      notFound,
      { status: 503, body: 'no backend' },
    ]) {
      assert.equal(await detected({ otherwise }), undefined);
    }
  });

  it('finds nothing in pages and in servers that agree to everything', async () => {
    const html = { headers: { 'content-type': 'text/html' }, body: '<html>Welcome</html>' };
    for (const otherwise of [
      html,
      json({}),
      json([]),
      json({ topics: 7, kind: 'x', bridge_version: 7, brokers: [] }),
      { body: '['.repeat(100_000) },
      { body: '{"bridge_version":' },
    ]) {
      assert.equal(await detected({ otherwise }), undefined);
    }
    const page = { ...redpanda, paths: { ...redpanda.paths, '/status/ready': html } };
    assert.equal(await detected(page), undefined);
  });

  it('knows Karapace behind its sign-in, by the header of each response', async () => {
    const otherwise = { status: 401, headers: { server: 'Karapace/6.2.0' } };
    assert.equal((await detected({ otherwise }))?.kind, 'karapace');
  });

  it('shows no version that is not one', async () => {
    for (const version of ['1.0<script>', '9'.repeat(80), '1\u202e0', '']) {
      const found = await detected({ paths: { '/': json({ bridge_version: version }) } });
      assert.deepEqual(found, { kind: 'strimzi', by: 'response' });
    }
  });

  it('follows no redirect, and sends no credentials', async () => {
    const elsewhere = 'http://localhost:9/';
    const otherwise = { status: 307, headers: { location: elsewhere } };
    assert.equal(await detected({ otherwise }), undefined);
    assert.ok(seen.length > 3);
    for (const { headers, method } of seen) {
      assert.equal(method, 'GET');
      assert.equal(headers.authorization, undefined);
      assert.equal(headers.cookie, undefined);
    }
  });

  it('waits for no other response once it has evidence', async () => {
    const paths = { '/': json({ bridge_version: '1.1.0' }) };
    const start = performance.now();
    assert.equal((await detected({ paths, otherwise: 'silence' }))?.version, '1.1.0');
    assert.ok(performance.now() - start < 2_000);
  });

  it('gives up a server that does not respond, and one that never ends', async () => {
    http.dispose();
    http = client(200);
    await assert.rejects(detected({ otherwise: 'silence' }), { kind: 'timeout' });
    http.dispose();
    http = client(10_000);
    const endless = { body: `"${'x'.repeat(DETECTION_BYTES)}"` };
    assert.equal(await detected({ otherwise: endless }), undefined);
  });

  it('says why nothing responds', async () => {
    await assert.rejects(detectDialect('http://127.0.0.1:9', http), { kind: 'connection' });
  });

  it('ends at once with the reason of its signal', async () => {
    const abort = new AbortController();
    const endpoint = await serve({ otherwise: 'silence' });
    const detecting = detectDialect(endpoint, http, abort.signal);
    abort.abort(new Error('enough'));
    await assert.rejects(detecting, /enough/);
  });
});
