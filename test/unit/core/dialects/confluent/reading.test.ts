import assert from 'node:assert/strict';
import { createServer, request, type Server } from 'node:http';
import { openProxy } from '../../../../../src/core/dialects/open';
import { openHttp } from '../../../../../src/core/http/client';
import { type Emulator, startEmulator } from '../../../../../src/emulator/server';

const POLL = /\/records\?timeout=(\d+)/;

describe('reading from Confluent', () => {
  let emulator: Emulator;
  let front: Server;
  /** How long each poll would have waited, in milliseconds. */
  let polls: number[];
  /** How many polls find nothing before the proxy has found the broker. */
  let early: number;

  beforeEach(async () => {
    [polls, early] = [[], 0];
    emulator = await startEmulator({ face: 'confluent', auth: 'none', tls: false, samples: false });
    // Polls do not wait here, as these tests look at how long they may.
    front = createServer((incoming, outgoing) => {
      const { method = 'GET', headers, url = '' } = incoming;
      const wait = POLL.exec(url)?.[1];
      if (wait !== undefined) polls.push(Number(wait));
      if (wait !== undefined && (early -= 1) >= 0) {
        outgoing.setHeader('Content-Type', 'application/vnd.kafka.binary.v2+json').end('[]');
        return;
      }
      const target = emulator.info.endpoint + url.replace(/timeout=\d+/, 'timeout=1');
      const forwarded = request(target, { method, headers }, (response) => {
        outgoing.writeHead(response.statusCode ?? 500, response.headers);
        response.pipe(outgoing);
      });
      incoming.pipe(forwarded);
    });
    await new Promise<void>((resolve) => {
      front.listen(0, '127.0.0.1', resolve);
    });
  });

  afterEach(async () => {
    front.closeAllConnections();
    front.close();
    await emulator.stop();
  });

  async function read(from: bigint, until: bigint): Promise<readonly bigint[]> {
    const address = front.address();
    assert.ok(address !== null && typeof address === 'object');
    const proxy = openProxy({
      endpoint: `http://127.0.0.1:${address.port}`,
      http: openHttp({ retries: 0 }),
      dialect: { kind: 'confluent', clusterId: '' },
    });
    const offsets: bigint[] = [];
    let end = from;
    for await (const page of proxy.read({ topic: 't', partition: 0, from, until })) {
      offsets.push(...page.records.map(({ offset }) => offset));
      end = page.next;
    }
    await proxy.dispose();
    assert.equal(end, until);
    return offsets;
  }

  const waited = (): number => polls.reduce((sum, each) => sum + each, 0);

  function transact(count: number): bigint {
    emulator.createTopic({ name: 't' });
    const records = Array.from({ length: count }, () => ({ value: 'x' }));
    emulator.transact('t', records)('commit');
    return BigInt(count) + 1n;
  }

  it('ends after a second in the mark of a transaction that ends a small range', async () => {
    const until = transact(3);
    assert.deepEqual(await read(0n, until), [0n, 1n, 2n]);
    assert.deepEqual(polls.slice(1), [1_000]);
  });

  it('ends after a second in the mark of a transaction that ends a large range', async () => {
    const until = transact(500);
    assert.equal((await read(0n, until)).length, 500);
    const [, ...empty] = polls;
    assert.equal(
      empty.slice(-2).reduce((sum, each) => sum + each, 0),
      1_000,
    );
    assert.ok(waited() <= 2_000, String(polls));
  });

  it('is patient while there were no records yet', async () => {
    const until = transact(3);
    early = 2;
    assert.deepEqual(await read(0n, until), [0n, 1n, 2n]);
    assert.deepEqual(polls.slice(0, 3), [1_000, 1_000, 3_000]);
  });
});
