import type { KafkaRecord, NewRecord } from '../../../../src/core/kafka';
import { BulkProducer } from '../../../../src/transfer/bulk/bulkProduce';
import type { BulkReport } from '../../../../src/transfer/bulk/bulkReport';
import { type CopyItem, copyItem, KeptRecords } from '../../../../src/transfer/bulk/copyRecords';
import {
  type CopySource,
  fromRest,
  fromTopic,
  type OpenSource,
} from '../../../../src/transfer/bulk/copySource';
import { nextRun } from '../../../../src/transfer/bulk/nextRun';
import { changed } from '../../../support/emulatedProxy';
import { must } from '../../must';
import { between, pick } from '../../../support/faults/random';
import { acceptedOf } from '../../soak/ledger';
import { smaller } from './file';
import { checkOrder } from './order';
import { type Stretch, stretchOf } from './readCheck';
import { expected, idOf, insist, perhapsCancelled, placesIn, type Scene } from './scene';

/** As many as others may give a topic, so that none is missing where partitions are kept. */
const MAX_PARTITIONS = 6;
const MAX_KEPT_BYTES = 64 * 1024 * 1024;

/** Copies a topic to another one, and what is left of it, as a person would. */
export async function copyTopic(scene: Scene, from: string): Promise<void> {
  const { cluster, ledger } = scene;
  const step = scene.number();
  const topic = `copy${step}`;
  const keepPartitions = scene.random() < 0.4;
  cluster.create(topic, keepPartitions ? MAX_PARTITIONS : between(scene, 1, 4));
  const what = `copy ${step}`;
  const onBad = pick(scene, ['stop', 'setAside'] as const);
  const seen: KafkaRecord[] = [];
  const outOfOrder = new Set<string>();
  const skipped: Stretch[] = [];
  let open = fromTopic(smallPages(scene), { topic: from, from: { at: 'earliest' } });
  let range: CopySource | undefined;
  for (let round = 1; ; round++) {
    const named = `${what}, round ${round}`;
    const { report, kept, source, read } = await copyRound(scene, {
      topic,
      open,
      onBad,
      keepPartitions,
      what: named,
    });
    range ??= source;
    const ids = read.map(idOf);
    seen.push(...read.filter((record) => !seen.includes(record)));
    const idsIn = (place: 'rest' | 'unclear') => kept.of(place).map(({ origin }) => idOf(origin));
    const [unclear, failed] = [idsIn('unclear'), idsIn('rest')];
    const accepted = acceptedOf(ids, { unclear, failed }, report);
    ledger.report({ step, topic, accepted, unclear, failed });
    for (const id of unclear) outOfOrder.add(id);
    if (report.refused > 0) for (const id of failed) outOfOrder.add(id);
    skipped.push(...source.notices().flatMap((notice) => stretchOf(notice) ?? []));
    const next = nextRun(report, onBad, source.onward !== undefined);
    if (report.end.kind === 'done') checkWhole(scene, from, { range, seen, skipped });
    if (next !== 'rest' || round === 6) break;
    const rest = kept.of('rest').map(({ origin }) => origin);
    open = fromRest(rest, report.unread ? source.onward : undefined);
    await scene.time.wait(between(scene, 0, 5_000));
  }
  const places = placesIn(scene, topic);
  for (const origin of keepPartitions ? seen : []) {
    for (const { partition } of places.get(idOf(origin)) ?? []) {
      const id = idOf(origin);
      must(
        partition === origin.partition,
        `${what}: ${id} of ${origin.partition} is in ${partition}`,
      );
    }
  }
  const inOrder = seen
    .map((origin) => ({ id: idOf(origin), record: keyed(origin, keepPartitions) }))
    .filter(({ id }) => !outOfOrder.has(id));
  for (let partition = 0; partition < cluster.partitions(from); partition++) {
    const ofOne = new Set(seen.filter((each) => each.partition === partition).map(idOf));
    checkOrder(
      scene,
      topic,
      inOrder.filter(({ id }) => ofOne.has(id)),
    );
  }
}

interface CopyRound {
  readonly topic: string;
  readonly open: OpenSource;
  readonly onBad: 'stop' | 'setAside';
  readonly keepPartitions: boolean;
  readonly what: string;
}

/** Runs a copy as the command does, and returns also what was read for it. */
async function copyRound(scene: Scene, { topic, open, onBad, keepPartitions, what }: CopyRound) {
  const partitions = await insist(scene, what, () => scene.proxy.partitions(topic));
  const stop = new AbortController();
  const source = await insist(scene, what, () => open(stop.signal));
  const { signal } = perhapsCancelled(scene, 0.3, what);
  const kept = new KeptRecords(MAX_KEPT_BYTES);
  const producer = new BulkProducer<CopyItem>(smaller(scene), {
    topic,
    partitions: partitions.map(({ id }) => id),
    onBad,
    keep: kept.keep,
    keepUnread: source.onward === undefined,
    total: source.total,
    signal,
    requests: between(scene, 1, 4),
  });
  const read: KafkaRecord[] = [];
  async function* items(): AsyncGenerator<readonly CopyItem[]> {
    for await (const batch of source.batches) {
      read.push(...batch);
      yield batch.map((record) => copyItem(record, { keepPartitions, timestamps: false }));
    }
  }
  const report: BulkReport<CopyItem> = await producer.run((stopped) => {
    stopped.addEventListener('abort', () => {
      if (source.onward || producer.progress.read === 0) stop.abort();
    });
    return items();
  });
  const { end, accepted, unclear, refused, unsent } = report;
  scene.trace(
    `${what}: ${end.kind}, ${accepted} accepted, ${unclear} unclear, ${refused} refused, ${unsent} unsent`,
  );
  if (end.kind === 'source') expected(scene, what, end.error);
  return { report, kept, source, read };
}

/** The same proxy with smaller pages, so that a copy can stop before it has read everything. */
function smallPages(scene: Scene): Scene['proxy'] {
  const { proxy } = scene;
  const pageBytes = pick(scene, [200, 2_000, 2 * 1024 * 1024]);
  const size = { pageBytes, maxPageBytes: pageBytes };
  return changed(proxy, { read: (range, flow) => proxy.read(range, { ...flow, ...size }) });
}

/** Checks that a copy that is done has read all that it was to read. */
function checkWhole(
  { cluster }: Scene,
  from: string,
  {
    range,
    seen,
    skipped,
  }: {
    readonly range: CopySource;
    readonly seen: readonly KafkaRecord[];
    readonly skipped: readonly Stretch[];
  },
): void {
  for (const { partition, until } of range.positions()) {
    const offsets = new Set(
      seen.filter((each) => each.partition === partition).map(({ offset }) => offset),
    );
    const first = [...offsets].reduce((a, b) => (a < b ? a : b), until);
    const isSkipped = (offset: bigint): boolean =>
      skipped.some(
        (each) => each.partition === partition && each.from <= offset && offset < each.to,
      );
    for (const { offset } of cluster.written(from, partition)) {
      if (offset < first || offset >= until || isSkipped(offset)) continue;
      if (cluster.isGap(from, partition, offset)) continue;
      must(offsets.has(offset), `the copy lacks offset ${offset} of ${from}/${partition}`);
    }
  }
}

/** Returns what keeps the order of a copied record: its partition if that is kept, or its key. */
function keyed({ key, partition }: KafkaRecord, keepPartitions: boolean): NewRecord {
  if (keepPartitions) return { partition, value: null };
  const text = Buffer.from(key ?? '').toString();
  return { key: text === '' ? null : text, value: null };
}
