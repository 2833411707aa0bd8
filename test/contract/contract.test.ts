import assert from 'node:assert/strict';
import { KafkaError } from '../../src/core/errors';
import type { KafkaProxy, KafkaRecord, RecordPage } from '../../src/core/kafka';
import { NO_CAPABILITIES } from '../support/proxies/capabilities';
import { runCheck } from './check';
import { memoryServer, type MemoryOptions } from './servers/memory';
import { EVERYTHING } from './servers/memoryProxy';
import { contract, describeContract } from './suite';

const checks = Object.values(contract).flat();
/** A check that runs longer than this, in milliseconds, never ends, because all is in memory. */
const HANGS_MS = 300;

describeContract('A dialect that can do everything', () => Promise.resolve(memoryServer()));

describeContract('A dialect that can do nothing but describe', () => {
  return Promise.resolve(memoryServer({ capabilities: NO_CAPABILITIES, extras: false }));
});

/** Dialects that each do one thing wrong, and the check that must catch it. */
const wrong: readonly (readonly [
  wrong: string,
  caughtBy: RegExp,
  change: NonNullable<MemoryOptions['change']>,
])[] = [
  [
    'sends records again whose fate is unclear',
    /sends records once.*cutOff/,
    (proxy) => ({
      produce: async (...given) => {
        const results = await proxy.produce(...given);
        return results.some(({ status }) => status === 'unclear')
          ? proxy.produce(...given)
          : results;
      },
    }),
  ],
  [
    'calls records refused whose fate is unclear',
    /never calls them refused: unavailable/,
    (proxy) => ({
      produce: async (...given) =>
        (await proxy.produce(...given)).map((result) =>
          result.status === 'unclear' ? { status: 'refused', detail: '' } : result,
        ),
    }),
  ],
  [
    'asks again to create a topic',
    /asks once to create/,
    (proxy) => ({
      createTopic: (...given) =>
        proxy.createTopic(...given).catch(() => proxy.createTopic(...given)),
    }),
  ],
  [
    'says that it cannot carry headers, and drops them',
    /refuses headers that it cannot carry/,
    (proxy) => ({
      capabilities: { ...EVERYTHING, produce: { ...EVERYTHING.produce, headers: false } },
      produce: (topic, records, options) => {
        const bare = records.map(({ key = null, value }) => ({ key, value }));
        return proxy.produce(topic, bare, options);
      },
    }),
  ],
  [
    'drops the last record of a page',
    /reads a range/,
    changesPages((records) => records.slice(0, -1)),
  ],
  [
    'gives records before the range',
    /reads a range/,
    (proxy) => ({
      read: (range, flow) =>
        proxy.read({ ...range, from: range.from > 0n ? range.from - 1n : 0n }, flow),
    }),
  ],
  [
    'reads further than it is asked to',
    /reads no further/,
    (proxy) => ({ read: (range, flow) => proxy.read({ ...range, until: range.until + 1n }, flow) }),
  ],
  [
    'rounds offsets to 53 bits',
    /64 bits exact/,
    changesPages((records) =>
      records.map((record) => ({ ...record, offset: BigInt(Number(record.offset)) })),
    ),
  ],
  [
    'reads a null as an empty text',
    /tells null from text/,
    changesPages((records) => records.map((record) => ({ ...record, key: record.key ?? '' }))),
  ],
  [
    'forgets headers',
    /reads headers/,
    changesPages((records) =>
      records.map(({ partition, offset, key, value }) => ({ partition, offset, key, value })),
    ),
  ],
  [
    'forgets timestamps',
    /reads timestamps/,
    changesPages((records) =>
      records.map(({ partition, offset, key, value }) => ({ partition, offset, key, value })),
    ),
  ],
  [
    'converts bytes to text',
    /reads back the bytes/,
    changesPages((records) =>
      records.map((record) => ({ ...record, value: record.value && String(record.value) })),
    ),
  ],
  [
    'does not say what retention deleted',
    /behind what retention deleted/,
    (proxy) => ({
      read: async function* (...given) {
        for await (const { records, next, bytes } of proxy.read(...given)) {
          yield { records, next, bytes };
        }
      },
    }),
  ],
  [
    'ignores the abort of a read',
    /stops at once.*read/,
    (proxy) => ({
      read: (range) => proxy.read(range),
    }),
  ],
  [
    'continues to yield pages after an abort',
    /aborted after any page/,
    (proxy) => ({
      read: async function* (range) {
        yield* proxy.read(range, { pageBytes: 1 });
      },
    }),
  ],
  [
    'leaves an instance behind',
    /leaves nothing on the server/,
    (proxy, log) => ({
      read: async function* (...given) {
        log.kept.push('instance');
        yield* proxy.read(...given);
        log.kept.pop();
      },
    }),
  ],
  [
    'throws an error of its own',
    /fails with the right kind: topics/,
    (proxy) => ({
      topics: (options) =>
        proxy.topics(options).catch((error: unknown) => {
          throw error instanceof KafkaError ? new KafkaError('rejected') : error;
        }),
    }),
  ],
  [
    'continues its calls after it was disposed of',
    /ends what is under way/,
    () => ({ dispose: () => Promise.resolve() }),
  ],
  [
    'finds the offset after the one by time',
    /finds an offset by time/,
    (proxy) => ({
      offsetAtTime: async (...given) => ((await proxy.offsetAtTime(...given)) ?? 0n) + 1n,
    }),
  ],
  [
    'resets the properties that are not named',
    /changes the properties that are named/,
    (proxy) => ({
      alterTopic: (topic, changes, options) =>
        proxy.alterTopic(
          topic,
          [{ name: 'cleanup.policy', value: 'compact' }, ...changes],
          options,
        ),
    }),
  ],
];

describe('The contract', () => {
  for (const [name, caughtBy, change] of wrong) {
    it(`catches a dialect that ${name}`, async () => {
      const caught = checks.filter((check) => caughtBy.test(check.name));
      assert.notEqual(caught.length, 0, 'there is such a check');
      for (const check of caught) {
        const server = memoryServer({ change });
        const proxy = server.open({ retries: 0 });
        const run = runCheck(check, server, proxy);
        assert.equal(await fails(run), true, check.name);
      }
    });
  }
});

/** Returns whether a check fails or never ends. */
async function fails(run: Promise<void>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const hangs = new Promise<boolean>((resolve) => {
    timer = setTimeout(resolve, HANGS_MS, true);
  });
  const ends = run.then(
    () => false,
    () => true,
  );
  try {
    return await Promise.race([ends, hangs]);
  } finally {
    clearTimeout(timer);
  }
}

/** Changes the records of each page. */
function changesPages(
  change: (records: readonly KafkaRecord[]) => readonly KafkaRecord[],
): (proxy: Pick<KafkaProxy, 'read'>) => Partial<KafkaProxy> {
  return (proxy) => ({
    read: async function* (...given): AsyncGenerator<RecordPage> {
      for await (const page of proxy.read(...given)) {
        yield { ...page, records: change(page.records) };
      }
    },
  });
}
