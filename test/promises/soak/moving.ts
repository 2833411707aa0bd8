import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { KafkaRecord } from '../../../src/core/kafka';
import { BulkProducer } from '../../../src/transfer/bulk/bulkProduce';
import type { BulkReport } from '../../../src/transfer/bulk/bulkReport';
import { type CopyItem, copyItem, KeptRecords } from '../../../src/transfer/bulk/copyRecords';
import { fromTopic } from '../../../src/transfer/bulk/copySource';
import { localFolder } from '../../../src/transfer/bulk/localFolder';
import { openFileRun } from '../../../src/transfer/bulk/produceFile';
import { exportFile } from '../../../src/transfer/export/exportFile';
import { exportLayout } from '../../../src/transfer/export/exportFormats';
import { importRecords } from '../../../src/transfer/import/importRecords';
import { must } from '../must';
import { between, pick } from '../../support/faults/random';
import { acceptedOf, idIn, type NotAccepted } from './ledger';
import { readChecked, someRange } from './reading';
import { BULK, expectFailure, type MovingTurn, newRecords, type Turn } from './world';

/**
 * Sends a file of JSON Lines, some of which are no records, and looks at the files that are left.
 */
export async function produceFile(turn: MovingTurn): Promise<void> {
  const { cluster, folder, signal, step } = turn;
  const topic = pick(turn, ['orders', 'events']);
  const partitions = (await cluster.proxy.partitions(topic, { signal })).map(({ id }) => id);
  const records = newRecords(turn, between(turn, 50, 3_000));
  const bad = records.filter(() => turn.random() < 0.001).length;
  const lines = [
    ...records.map(({ record }) => JSON.stringify(record)),
    ...Array.from({ length: bad }, () => '{"value": '),
  ];
  const name = `file-${step}.jsonl`;
  const file = path.join(folder, name);
  const names = [name];
  await writeFile(file, lines.join('\n') + '\n');
  try {
    const source = {
      name,
      folder: localFolder(folder),
      read: () => createReadStream(file),
    };
    const run = await openFileRun(
      cluster.proxy,
      source,
      { format: 'jsonl' },
      { topic, partitions, onBad: 'setAside', signal, ...BULK },
    );
    if (turn.random() < 0.3) run.producer.pause();
    setTimeout(() => {
      run.producer.resume();
    }, 100);
    const report = await run.run();
    const { files } = report;
    names.push(...Object.values(files));
    const idsIn = async (kept: string | undefined): Promise<string[]> =>
      kept === undefined ? [] : idsOf(await readFile(path.join(folder, kept), 'utf8'));
    const leftNoFile = Object.keys(files).length === 0;
    // It may also be cancelled after the last record was accepted.
    const nothingSent = leftNoFile && report.accepted === 0 && report.end.kind !== 'done';
    const all = records.map(({ id }) => id);
    const fates = {
      unclear: await idsIn(files.unclear),
      failed: nothingSent ? all : await idsIn(files.rest),
    };
    await settle(turn, topic, all, fates, report);
  } finally {
    for (const each of names) await rm(path.join(folder, each), { force: true });
  }
}

/** Copies a range of one topic to another. */
export async function copy(turn: MovingTurn): Promise<void> {
  const { cluster, signal } = turn;
  const before = await cluster.proxy.partitions('copies', { signal });
  const maxRecords = between(turn, 10, 2_000);
  const from = { offset: BigInt(between(turn, 0, 2_000)) };
  const request = { topic: 'history', from, maxRecords };
  const source = await fromTopic(cluster.proxy, request)(signal);
  const kept = new KeptRecords(64 * 1024 * 1024);
  const producer = new BulkProducer<CopyItem>(cluster.proxy, {
    topic: 'copies',
    partitions: before.map(({ id }) => id),
    onBad: 'setAside',
    keep: kept.keep,
    keepUnread: false,
    total: source.total,
    signal,
    ...BULK,
  });
  const read: KafkaRecord[] = [];
  async function* items(): AsyncGenerator<readonly CopyItem[]> {
    for await (const batch of source.batches) {
      read.push(...batch);
      turn.tally.in += batch.length;
      yield batch.map((record) => copyItem(record, { keepPartitions: false, timestamps: false }));
    }
  }
  const report = await producer.run(items);
  if (report.end.kind === 'source') expectFailure(turn, report.end.error);
  const idsIn = (place: 'rest' | 'unclear'): string[] =>
    kept.of(place).map(({ origin }) => idIn(String(origin.value)) ?? '');
  const all = read.map(({ value }) => idIn(String(value)) ?? '');
  const fates = { unclear: idsIn('unclear'), failed: idsIn('rest') };
  await settle(turn, 'copies', all, fates, report);
}

/** Reports what became of each record of a bulk run, which must agree with its counts. */
async function settle(
  turn: MovingTurn,
  topic: string,
  all: readonly string[],
  { unclear, failed }: NotAccepted,
  report: BulkReport<unknown>,
): Promise<void> {
  const { accepted: count, end } = report;
  const { witness, step, tally } = turn;
  const accepted = acceptedOf(all, { unclear, failed }, report);
  await witness.ask('report', { step, topic, accepted, unclear, failed });
  tally.out += count;
  tally.unclear += unclear.length;
  if (end.kind === 'proxy') expectFailure(turn, end.error);
  else if (end.kind === 'unclear') tally.count('failures', 'unclear');
}

/** Exports a range, reads the file again, and compares; a failed export leaves no file. */
export async function exportRange(turn: Turn): Promise<void> {
  const { folder, signal, step } = turn;
  const request = someRange(turn);
  const file = path.join(folder, `export-${step}.jsonl`);
  const given = createHash('sha256');
  async function* batches(): AsyncGenerator<readonly KafkaRecord[]> {
    for await (const batch of readChecked(turn, request)) {
      for (const { key, value, partition } of batch) hashOf(given, { key, value, partition });
      yield batch;
    }
  }
  try {
    const { records } = await exportFile(batches(), file, exportLayout('jsonl', request.topic), {
      signal,
    });
    if (records === 0) return;
    const found = createHash('sha256');
    for await (const batch of importRecords(createReadStream(file), { format: 'jsonl' })) {
      for (const item of batch) {
        must(item.kind === 'record', `the export has a bad line: ${item.line}`);
        hashOf(found, item.record);
      }
    }
    must(given.digest('hex') === found.digest('hex'), 'the export does not hold what was read');
  } finally {
    await rm(file, { force: true });
  }
}

function hashOf(
  hash: ReturnType<typeof createHash>,
  { key, value, partition }: Partial<Pick<KafkaRecord, 'key' | 'value' | 'partition'>>,
): void {
  hash.update(JSON.stringify([key ?? null, value, partition]));
}

function idsOf(text: string): string[] {
  return text.split('\n').flatMap((line) => idIn(line) ?? []);
}
