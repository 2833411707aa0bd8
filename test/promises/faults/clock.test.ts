import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { follow } from '../../../src/core/read/follow';
import type { KafkaProxy, KafkaRecord } from '../../../src/core/kafka';
import { produceAll } from '../../../src/core/produce/produceAll';
import { openReader } from '../../../src/core/read/reader';
import type { EmulatorInfo } from '../../../src/emulator/server';
import { connectWith } from '../../../src/ui/clusters/connect';
import { checkedFor } from '../../support/checked';
import { clusterOf } from '../../support/clusterOf';
import { type GuardedProcess, root, startGuarded } from '../../support/host/processes';

const HOUR = 3_600_000;

for (const [name, off] of [
  ['behind', HOUR],
  ['ahead of', -HOUR],
] as const) {
  describe(`a clock that is an hour ${name} those of the proxy and of Entra ID`, () => {
    let folder: string;
    let servers: GuardedProcess;
    let proxy: KafkaProxy;
    let log: string[];

    before(async () => {
      folder = await mkdtemp(path.join(tmpdir(), 'faults-clock-'));
      servers = startGuarded(
        process.execPath,
        [
          ...['--require', path.join(root, 'test/support/faults/clockOff.cjs')],
          ...['--import', 'tsx', path.join(root, 'src/emulator/cli.ts')],
          ...['--ca-file', path.join(folder, 'ca.pem'), '--topic', 'orders:2:0:1', '--empty'],
        ],
        { env: { ...process.env, CLOCK_OFF_MS: String(off) } },
      );
      const [line] = await servers.printed(/^\{.*\}$/m);
      const info = JSON.parse(line) as EmulatorInfo;
      log = [];
      proxy = connectWith(() => ({ log: { trace: (text) => log.push(text) } }))(
        clusterOf('cell', info),
        () => Promise.resolve(info.clientSecret ?? undefined),
      );
    });

    after(async () => {
      await proxy.dispose();
      await servers.stop();
      await rm(folder, { recursive: true });
    });

    const values = Array.from({ length: 20 }, (_, n) => `value ${n}`);

    async function read(time?: number): Promise<readonly KafkaRecord[]> {
      const from = time === undefined ? ({ at: 'earliest' } as const) : { time };
      const records: KafkaRecord[] = [];
      const reader = await openReader(proxy, { topic: 'orders', from });
      for await (const batch of reader) records.push(...batch);
      return records;
    }

    it('signs in once, and produces', async () => {
      const records = values.map((value) => ({ value }));
      const { accepted } = await produceAll(proxy, 'orders', checkedFor(proxy, records));
      assert.equal(accepted.count, values.length);
      await proxy.createTopic({ name: 'new', partitionCount: 1 });
      assert.equal((await proxy.topics()).length, 2);
      assert.equal(log.filter((line) => line.includes('/token: 200')).length, 1, log.join('\n'));
    });

    it('reads all, and from a time by the timestamps of the records', async () => {
      const all = await read();
      assert.deepEqual(all.map(({ value }) => value).sort(), [...values].sort());
      const times = all.map(({ timestamp }) => timestamp ?? 0);
      const earliest = Math.min(...times);
      assert.ok(Math.abs(earliest - Date.now() - off) < HOUR / 2, 'the clocks differ');
      assert.equal((await read(earliest)).length, values.length);
      assert.deepEqual(await read(Math.max(...times) + 1), []);
    });

    it('follows', async () => {
      const enough = new AbortController();
      const { signal } = enough;
      const request = { topic: 'orders', from: { at: 'earliest' } } as const;
      const reader = await openReader(proxy, request, { signal });
      const seen: KafkaRecord[] = [];
      await assert.rejects(
        async () => {
          for await (const batch of follow(proxy, request, reader, {
            signal,
            opened: () => undefined,
          })) {
            seen.push(...batch);
            if (seen.length === values.length) {
              await proxy.produce('orders', [{ value: 'late' }]);
            } else if (seen.length > values.length) enough.abort();
          }
        },
        { name: 'AbortError' },
      );
      assert.equal(seen.at(-1)?.value, 'late');
    });
  });
}
