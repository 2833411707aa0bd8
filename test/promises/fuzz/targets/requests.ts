import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { Cluster } from '../../../../src/emulator/memory/cluster';
import { Entra } from '../../../../src/emulator/signIn/entra';
import { listen, type Listener } from '../../../../src/emulator/http';
import { MemoryBackend } from '../../../../src/emulator/memory/memoryBackend';
import { handlerOf } from '../../../../src/emulator/faces/face';
import { RestProxy } from '../../../../src/emulator/faces/hdinsight/restProxy';
import { pick, type Target } from '../target';

const TENANT = '5f0c1c1e-7d5b-4a51-9c1f-0e3a6a3c9b10';

/**
 * Any bytes that come in get an answer below 500, or the connection ends if they are no whole
 * request; the server is there for the next one. The first byte picks the server, the REST proxy or
 * Entra ID.
 */
export const target: Target = {
  seeds: [
    'aGET /v1/metadata/topics HTTP/1.1\r\nHost: a\r\n\r\n',
    'aGET /v1/consumer/topics/t/partitions/0/offsets/0?count=5 HTTP/1.1\r\nHost: a\r\nAccept-Encoding: gzip;q=0.5\r\n\r\n',
    'aPUT /v1/topics/u HTTP/1.1\r\nHost: a\r\nContent-Length: 51\r\n\r\n{"partition_count":2,"topic_properties":{"a":"b"}} ',
    'aPOST /v1/producer/topics/t HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n2d\r\n{"records":[{"key":"k","value":{"a":12.50}}]}\r\n0\r\n\r\n',
    'aGET /v1/metadata/topics/%2e%2e/partitions/0 HTTP/1.0\r\n\r\n',
    `bGET /${TENANT}/v2.0/.well-known/openid-configuration HTTP/1.1\r\nHost: a\r\n\r\n`,
    `bPOST /${TENANT}/oauth2/v2.0/token HTTP/1.1\r\nHost: a\r\nAuthorization: Basic YTpi\r\nContent-Length: 58\r\n\r\ngrant_type=client_credentials&scope=https://x/.default&a=b`,
  ],
  words: [
    'partition_count',
    'replication_factor',
    'topic_properties',
    'records',
    'Expect: 100-continue\r\n',
    'Upgrade: x\r\nConnection: upgrade\r\n',
    'HEAD ',
    'CONNECT ',
    'OPTIONS * HTTP/1.1',
  ],
  run: async (input) => {
    const { way, rest } = pick(input);
    const [proxy, entra] = await (servers ??= start());
    const { port } = way % 2 === 1 ? proxy : entra;
    const answer = await exchange(port, rest);
    if (answer !== '') assert.match(answer, /^HTTP\/1\.1 [1-4]\d\d /, answer.slice(0, 200));
    if (runs++ % 50 > 0) return;
    const after = await exchange(port, Buffer.from('GET / HTTP/1.1\r\nHost: a\r\n\r\n'));
    assert.match(after, /^HTTP\/1\.1 404 /, 'still there');
  },
  close: async () => {
    for (const server of (await servers) ?? []) await server.close();
    servers = undefined;
  },
};

let runs = 0;
let servers: Promise<readonly [proxy: Listener, entra: Listener]> | undefined;

/** Not `startEmulator`, which has TLS in front of Entra ID. */
async function start(): Promise<readonly [proxy: Listener, entra: Listener]> {
  const cluster = new Cluster({ retention: 100 });
  cluster.append(cluster.create({ name: 't', partitions: 2 }), [{ value: 'a' }, { value: null }]);
  const face = new RestProxy(new MemoryBackend(cluster), { answer: 'object' });
  const application = { clientId: 'a', clientSecret: 'b' };
  const entra = await Entra.create({
    tenantId: TENANT,
    applications: [application],
    tokenLifetime: 60,
  });
  const options = { port: 0, onResponse: () => undefined };
  const listeners = [
    await listen(handlerOf(face), options),
    await listen((call) => entra.handle(call), options),
  ] as const;
  entra.origin = `http://127.0.0.1:${listeners[1].port}`;
  return listeners;
}

/** What comes back for bytes, after which nothing more is sent. */
async function exchange(port: number, bytes: Buffer): Promise<string> {
  const socket = connect({ port, host: '127.0.0.1' });
  let answer = '';
  socket.on('data', (chunk) => {
    answer += chunk.toString('latin1');
    socket.end();
  });
  // Reset, for not all of the bytes were read.
  socket.on('error', () => undefined);
  socket.end(bytes);
  await new Promise((resolve) => socket.once('close', resolve));
  return answer;
}
