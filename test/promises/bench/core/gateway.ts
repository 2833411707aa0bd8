import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { KafkaBackend } from '../../../../src/emulator/kafka/kafkaBackend';
import { whole } from '../amount';
import type { Benchmark } from '../benchmark';
import { onEmulator } from '../support';
import { compareReading } from './read';

const RECORD_BYTES = 1024;
/** What producers send at once, so that the batches have the size of theirs. */
const BATCH_RECORDS = 16;

/**
 * Reads 100,000 records of 1 KB from one partition of a real Kafka through the gateway, as
 * `benchRead` does from the emulator.
 */
export const benchGateway: Benchmark = async ({ quick }) => {
  const records = quick ? 20_000 : 100_000;
  const kafka = spawn(process.execPath, ['--import', 'tsx', 'test/support/kafka/run.ts'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = once(kafka, 'close');
  try {
    const bootstrap = await Promise.race([
      once(createInterface(kafka.stdout), 'line').then(([line]: string[]) => line),
      ended.then(() => undefined),
    ]);
    // There is no Java, and the program has said so.
    if (bootstrap === undefined) return [];
    await fill(bootstrap, records);
    return await onEmulator({ topics: [], kafka: bootstrap }, (gateway) =>
      compareReading(gateway, {
        ...{ topic: 'bench', partitions: 1, records, pageRecords: 2000, rounds: quick ? 1 : 3 },
        name: 'gateway',
        what: `reading ${whole(records)} × 1 KB of a real Kafka through the gateway`,
        unit: 'records/s',
      }),
    );
  } finally {
    kafka.stdin.end();
    await ended;
  }
};

async function fill(bootstrap: string, records: number): Promise<void> {
  const backend = new KafkaBackend({ brokers: [bootstrap] });
  await backend.createTopic({ name: 'bench' });
  const value = 'x'.repeat(RECORD_BYTES);
  const batch = Array.from({ length: BATCH_RECORDS }, () => ({ value, partition: 0 }));
  for (let written = 0; written < records; written += BATCH_RECORDS) {
    await backend.produce('bench', batch);
  }
  await backend.close();
}
