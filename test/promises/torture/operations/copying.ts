import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openProxy } from '../../../../src/core/dialects/open';
import { openHttp } from '../../../../src/core/http/client';
import type { KafkaProxy } from '../../../../src/core/kafka';
import { type Emulator, startEmulator } from '../../../../src/emulator/server';
import { BulkProducer } from '../../../../src/transfer/bulk/bulkProduce';
import type { BulkReport } from '../../../../src/transfer/bulk/bulkReport';
import {
  type CopyItem,
  copyItem,
  type CopyOptions,
  KeptRecords,
} from '../../../../src/transfer/bulk/copyRecords';
import { fromRest, fromTopic, type OpenSource } from '../../../../src/transfer/bulk/copySource';
import { localFolder } from '../../../../src/transfer/bulk/localFolder';
import { writeKept } from '../../../../src/ui/transfer/runs/keptFiles';
import { type Cell, TIMEOUTS } from '../../faults/cell';
import { type Operation, tell } from '../../faults/operations/operation';

const RECORDS = 60;
/** Its bytes were not text, and a proxy has replaced them. */
const LOSSY = 'lost: \ufffd';

interface Target {
  readonly proxy: KafkaProxy;
  readonly emulator: Emulator;
  readonly topic: string;
  readonly keepPartitions: boolean;
}

function optionsFor({ proxy, keepPartitions }: Target): CopyOptions {
  const can = proxy.capabilities.produce;
  return { keepPartitions, timestamps: can !== false && can.timestamp };
}

interface Copied {
  readonly report: BulkReport<CopyItem>;
  readonly kept: KeptRecords;
  readonly onward: OpenSource | undefined;
}

/** Copies as the command does. */
async function copy(open: OpenSource, target: Target, signal: AbortSignal): Promise<Copied> {
  const { proxy, topic } = target;
  const before = await proxy.partitions(topic, { signal });
  const stop = new AbortController();
  const { batches, total, onward } = await open(stop.signal);
  const kept = new KeptRecords(1024 * 1024);
  const producer = new BulkProducer<CopyItem>(proxy, {
    ...{ topic, partitions: before.map(({ id }) => id), onBad: 'setAside', requests: 2 },
    ...{ retryBudgetMs: TIMEOUTS.patience, pauseMs: 20, graceMs: TIMEOUTS.grace },
    ...{ keep: kept.keep, keepUnread: onward === undefined, total, signal },
  });
  async function* items(): AsyncGenerator<readonly CopyItem[]> {
    for await (const batch of batches) {
      yield batch.map((record) => copyItem(record, optionsFor(target)));
    }
  }
  const report = await producer.run((stopped) => {
    stopped.addEventListener('abort', () => {
      if (onward || producer.progress.read === 0) stop.abort();
    });
    return items();
  });
  return { report, kept, onward };
}

/**
 * Each message is in the target once, or was kept, or is read by whoever goes on; what is left can be
 * copied. A file of what was kept is whole, and there are all of them if that is said.
 */
function copying(
  name: string,
  openTarget: (cell: Cell) => Promise<Target & { readonly close: () => Promise<void> }>,
): Operation {
  return {
    name,
    strikes: 'produce',
    from: 1,
    says: /^Could not [^:]+: .+\. [A-Z].+\.$|^\d+ messages may have been written\.$/,
    run: async (cell) => {
      const { proxy, emulator, topic, signal, folder } = cell;
      const values = Array.from({ length: RECORDS }, (_, n) => `${n}: ${'x'.repeat(50)}`);
      emulator.append(
        topic,
        [LOSSY, ...values].map((value, n) => ({ key: `key-${n % 5}`, value, partition: n % 2 })),
      );
      const target = await openTarget(cell);
      let copied: Copied | undefined;
      let saved = false;
      const told = await tell(cell, 'copy the messages', async () => {
        const open = fromTopic(proxy, { topic, from: { at: 'earliest' } });
        copied = await copy(open, target, signal);
        const { kept, report } = copied;
        if ('error' in report.end) throw report.end.error;
        const given = { kept, topic, options: optionsFor(target) };
        await writeKept(localFolder(folder), given, { title: 'Save', run: () => undefined });
        saved = true;
      });
      const unclear = copied?.kept.of('unclear').map(textOf) ?? [];
      const isUnclear = told.outcome === 'ok' && unclear.length > 0;
      return {
        ...(isUnclear
          ? { outcome: 'unclear', message: `${unclear.length} messages may have been written.` }
          : told),
        verify: async () => {
          try {
            if (copied) {
              await verifyFiles(folder, topic, copied.kept, saved);
              await goOn(copied, target);
            }
            const expected = copied ? values : [];
            verifyLog(target, { expected, unclear });
          } finally {
            await target.close();
          }
        },
      };
    },
  };
}

/** Copies what is left, with nothing that fails. */
async function goOn({ report, kept, onward }: Copied, target: Target): Promise<void> {
  const left = kept.of('rest').map(({ origin }) => origin);
  if (left.length === 0 && !report.unread) return;
  const open = fromRest(left, report.unread ? onward : undefined);
  const { report: next } = await copy(open, target, new AbortController().signal);
  assert.deepEqual([next.end.kind, next.unclear, next.unsent], ['done', 0, 0]);
}

/** What is unclear is there at most once, and everything else exactly once, each partition in order. */
function verifyLog(
  { emulator, topic, keepPartitions }: Target,
  { expected, unclear }: Readonly<Record<'expected' | 'unclear', readonly string[]>>,
): void {
  const found = [0, 1].map((partition) =>
    emulator.stored(topic, partition).map(({ value }) => Buffer.from(value ?? '').toString()),
  );
  const wanted = expected.filter((value) => !unclear.includes(value));
  const certain = found.flat().filter((value) => !unclear.includes(value));
  assert.deepEqual(certain.sort(), [...wanted].sort(), 'what the target holds');
  assert.equal(new Set(found.flat()).size, found.flat().length, 'what is there twice');
  if (!keepPartitions) return;
  // Its first message, which is in partition 0, cannot be copied.
  const numbers = found.map((values) => values.map((value) => Number(value.split(':')[0])));
  for (const [partition, each] of numbers.entries()) {
    assert.ok(each.every((n) => n % 2 !== partition));
  }
}

async function verifyFiles(
  folder: string,
  topic: string,
  kept: KeptRecords,
  saved: boolean,
): Promise<void> {
  const places = [
    ['rest', 'rest'],
    ['unclear', 'unclear'],
    ['setAside', 'set-aside'],
  ] as const;
  const files = await readdir(folder);
  for (const [place, suffix] of places) {
    const name = `${topic}.${suffix}.jsonl`;
    const text = files.includes(name) ? await readFile(join(folder, name), 'utf8') : '';
    // An empty one that cannot be removed does no harm.
    if (text === '' && !saved) continue;
    const lines = text.split('\n').filter(Boolean);
    assert.deepEqual(
      lines.map((line) => (JSON.parse(line) as { value: string }).value),
      kept.of(place).map(textOf),
      name,
    );
  }
}

function textOf({ origin }: CopyItem): string {
  return Buffer.from(origin.value ?? '').toString();
}

/** To a topic of the same cluster; the keys decide where messages go. */
export const copiedBeside = copying('copy to another topic', ({ emulator, proxy, topic }) => {
  const target = `${topic}-copy`;
  emulator.createTopic({ name: target, partitions: 2 });
  const close = (): Promise<void> => Promise.resolve();
  return Promise.resolve({ proxy, emulator, topic: target, keepPartitions: false, close });
});

/** To another cluster, behind another kind of REST proxy; messages keep their partitions. */
export const copiedElsewhere = copying('copy to another cluster', async () => {
  const emulator = await startEmulator({
    face: 'strimzi',
    auth: 'none',
    tls: false,
    samples: false,
  });
  emulator.createTopic({ name: 'copy', partitions: 2 });
  const { endpoint } = emulator.info;
  const http = openHttp({ retries: 2, backoffMs: 20 });
  const proxy = openProxy({ dialect: { kind: 'strimzi' }, endpoint, http });
  const close = async (): Promise<void> => {
    await proxy.dispose();
    await emulator.stop();
  };
  return { proxy, emulator, topic: 'copy', keepPartitions: true, close };
});
