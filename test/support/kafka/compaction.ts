import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { KafkaRecord, Offset } from '../../../src/core/kafka';
import { crc32c } from '../../../src/emulator/kafka/wire/crc32c';
import { batchesOf, encodeBatch, recordsOf } from '../../../src/emulator/kafka/wire/records';
import type { Kafka } from './broker';

/** Where the parts of a batch begin, and where what its checksum covers does. */
const LEADER_EPOCH = 12;
const CHECKSUM = 17;
const CHECKED = 21;
const LAST_OFFSET_DELTA = 23;

/**
 * Removes records from a partition of one segment, as the cleaner of a compacted topic does, which
 * leaves their offsets unused. Kafka is shut down for that and started again.
 */
export async function compactLog(
  kafka: Kafka,
  topic: string,
  partition: number,
  offsets: readonly Offset[],
): Promise<void> {
  await kafka.shutDown();
  const folder = path.join(kafka.logs, `${topic}-${partition}`);
  for (const name of await readdir(folder)) {
    const file = path.join(folder, name);
    if (name.endsWith('.log')) await writeFile(file, without(await readFile(file), offsets));
    else if (/\.(?:index|timeindex|snapshot)$/.test(name)) await rm(file);
  }
  await kafka.restart();
}

/** Returns the bytes of a log without some records. Each record that stays gets its own batch. */
function without(log: Buffer, offsets: readonly Offset[]): Buffer {
  const records = batchesOf(log).flatMap((batch) => recordsOf(batch, 0, 0n));
  const end = (records.at(-1)?.offset ?? -1n) + 1n;
  const left = records.filter(({ offset }) => !offsets.includes(offset));
  return Buffer.concat(
    left.map((record, index) => batchOf(record, left[index + 1]?.offset ?? end)),
  );
}

/** Returns a batch of one record that covers all offsets up to `end`. */
function batchOf({ offset, key, value, timestamp = 0 }: KafkaRecord, end: Offset): Buffer {
  const batch = encodeBatch([{ key, value, timestamp }]);
  batch.writeBigInt64BE(offset, 0);
  batch.writeInt32BE(0, LEADER_EPOCH);
  batch.writeInt32BE(Number(end - 1n - offset), LAST_OFFSET_DELTA);
  batch.writeUInt32BE(crc32c(batch.subarray(CHECKED)), CHECKSUM);
  return batch;
}
