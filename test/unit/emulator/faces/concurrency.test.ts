import assert from 'node:assert/strict';
import { availableParallelism } from 'node:os';
import { type Emulator, type FaceName, startEmulator } from '../../../../src/emulator/server';
import { replay, type WireResponse } from './wireTranscript';

/** How many polls the real proxies, on as many cores, worked on at once. */
const PROXIES: readonly (readonly [FaceName, atOnce: number, create: object])[] = [
  ['strimzi-0.33', Infinity, { 'enable.auto.commit': false }],
  ['strimzi', Math.max(4, 2 * availableParallelism()), { 'enable.auto.commit': false }],
  ['karapace', availableParallelism() + 4, { 'auto.commit.enable': 'false' }],
];

const V2 = { 'Content-Type': 'application/vnd.kafka.v2+json' };
const BINARY = { Accept: 'application/vnd.kafka.binary.v2+json' };
const WAIT_MS = 250;

for (const [face, atOnce, create] of PROXIES) {
  describe(`long polls of the face ${face}, as the real proxy handled them,`, () => {
    let emulator: Emulator;
    /** What has ended, in this order. */
    let ended: string[];
    before(async () => {
      emulator = await startEmulator({ face, auth: 'none', tls: false, samples: false });
      emulator.createTopic({ name: 't' });
    });
    beforeEach(() => {
      ended = [];
    });
    after(() => emulator.stop());

    async function send(
      what: string,
      method: string,
      path: string,
      body?: object,
    ): Promise<WireResponse> {
      const headers = method === 'GET' ? BINARY : V2;
      const text = body && JSON.stringify(body);
      const response = await replay(emulator.info.endpoint, { method, path, headers, body: text });
      ended.push(what);
      return response;
    }

    const base = (name: string): string => `/consumers/g/instances/${name}`;
    const poll = (name: string, what = 'poll'): Promise<WireResponse> =>
      send(what, 'GET', `${base(name)}/records?timeout=${WAIT_MS}`);

    /** Makes an instance at the end of the topic, where there is nothing to read. */
    async function open(name: string): Promise<void> {
      const settings = { name, format: 'binary', 'auto.offset.reset': 'latest', ...create };
      await send('', 'POST', '/consumers/g', settings);
      const partitions = [{ topic: 't', partition: 0 }];
      await send('', 'POST', `${base(name)}/assignments`, { partitions });
      ended = [];
    }

    it('take turns on one instance', async () => {
      await open('one');
      const start = performance.now();
      const [first, second] = await Promise.all([poll('one', 'first'), poll('one', 'second')]);
      assert.deepEqual([first.body, second.body, ended], ['[]', '[]', ['first', 'second']]);
      assert.ok(performance.now() - start > 2 * WAIT_MS - 20);
    });

    it('delay a seek and a removal, and end as if nothing had come', async () => {
      await open('busy');
      const offsets = [{ topic: 't', partition: 0, offset: 0 }];
      const polling = poll('busy');
      const seeking = send('seek', 'POST', `${base('busy')}/positions`, { offsets });
      const removing = send('remove', 'DELETE', base('busy'));
      const statuses = (await Promise.all([polling, seeking, removing])).map(
        ({ status }) => status,
      );
      assert.deepEqual(statuses, [200, 204, 204]);
      assert.deepEqual(ended, ['poll', 'seek', 'remove']);
    });

    it('run side by side, as many as there are threads, and delay nothing else', async () => {
      const names = Array.from({ length: 20 }, (_, n) => `many${n}`);
      for (const name of names) await open(name);
      const start = performance.now();
      const polling = Promise.all(names.map((name) => poll(name)));
      const topics = await send('topics', 'GET', '/topics');
      assert.deepEqual([topics.status, ended], [200, ['topics']]);
      for (const { status, body } of await polling) assert.deepEqual([status, body], [200, '[]']);
      const rounds = Math.ceil(names.length / Math.min(atOnce, names.length));
      const ms = performance.now() - start;
      assert.ok(ms > rounds * WAIT_MS - 20 && ms < (names.length * WAIT_MS) / 1.5, `${ms} ms`);
    });
  });
}
