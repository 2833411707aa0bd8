import assert from 'node:assert/strict';
import { openProxy } from '../../../../../src/core/dialects/open';
import type { Leftovers, ProxyAccess } from '../../../../../src/core/dialects/dialect';
import { KafkaError } from '../../../../../src/core/errors';
import { type Authorizer, type HttpClient, openHttp } from '../../../../../src/core/http/client';
import type { KafkaProxy, NewRecord } from '../../../../../src/core/kafka';
import { type Emulator, startEmulator } from '../../../../../src/emulator/server';
import { fails } from '../../../../support/fails';

describe('The proxy of Karapace', () => {
  let emulator: Emulator;
  const requests: string[] = [];
  const opened: KafkaProxy[] = [];

  before(async () => {
    emulator = await startEmulator({
      face: 'karapace',
      auth: 'none',
      tls: false,
      samples: false,
      onRequest: ({ method, path }) => requests.push(`${method} ${path}`),
    });
  });
  beforeEach(() => {
    requests.length = 0;
  });
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((proxy) => proxy.dispose()));
    assert.deepEqual(emulator.instances(), [], 'no instance is left');
  });
  after(() => emulator.stop());

  function open(given: Partial<ProxyAccess> = {}): KafkaProxy {
    const { endpoint } = emulator.info;
    const access = { endpoint, http: openHttp({ retries: 0 }), ...given };
    const proxy = openProxy({ ...access, dialect: { kind: 'karapace' } });
    opened.push(proxy);
    return proxy;
  }

  /** Makes a topic with values of a size, reads it, and returns the offsets. */
  async function offsetsOf(
    topic: string,
    { count, bytes }: { readonly count: number; readonly bytes: number },
    proxy = open(),
  ): Promise<readonly number[]> {
    emulator.createTopic({ name: topic });
    const value = 'x'.repeat(bytes);
    emulator.append(
      topic,
      Array.from({ length: count }, () => ({ value })),
    );
    const found: number[] = [];
    const range = { topic, partition: 0, from: 0n, until: BigInt(count) };
    for await (const { records } of proxy.read(range, { ahead: 2 })) {
      found.push(...records.map(({ offset }) => Number(offset)));
    }
    return found;
  }

  const counted = (pattern: RegExp) => requests.filter((each) => pattern.test(each)).length;
  const upTo = (count: number) => Array.from({ length: count }, (_, n) => n);

  it('reads every record although responses lose some', async () => {
    assert.deepEqual(await offsetsOf('small', { count: 12_000, bytes: 1_040 }), upTo(12_000));
  });

  it('reads large records, all of which but a few are lost', async () => {
    assert.deepEqual(await offsetsOf('large', { count: 14, bytes: 900_000 }), upTo(14));
  });

  it('goes back only where records are missing', async () => {
    const first = await offsetsOf('fitting', { count: 3_000, bytes: 200 });
    assert.equal(first.length, 3_000);
    // The first seek may come too early.
    assert.ok(counted(/POST .*positions/) <= 2, String(counted(/POST .*positions/)));
  });

  it('continues with another instance after new credentials have lost the first', async () => {
    let calls = 0;
    const authorizer: Authorizer = {
      kind: 'none',
      origin: emulator.info.endpoint,
      credentials: () => {
        calls += 1;
        // The instance is created, assigned and moved with the first token.
        const authorization = `Bearer ${calls <= 8 ? 'first' : 'second'}`;
        return Promise.resolve({ headers: { authorization }, hidden: [] });
      },
    };
    const read = await offsetsOf('renewed', { count: 30, bytes: 900_000 }, open({ authorizer }));
    assert.deepEqual(read, upTo(30));
    assert.ok(counted(/POST \/consumers\/[^/]+$/) > 1);
    // The proxy keeps the lost instance, which only the old token could remove.
    await Promise.all(opened.splice(0).map((proxy) => proxy.dispose()));
    const [left = ''] = emulator.instances();
    const [group = '', name = ''] = left.split('/');
    const headers = { authorization: 'Bearer first' };
    const url = `${emulator.info.endpoint}/consumers/${group}/instances/${name}`;
    await fetch(url, { method: 'DELETE', headers });
  });

  it('starts anew when an assignment never comes into force', async () => {
    let early = 7;
    const http = openHttp({ retries: 0 });
    const slow: HttpClient = {
      ...http,
      request: async (request) => {
        if (request.url.pathname.endsWith('/positions') && early > 0) {
          early -= 1;
          throw new KafkaError('rejected', { status: 409 });
        }
        return http.request(request);
      },
    };
    const read = await offsetsOf('slow', { count: 3, bytes: 10 }, open({ http: slow }));
    assert.deepEqual(read, upTo(3));
    assert.equal(counted(/POST \/consumers\/[^/]+$/), 2);
  });

  it('removes what an earlier run left as soon as it lists topics', async () => {
    emulator.createTopic({ name: 'left' });
    emulator.append('left', [{ value: 'a' }]);
    const notes = new Set<string>();
    const leftovers: Leftovers = {
      add: (name) => Promise.resolve(void notes.add(name)),
      remove: (name) => Promise.resolve(void notes.delete(name)),
      found: () => Promise.resolve([]),
    };
    // A run that crashes while it reads: nothing removes its instance.
    const range = { topic: 'left', partition: 0, from: 0n, until: 5n };
    await open({ leftovers }).read(range)[Symbol.asyncIterator]().next();
    assert.equal(emulator.instances().length, 1);
    const found = () => Promise.resolve([...notes]);
    const later = open({ leftovers: { ...leftovers, found } });
    await later.topics();
    await later.dispose();
    assert.deepEqual([emulator.instances(), [...notes]], [[], []]);
  });

  it('tells what was written of a call that was partly refused', async () => {
    emulator.createTopic({ name: 'partly', partitions: 2 });
    const records: readonly NewRecord[] = [
      { value: 'a', partition: 1 },
      { value: 'b', partition: 9 },
      { value: '', partition: 1 },
    ];
    assert.deepEqual(await open().produce('partly', records), [
      { status: 'accepted', partition: 1, offset: 0n },
      {
        status: 'refused',
        detail: 'This request is for a topic or partition that does not exist on this broker.',
      },
      { status: 'accepted' },
    ]);
    assert.equal(emulator.stored('partly', 1).length, 2);
  });

  it('rejects a call of which nothing was written', async () => {
    emulator.createTopic({ name: 'none' });
    await fails(open().produce('none', []), { kind: 'rejected', status: 422 });
    await fails(open().produce('nope', [{ value: 'a' }]), { kind: 'not-found' });
  });

  it('describes the partitions beside one without a leader', async () => {
    emulator.createTopic({ name: 'leaderless', partitions: 2, leaderless: [1] });
    const [led, left] = await open().partitions('leaderless');
    assert.deepEqual([led?.earliest, led?.latest], [0n, 0n]);
    assert.deepEqual([left?.leader, left?.latest], [null, undefined]);
    assert.equal((await open().partition('leaderless', 1)).leader, null);
  });

  it('marks internal topics', async () => {
    emulator.createTopic({ name: '__consumer_offsets' });
    const topics = await open().topics();
    assert.deepEqual(topics[0], { name: '__consumer_offsets', internal: true });
  });
});
