// The other side of a soak, in a process of its own, so that nothing of it counts as the product's:
// the emulator, the fault proxy before it, and the ledger of what its log must hold.
import { createHash } from 'node:crypto';
import { type Emulator, startEmulator } from '../../../src/emulator/server';
import { startFaultProxy } from '../../support/faults/faultProxy';
import { Ledger } from './ledger';
import { historyRecords, recordLine, topics } from './topics';
import { planOf } from './weather';
import type { Answers, Ask } from './witnessClient';

const TOKEN_LIFETIME_S = 20;

async function main(): Promise<void> {
  const emulator = await startEmulator({ samples: false, tokenLifetime: TOKEN_LIFETIME_S });
  const proxy = await startFaultProxy(emulator);
  const partitions = new Map<string, number>();
  for (const { name, partitions: count } of topics) {
    emulator.createTopic({ name, partitions: count });
    partitions.set(name, count);
  }
  for (const topic of topics) {
    if (topic.filled) emulator.append(topic.name, historyRecords(topic));
  }
  const ledger = new Ledger();
  const told = new Set<string>();
  let closed = false;
  let seen = 0;
  let faults = 0;

  const answers: Answers = {
    info: () => proxy.info,
    weather: async (weather) => {
      if (closed) await proxy.listen();
      closed = weather.name === 'closed';
      proxy.plan = planOf(weather);
      if (closed) await proxy.refuse();
      return undefined;
    },
    status: () => {
      for (; seen < proxy.seen.length; seen++) if (proxy.seen[seen]?.fault !== undefined) faults++;
      const tokens = [...proxy.tokens].filter((token) => !told.has(token));
      for (const token of tokens) told.add(token);
      return { connections: proxy.connections, requests: seen, faults, tokens };
    },
    digest: ({ topic, partition, from, until }) => {
      const hash = createHash('sha256');
      const records = emulator.records(topic, partition);
      for (const record of records.slice(Number(from), Number(until))) {
        hash.update(recordLine(JSON.parse(record) as Parameters<typeof recordLine>[0]));
      }
      return hash.digest('hex');
    },
    report: (fates) => {
      ledger.report(fates);
      return undefined;
    },
    audit: () => {
      let records = 0;
      for (const { name, partitions, filled } of topics) {
        if (filled) continue;
        for (let partition = 0; partition < partitions; partition++) {
          const log = emulator.records(name, partition);
          ledger.count(name, partition, log);
          records += log.length;
        }
      }
      return { records, disagreements: ledger.disagreements() };
    },
    double: ({ topic }) => {
      double(emulator, topic);
      return undefined;
    },
  };

  const answer = async ({ id, call, argument }: Ask): Promise<void> => {
    const reply = await (answers[call] as (argument: unknown) => unknown)(argument);
    process.send?.({ id, reply });
  };
  process.on('message', (ask: Ask) => {
    answer(ask).catch((error: unknown) => process.send?.({ id: ask.id, error: String(error) }));
  });
  // Ctrl+C is for the soak, which needs its witness to the end.
  process.on('SIGINT', () => undefined);
  process.on('disconnect', () => {
    void Promise.all([proxy.close(), emulator.stop()]).finally(() => process.exit());
  });
  process.send?.({ id: 0, reply: undefined });
}

/** Plants the fault that the ledger is there for: the newest record of a topic once more. */
function double(emulator: Emulator, topic: string): void {
  const last = emulator.records(topic, 0).at(-1);
  if (last === undefined) return;
  const { key, value } = JSON.parse(last) as { key: string; value: string };
  emulator.append(topic, [{ key, value, partition: 0 }]);
}

void main();
