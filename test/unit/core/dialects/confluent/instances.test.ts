import assert from 'node:assert/strict';
import { createServer, request, type IncomingMessage, type Server } from 'node:http';
import { openProxy } from '../../../../../src/core/dialects/open';
import { KafkaError } from '../../../../../src/core/errors';
import { openHttp } from '../../../../../src/core/http/client';
import type { KafkaProxy } from '../../../../../src/core/kafka';
import { type Emulator, startEmulator } from '../../../../../src/emulator/server';

/** How a balancer chooses among two proxies of one cluster. */
type Choice = (incoming: IncomingMessage, count: number) => 0 | 1;

interface Balanced {
  readonly emulators: readonly Emulator[];
  readonly proxy: KafkaProxy;
}

const servers: Server[] = [];
const opened: Balanced[] = [];

/** Starts two proxies with the same topic, and a load balancer that sets cookies before them. */
async function startBalanced(choose: Choice): Promise<Balanced> {
  const options = { face: 'confluent', auth: 'none', tls: false, samples: false } as const;
  const emulators = [await startEmulator(options), await startEmulator(options)];
  for (const emulator of emulators) {
    emulator.createTopic({ name: 't' });
    emulator.append(
      't',
      Array.from({ length: 300 }, () => ({ value: 'x'.repeat(2000) })),
    );
  }
  let count = 0;
  const server = createServer((incoming, outgoing) => {
    const chosen = choose(incoming, (count += 1));
    const target = emulators[chosen]?.info.endpoint ?? '';
    const { method = 'GET', headers, url = '' } = incoming;
    const forwarded = request(target + url, { method, headers }, (response) => {
      const cookies = [`node=${chosen}; Path=/; Expires=Fri, 27 Nov 2037 10:00:00 GMT`, 'b=2'];
      outgoing.writeHead(response.statusCode ?? 500, {
        ...response.headers,
        'Set-Cookie': cookies,
      });
      response.pipe(outgoing);
    });
    incoming.pipe(forwarded);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  servers.push(server);
  const address = server.address();
  const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
  const http = openHttp({ retries: 0 });
  const dialect = { kind: 'confluent', clusterId: '' };
  const proxy = openProxy({ endpoint: `http://127.0.0.1:${port}`, http, dialect });
  const balanced = { emulators, proxy };
  opened.push(balanced);
  return balanced;
}

const byTurns: Choice = (_, count) => (count % 2 === 0 ? 0 : 1);
/** Each call about an instance reaches the proxy that does not have it first. */
function eachCallByTurns(): Choice {
  const counts = new Map<string, number>();
  return ({ method = '', url = '' }) => {
    if (!url.includes('/instances/')) return 0;
    const call = `${method} ${url.replace(/\?.*/, '')}`;
    const count = (counts.get(call) ?? 0) + 1;
    counts.set(call, count);
    return count % 2 === 1 ? 1 : 0;
  };
}

const isConsumer = ({ url = '' }: IncomingMessage): boolean => url.includes('/consumers/');

async function read({ proxy, emulators }: Balanced, afterPage?: () => void): Promise<number> {
  let next = 0n;
  const range = { topic: 't', partition: 0, from: 0n, until: 300n };
  for await (const { records, next: end } of proxy.read(range, { pageBytes: 50_000 })) {
    for (const { offset } of records) {
      assert.equal(offset, next);
      next += 1n;
    }
    afterPage?.();
    next = end;
  }
  await proxy.dispose();
  assert.deepEqual(
    emulators.flatMap((emulator) => emulator.instances()),
    [],
  );
  return Number(next);
}

describe('consumer instances of Confluent', () => {
  afterEach(async () => {
    for (const { proxy, emulators } of opened.splice(0)) {
      await proxy.dispose();
      for (const emulator of emulators) await emulator.stop();
    }
    for (const server of servers.splice(0)) {
      server.closeAllConnections();
      server.close();
    }
  });

  it('are found behind a load balancer by its cookies', async () => {
    const sticky: Choice = (incoming, count) => {
      const node = /^node=([01]); b=2$/.exec(incoming.headers.cookie ?? '')?.[1];
      return node === undefined ? byTurns(incoming, count) : node === '1' ? 1 : 0;
    };
    assert.equal(await read(await startBalanced(sticky)), 300);
  });

  it('are assigned again if the first call led to another proxy', async () => {
    let calls = 0;
    const onceWrong: Choice = (incoming) => {
      if (!isConsumer(incoming)) return 0;
      calls += 1;
      return calls === 2 ? 1 : 0;
    };
    assert.equal(await read(await startBalanced(onceWrong)), 300);
  });

  it('are found behind a load balancer that keeps no client to one proxy', async () => {
    assert.equal(await read(await startBalanced(eachCallByTurns())), 300);
  });

  it('that a load balancer never finds end in a failure that names them', async () => {
    const lost: Choice = ({ url = '' }) => (url.includes('/instances/') ? 1 : 0);
    const { proxy } = await startBalanced(lost);
    const range = { topic: 't', partition: 0, from: 0n, until: 300n };
    await assert.rejects(
      async () => {
        for await (const page of proxy.read(range)) assert.fail(String(page.next));
      },
      (error) => error instanceof KafkaError && /consumer instance not found/i.test(error.detail),
    );
  });

  it('are replaced where they were lost, and nothing is missing or twice', async () => {
    const balanced = await startBalanced(() => 0);
    const [emulator] = balanced.emulators;
    let pages = 0;
    const lose = (): void => {
      pages += 1;
      const [instance] = emulator?.instances() ?? [];
      if (pages > 2 || !emulator || instance === undefined) return;
      const [group, name] = instance.split('/');
      const url = `${emulator.info.endpoint}/consumers/${group}/instances/${name}`;
      request(url, { method: 'DELETE' }).end();
    };
    assert.equal(await read(balanced, lose), 300);
  });
});
