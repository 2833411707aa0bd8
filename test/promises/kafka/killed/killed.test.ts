import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { startGateway } from '../../../../src/emulator/gateway';
import type { Served } from '../../../../src/emulator/serve';
import { OtherClient } from '../../../support/kafka/otherClient';
import { useKafka } from '../../../support/kafka/useKafka';
import { Random } from '../../fuzz/engine/random';
import { Ledger } from '../../soak/ledger';
import { copy, produceFile } from '../../soak/moving';
import { historyRecords } from '../../soak/topics';
import { Cluster, type MovingTurn, Said, Tally } from '../../soak/world';
import { Followed } from './followed';

/** How often the broker is killed. */
const KILLS = 4;
const SEED = 20261127;
const TOPICS = { orders: 3, events: 2, copies: 2, history: 3 };
/** How long the follower may take to see the last record, in milliseconds. */
const MAX_BEHIND_MS = 20_000;

describe('a broker that is killed and started again', () => {
  const kafka = useKafka();
  const ledger = new Ledger();
  const random = new Random(SEED);
  let folder: string;
  let client: OtherClient;
  let gateway: Served;
  let cluster: Cluster;
  /** Called with each produce request that the gateway has responded to. */
  let produced: () => void = () => undefined;

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'kafka-rest-killed-'));
    client = await OtherClient.connect(kafka().bootstrap);
    for (const [topic, partitions] of Object.entries(TOPICS)) {
      await client.createTopic(topic, partitions);
    }
    const history = historyRecords({ name: 'history', partitions: TOPICS.history, filled: 1_000 });
    const records = history.map(({ partition = 0, key = null, value }) => ({
      partition,
      key: key === null ? null : String(key),
      value: String(value),
    }));
    await client.append('history', records);
    gateway = await startGateway(
      { brokers: [kafka().bootstrap] },
      {
        onRequest: ({ method }) => {
          if (method === 'POST') produced();
        },
      },
    );
    cluster = new Cluster(gateway.info, () => undefined);
  });

  after(async () => {
    await cluster.drop();
    await gateway.stop();
    await client.close();
    await rm(folder, { recursive: true });
  });

  /** Resolves after some more produce requests, between two of them or within one. */
  async function momentToKill(): Promise<void> {
    let left = 1 + random.below(12);
    await new Promise<void>((resolve) => {
      produced = () => {
        left -= 1;
        if (left <= 0) resolve();
      };
    });
    await delay(random.below(8));
  }

  /** Compares what was reported with what Kafka holds. */
  async function audit(): Promise<readonly string[]> {
    for (const topic of ['orders', 'events', 'copies'] as const) {
      const held = await client.records(topic);
      for (let partition = 0; partition < TOPICS[topic]; partition++) {
        const own = held.filter((record) => record.partition === partition);
        ledger.count(
          topic,
          partition,
          own.map(({ value }) => value?.toString() ?? ''),
        );
      }
    }
    return ledger.disagreements();
  }

  it('makes nothing of a bulk run, a copy and a follow untrue', async function () {
    this.timeout(180_000);
    const tally = new Tally();
    const followed = new Followed(cluster.proxy, 'orders');
    for (let step = 1; step <= KILLS; step++) {
      const turn: MovingTurn = {
        cluster,
        folder,
        step,
        tally,
        said: new Said(),
        random: () => random.below(2 ** 30) / 2 ** 30,
        signal: new AbortController().signal,
        witness: {
          ask: (_, fates) => {
            ledger.report(fates);
            return Promise.resolve(undefined);
          },
        },
      };
      const moving = Promise.all([produceFile(turn), copy({ ...turn, step: step + KILLS })]);
      await Promise.race([momentToKill(), moving]);
      await kafka().kill();
      await delay(random.below(500));
      await kafka().restart();
      await moving;
    }
    assert.deepEqual(await audit(), []);
    assert.ok(tally.out > 0, 'nothing was accepted');

    const held = await client.records('orders');
    const until = Date.now() + MAX_BEHIND_MS;
    while (followed.lines.length < held.length && Date.now() < until) await delay(100);
    await followed.stop();
    const lines = held.map(
      ({ partition, offset, value }) => `${partition} ${offset} ${value?.toString()}`,
    );
    assert.deepEqual(followed.lines.toSorted(), lines.toSorted());
    console.log(
      `    ${tally.out} accepted, ${tally.unclear} unclear, ${followed.failures.length} failures ` +
        `of the follower; failures: ${JSON.stringify([...tally.failures])}`,
    );
  });
});
