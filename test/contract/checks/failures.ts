import assert from 'node:assert/strict';
import type { KafkaErrorKind } from '../../../src/core/errors';
import type { CallOptions, KafkaProxy, ReadFlow } from '../../../src/core/kafka';
import { type Check, failsWith, offsets, pagesOf, recordsOf, type Trial } from '../check';
import type { ServerFault } from '../server';

const reads: Check['applies'] = ({ capabilities }) => capabilities.read !== false;

/** The kind of error that each fault of the server must produce. */
const kinds: Readonly<Record<Exclude<ServerFault, 'hang'>, KafkaErrorKind>> = {
  refused: 'connection',
  cutOff: 'connection',
  unauthorized: 'unauthorized',
  forbidden: 'forbidden',
  throttled: 'throttled',
  unavailable: 'unavailable',
  nonsense: 'protocol',
};

/** Calls that only read, each of which must stop when it is aborted. */
const calls: readonly {
  readonly name: string;
  readonly applies?: Check['applies'];
  readonly call: (proxy: KafkaProxy, topic: string, options: CallOptions) => Promise<unknown>;
}[] = [
  { name: 'topics', call: (proxy, _, options) => proxy.topics(options) },
  { name: 'partitions', call: (proxy, topic, options) => proxy.partitions(topic, options) },
  { name: 'partition', call: (proxy, topic, options) => proxy.partition(topic, 0, options) },
  {
    name: 'brokers',
    applies: ({ capabilities }) => capabilities.brokers,
    call: (proxy, _, options) => proxy.brokers(options),
  },
  {
    name: 'read',
    applies: reads,
    call: (proxy, topic, options) => pagesOf(proxy, topic, { until: 5n }, options),
  },
  {
    name: 'offsetAtTime',
    applies: (proxy) => proxy.offsetAtTime !== undefined,
    call: async (proxy, topic, options) => proxy.offsetAtTime?.(topic, 0, 1, options),
  },
  {
    name: 'topicProperties',
    applies: (proxy) => proxy.topicProperties !== undefined,
    call: async (proxy, topic, options) => proxy.topicProperties?.(topic, options),
  },
  {
    name: 'consumerGroups',
    applies: (proxy) => proxy.consumerGroups !== undefined,
    call: async (proxy, _, options) => proxy.consumerGroups?.(options),
  },
];

/** Makes a topic with five records. */
async function five({ server, topic }: Trial): Promise<string> {
  const name = await topic();
  await server.append(
    name,
    Array.from({ length: 5 }, (_, n) => ({ value: String(n) })),
  );
  return name;
}

/** Checks of failures by their kind, aborted calls, and resources left behind. */
export const failureChecks: readonly Check[] = [
  ...calls.flatMap(({ name, applies, call }): readonly Check[] => [
    {
      name: `fails with the right kind: ${name}`,
      applies,
      run: async (trial) => {
        const topic = await five(trial);
        for (const fault of Object.keys(kinds).filter(isFault)) {
          await trial.server.break(fault);
          await failsWith(call(trial.proxy, topic, {}), kinds[fault]);
          await trial.server.mend();
        }
      },
    },
    {
      name: `stops at once when it is aborted under way: ${name}`,
      applies,
      run: async (trial) => {
        const { proxy, server } = trial;
        const topic = await five(trial);
        const abort = new AbortController();
        const reason = new Error('enough');
        await server.break('hang');
        const before = server.requests.length;
        const called = call(proxy, topic, { signal: abort.signal });
        const settled = assert.rejects(called, (error) => error === reason);
        await server.arrived(before + 1);
        abort.abort(reason);
        await settled;
      },
    },
    {
      name: `sends nothing when it was aborted before: ${name}`,
      applies,
      run: async (trial) => {
        const topic = await five(trial);
        const before = trial.server.requests.length;
        const reason = new Error('enough');
        const called = call(trial.proxy, topic, { signal: AbortSignal.abort(reason) });
        await assert.rejects(called, (error) => error === reason);
        assert.equal(trial.server.requests.length, before);
      },
    },
  ]),
  {
    name: 'sends nothing when it was aborted before: produce and create',
    run: async (trial) => {
      const { proxy, server } = trial;
      const topic = await five(trial);
      const before = server.requests.length;
      const reason = new Error('enough');
      const options = { signal: AbortSignal.abort(reason) };
      const { produce, createTopic } = proxy.capabilities;
      const writes = [
        ...(produce ? [proxy.produce(topic, [{ value: 'a' }], options)] : []),
        ...(createTopic ? [proxy.createTopic({ name: `${topic}-made` }, options)] : []),
      ];
      for (const write of writes) await assert.rejects(write, (error) => error === reason);
      assert.equal(server.requests.length, before);
    },
  },
  {
    name: 'continues a read after a temporary failure',
    applies: reads,
    run: async (trial) => {
      const topic = await five(trial);
      await trial.server.break('cutOff', { times: 1 });
      const records = await recordsOf(trial.persistent(), topic, { until: 5n });
      assert.deepEqual(
        records.map(({ offset }) => offset),
        offsets(0, 5),
      );
    },
  },
  {
    name: 'stops a read when it is aborted after any page, for the reason given',
    applies: reads,
    run: async (trial) => {
      const topic = await five(trial);
      for (const flow of [{ pageBytes: 1 }, { pageBytes: 1, ahead: 2 }]) {
        for (let after = 1; after < 4; after += 1)
          await abortAfter(trial.proxy, topic, flow, after);
      }
    },
  },
  {
    name: 'leaves nothing on the server after a read that ended, was left early or failed',
    run: async (trial) => {
      const { server } = trial;
      const topic = await five(trial);
      const before = server.kept;
      const client = trial.persistent();
      await client.topics();
      if (client.capabilities.read) {
        // It comes first, so that no removal of what an earlier read has left is forbidden.
        await server.break('forbidden');
        await failsWith(recordsOf(client, topic, { until: 5n }), 'forbidden');
        await server.mend();
        await recordsOf(client, topic, { until: 5n });
        const range = { topic, partition: 0, from: 0n, until: 5n };
        for await (const { next } of client.read(range, { pageBytes: 1, ahead: 3 })) {
          assert.ok(next < 5n);
          break;
        }
        await abortAfter(client, topic, { pageBytes: 1, ahead: 3 }, 1);
      }
      await client.dispose();
      await server.keepsOnly(before);
    },
  },
  {
    name: 'ends what is under way when it is disposed of',
    run: async ({ persistent, server }) => {
      const client = persistent();
      await server.break('hang');
      const before = server.requests.length;
      const failed = failsWith(client.topics(), 'closed');
      await server.arrived(before + 1);
      await client.dispose();
      await failed;
      await failsWith(client.topics(), 'closed');
    },
  },
];

/** Reads, and aborts after that many pages. */
async function abortAfter(
  proxy: KafkaProxy,
  topic: string,
  flow: ReadFlow,
  pages: number,
): Promise<void> {
  const abort = new AbortController();
  const reason = new Error('enough');
  let seen = 0;
  const read = async (): Promise<void> => {
    const range = { topic, partition: 0, from: 0n, until: 5n };
    for await (const { next } of proxy.read(range, { ...flow, signal: abort.signal })) {
      seen += 1;
      assert.ok(seen <= pages, `page ${seen}, up to ${next}, came after the abort`);
      if (seen === pages) abort.abort(reason);
    }
  };
  await assert.rejects(read, (error) => error === reason);
}

function isFault(name: string): name is keyof typeof kinds {
  return name in kinds;
}
