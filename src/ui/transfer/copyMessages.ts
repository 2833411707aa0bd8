import * as vscode from 'vscode';
import { listed } from '../../l10n/listed';
import type { KafkaProxy, Partition } from '../../core/kafka';
import { BulkProducer } from '../../transfer/bulk/bulkProduce';
import { type CopyItem, copyItem, KeptRecords } from '../../transfer/bulk/copyRecords';
import {
  type CopySource,
  fromRest,
  fromTopic,
  type OpenSource,
} from '../../transfer/bulk/copySource';
import { nextRun } from '../../transfer/bulk/nextRun';
import { localFolder } from '../../transfer/bulk/localFolder';
import { describeWritten, isComplete } from './runs/bulkOutcome';
import { type CopyIds, openCopyIds, type SchemaIds } from './copyIds';
import { type Kept, writeKept } from './runs/keptFiles';
import { describeIdProblem } from './idProblemWords';
import { askCopyOfTopics, targetOf } from './copyTopics';
import type { GivenTopics } from '../targets/givenTopics';
import type { LinkedOutcome } from './runs/reportText';
import { type BulkServices, tellOutcome } from './runs/bulkServices';
import { type CopyOptions, refuseSameTopic } from './copyPage';
import { askCopy, type GivenCopy } from './copyWizard';
import { toView } from '../messages/selection';
import type { TopicTarget } from '../targets/targets';
import { describeReason } from './layout/importProblem';
import { messagesLink } from './runs/links';
import type { Action } from '../dialogs/notify';
import { describeNotices } from '../words/readNotices';
import { bulkSettings } from '../base/settings';
import { virtualFolder } from './layout/sourceFile';
import { messages } from '../words/counts';
import { withRemedies } from '../words/remedies';
import type { Reporter } from '../words/reporter';

/** How many bytes of uncopied records stay in memory until they are saved or sent again. */
const MAX_KEPT_BYTES = 64 * 1024 * 1024;

/** Asks for what is not given, and copies messages to other topics, also of another cluster. */
export async function copyMessages(services: BulkServices, given: GivenCopy): Promise<void> {
  if (given.topics) return copyTopics(services, given.topics, given);
  const { connections, targets } = services;
  const draft = await askCopy(services, given);
  refuseSameTopic(connections, draft);
  const { request } = toView(draft);
  const proxy = await connections.ready(draft.cluster);
  await targets.used(draft.to);
  await targets.used(draft);
  const again = () => copyAndTell(services, { ...draft, open: fromTopic(proxy, request) });
  await withRemedies({ ...draft.to, again }, again);
}

/** Copies topics one after the other. Tells of those with trouble, and at the end of all others. */
async function copyTopics(
  services: BulkServices,
  topics: GivenTopics,
  given: GivenCopy,
): Promise<void> {
  const t = vscode.l10n.t;
  const { connections, reporter } = services;
  const draft = await askCopyOfTopics(services, topics, given);
  const { cluster, toCluster, keepPartitions, onBad, schemaIds } = draft;
  const proxy = await connections.ready(cluster);
  const count = draft.topics.length;
  const what = t('Copy messages of {0} topics of {1} to {2}', count, cluster, toCluster);
  const openIds = await idsOf(services, schemaIds, cluster, toCluster);
  const target = await connections.toWrite(toCluster, what);
  let good = 0;
  let sent = 0;
  for (const topic of draft.topics) {
    const open = fromTopic(proxy, toView({ ...draft, topic }).request);
    const to = targetOf(draft, topic);
    const job = { cluster, topic, to, keepPartitions, onBad, schemaIds, open };
    const copied = await copy(services, target, job, openIds?.(topic, to));
    const { report } = copied.outcome;
    sent += report.accepted;
    if (isComplete(report)) good += 1;
    else tellOutcome(services, copied.outcome, copied.before, copied.next);
    if (report.end.kind === 'cancelled') break;
  }
  if (good === 0) return;
  const text = t('Copied {0} of {1} topics to {2}.', messages(sent), good, toCluster);
  await reporter.tell('information', text, []);
}

/** Messages of a topic, and where they go. */
interface Copy extends TopicTarget, CopyOptions {
  readonly open: OpenSource;
  readonly to: TopicTarget;
}

/** Copies messages once the person agrees to it on a protected cluster, and tells the outcome. */
async function copyAndTell(services: BulkServices, job: Copy): Promise<void> {
  const { cluster, topic, to, schemaIds } = job;
  const ids = await idsOf(services, schemaIds, cluster, to.cluster);
  const what = vscode.l10n.t('Copy messages of {0} to {1} on {2}', topic, to.topic, to.cluster);
  const proxy = await services.connections.toWrite(to.cluster, what);
  const { outcome, before, next } = await copy(services, proxy, job, ids?.(topic, to));
  tellOutcome(services, outcome, before, next);
}

/** Opens what exchanges ids of schemas, if that is asked for. */
async function idsOf(services: BulkServices, schemaIds: SchemaIds, from: string, to: string) {
  return schemaIds === 'exchange' ? openCopyIds(services, from, to) : undefined;
}

/** A copy that has ended, and what a person can do next. */
interface Copied {
  readonly outcome: LinkedOutcome<CopyItem>;
  /** The partitions of the target as they were before. */
  readonly before: readonly Partition[];
  readonly next: readonly Action[];
}

async function copy(
  services: BulkServices,
  proxy: KafkaProxy,
  job: Copy,
  ids: CopyIds | undefined,
): Promise<Copied> {
  const t = vscode.l10n.t;
  const { cluster: from, topic: name } = job;
  const { cluster, topic } = job.to;
  const options = copyOptions(proxy, job);
  const kept = new KeptRecords(MAX_KEPT_BYTES);
  const run = {
    title: t('Copying {0} to {1} on {2}', name, topic, cluster),
    label: t('{0} to {1}', name, topic),
  };
  const { report, before, source } = await services.runs.show(run, async (signal) => {
    const before = await proxy.partitions(topic, { signal });
    const stop = new AbortController();
    const abort = (): void => {
      stop.abort(signal.reason);
    };
    signal.addEventListener('abort', abort);
    const opened = { cluster: from, topic: name };
    const source = await withRemedies(opened, () => job.open(stop.signal));
    signal.removeEventListener('abort', abort);
    const producer = new BulkProducer<CopyItem>(proxy, {
      topic,
      partitions: before.map(({ id }) => id),
      onBad: job.onBad,
      encode: ids?.encode,
      keep: kept.keep,
      keepUnread: source.onward === undefined,
      total: source.total,
      signal,
      ...bulkSettings(),
    });
    const run = async () => {
      const report = await producer.run((stopped) => {
        // If the unread rest cannot be opened again later, the read goes on so that the rest can be
        // kept.
        stopped.addEventListener('abort', () => {
          if (source.onward || producer.progress.read === 0) abort();
        });
        return items(source, options);
      });
      return { report, before, source };
    };
    return { producer, total: source.total, run };
  });

  const where = describeWritten(report.written);
  const count = messages(report.accepted);
  const outcome: LinkedOutcome<CopyItem> = {
    source: name,
    headline:
      where === undefined
        ? t('Copied {0} of {1} to {2} on {3}.', count, name, topic, cluster)
        : t('Copied {0} of {1} to {2} on {3}: {4}.', count, name, topic, cluster, where),
    cluster,
    topic,
    report,
    files: {},
    place: placeOf,
    link: ({ origin: { partition, offset } }) =>
      messagesLink(from, name, { partition, first: offset, last: offset }),
    describe: ({ item, reason }) =>
      `${placeOf(item)}: ${item.kind === 'bad' ? whyBad(item, from, cluster) : describeReason(reason)}`,
    notices: [...(ids?.notices() ?? []), ...describeNotices(source.notices())],
    details: [...(ids?.details() ?? []), ...(report.unread ? describePositions(source) : [])],
  };
  const rest = kept.of('rest').map(({ origin }) => origin);
  const next = nextRun(report, job.onBad, source.onward !== undefined);
  const goOn: Action = {
    title: next === 'setAside' ? t('Set Aside and Go On') : t('Copy the Rest'),
    run: () =>
      copyAndTell(services, {
        ...job,
        ...(next === 'setAside' && { onBad: next }),
        open: fromRest(rest, report.unread ? source.onward : undefined),
      }),
  };
  const save: Action = {
    title: t('Save What Was Not Copied...'),
    run: () => saveKept(services.reporter, { kept, topic: name, options }, save),
  };
  const isKept = rest.length + kept.of('setAside').length + kept.of('unclear').length > 0;
  return {
    outcome,
    before,
    next: [...(next === undefined ? [] : [goOn]), ...(isKept ? [save] : [])],
  };
}

type Options = Parameters<typeof copyItem>[1];

function copyOptions(
  proxy: KafkaProxy,
  { keepPartitions }: Pick<CopyOptions, 'keepPartitions'>,
): Options {
  const can = proxy.capabilities.produce;
  return { keepPartitions, timestamps: can !== false && can.timestamp };
}

async function* items(
  { batches }: CopySource,
  options: Options,
): AsyncGenerator<readonly CopyItem[], void, undefined> {
  for await (const batch of batches) yield batch.map((record) => copyItem(record, options));
}

function whyBad(
  { problem }: Extract<CopyItem, { readonly kind: 'bad' }>,
  from: string,
  to: string,
): string {
  return problem
    ? describeIdProblem(problem, from, to)
    : vscode.l10n.t('it holds U+FFFD, which stands for bytes that were not UTF-8');
}

function placeOf({ origin }: CopyItem): string {
  return vscode.l10n.t('partition {0}, offset {1}', origin.partition, String(origin.offset));
}

/** Says where the records begin that were not read. */
function describePositions({ positions }: CopySource): readonly string[] {
  return positions()
    .filter(({ position, until }) => position < until)
    .map(({ partition, position, until }) =>
      vscode.l10n.t(
        'Partition {0} was not read from offset {1} to {2}.',
        partition,
        String(position),
        String(until - 1n),
      ),
    );
}

/** Asks for a folder and writes the messages that were not copied to files in it. */
async function saveKept(reporter: Reporter, kept: Kept, again: Action): Promise<void> {
  const t = vscode.l10n.t;
  const [uri] =
    (await vscode.window.showOpenDialog({
      title: t('Save What Was Not Copied'),
      openLabel: t('Save Here'),
      canSelectFiles: false,
      canSelectFolders: true,
    })) ?? [];
  if (!uri) {
    // Only the button that the person has pressed leads to these messages.
    await reporter.tell('warning', t('What was not copied of {0} is not saved.', kept.topic), [
      again,
    ]);
    return;
  }
  const folder = uri.scheme === 'file' ? localFolder(uri.fsPath) : virtualFolder(uri);
  const names = await writeKept(folder, kept, again);
  await reporter.tell('information', t('Saved {0}.', listed(names)), []);
}
