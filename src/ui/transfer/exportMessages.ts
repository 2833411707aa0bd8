import * as vscode from 'vscode';
import type { DecodedRecord } from '../../core/message/decoded';
import type { View } from '../../core/read/view';
import { fileName } from '../../core/text/fileName';
import type { KafkaRecord } from '../../core/kafka';
import { Rate } from '../../core/async/rate';
import { openReader, type ReadAmount, type ReadNotice } from '../../core/read/reader';
import type { Exported } from '../../transfer/export/exportFile';
import { exportLayout, type ExportMembers } from '../../transfer/export/exportFormats';
import { requireBlockTopic } from '../kafkaFiles/blocks';
import type { Connections } from '../clusters/connections';
import { toGivenSelection } from '../messages/givenSelection';
import { askView } from '../messages/selectionPage';
import type { Targets } from '../targets/targets';
import { askExportTarget, type ExportTarget, writeExport } from './exportTarget';
import { activeMessages, type MessageDocuments } from '../messages/messageDocuments';
import { type Action, notify } from '../dialogs/notify';
import { type Progress, withProgress } from '../dialogs/progress';
import { describeNotices } from '../words/readNotices';
import { messages } from '../words/counts';
import type { Viewers } from '../viewer/viewers';

type Batches = AsyncIterable<readonly KafkaRecord[]> | Iterable<readonly KafkaRecord[]>;

/** Messages to export. */
interface Source {
  readonly batches: AsyncIterable<readonly KafkaRecord[]>;
  /** Facts that a person should know about the messages once they were read. */
  readonly notices?: readonly ReadNotice[];
}

/** The parts of a file's name: "orders" and "@latest-100". */
export interface ExportName {
  readonly topic: string;
  readonly range: string;
}

/**
 * Writes messages to files: those that a viewer or a document shows, or a range that is not open.
 */
export class Exporter {
  constructor(
    private readonly connections: Connections,
    private readonly targets: Targets,
    private readonly documents: MessageDocuments,
    private readonly viewers: Viewers,
  ) {}

  /**
   * Exports what the argument of the command names: a document, or messages to read, for which it
   * asks what is not given. Without an argument, exports the active document or viewer, if there
   * is one.
   */
  async export(argument: unknown): Promise<void> {
    const given = toGivenSelection(argument);
    const isGiven = Object.keys(given).length > 0;
    const uri = isGiven ? undefined : activeMessages(argument);
    const document = uri && this.documents.get(uri);
    const viewer = isGiven ? undefined : this.viewers.active;
    if (document) {
      const { origin, records } = document;
      const name = { topic: origin.request.topic, range: origin.range };
      const raw = records.map((record) => record.raw);
      const headers = raw.some((record) => record.headers?.length);
      const has = { ...this.#membersOf(origin.cluster), headers };
      await this.exportTo([raw], name, raw.length, has);
    } else if (viewer) {
      const { cluster, request, range } = viewer.definition;
      const name = { topic: request.topic, range };
      const { session } = viewer;
      const raw = rawBatches(session.shown());
      await this.exportTo(raw, name, session.index.length, this.#membersOf(cluster));
    } else {
      const title = vscode.l10n.t('Export Messages');
      const { connections, targets } = this;
      const view = await askView({ connections, targets }, given, title, (range, topic) =>
        vscode.l10n.t('Export {0} of {1}', range, topic),
      );
      await this.#exportView(view);
    }
  }

  /** Asks for a file and writes batches of at most `total` messages to it. */
  async exportTo(
    batches: Batches,
    name: ExportName,
    total: number,
    has: ExportMembers,
  ): Promise<void> {
    await this.#export(name, has, (_, progress) =>
      Promise.resolve({ batches: watch(batches, total, progress) }),
    );
  }

  /** Returns what the messages of a cluster may have; unknown for a cluster that was removed. */
  #membersOf(cluster: string): ExportMembers {
    if (!this.connections.clusters.get(cluster)) return { headers: true };
    const { read, produce } = this.connections.proxy(cluster).capabilities;
    return { headers: read && read.headers, timestamps: produce && produce.timestamp };
  }

  async #exportView({ cluster, request, range }: View): Promise<void> {
    const proxy = await this.connections.ready(cluster);
    const name = { topic: request.topic, range };
    await this.#export(name, this.#membersOf(cluster), async (signal, progress) => {
      let total = 0;
      const report = reporter(progress);
      const onProgress = ({ records }: ReadAmount): void => {
        report(records, total);
      };
      const reader = await openReader(proxy, request, { signal, onProgress });
      total = Math.min(Number(reader.total), request.maxRecords ?? Infinity);
      return {
        batches: reader,
        get notices() {
          return reader.notices;
        },
      };
    });
  }

  async #export(
    name: ExportName,
    has: ExportMembers,
    open: (signal: AbortSignal, progress: Progress) => Promise<Source>,
  ): Promise<void> {
    const target = await askExportTarget(fileName(name.topic + name.range));
    if (!target) return;
    if (target.format === 'kafka') requireBlockTopic(name.topic);
    const layout = exportLayout(target.format, name.topic, has, target.csv);
    const title = vscode.l10n.t('Exporting from {0}', name.topic);
    const { exported, notices = [] } = await withProgress(title, async (signal, progress) => {
      const source = await open(signal, progress);
      const exported = await writeExport(source.batches, target.uri, layout, signal);
      return { exported, notices: source.notices };
    });
    tell(name.topic, target, exported, describeNotices(notices));
  }
}

function* rawBatches(
  batches: Iterable<readonly DecodedRecord[]>,
): Generator<readonly KafkaRecord[], void, undefined> {
  for (const batch of batches) yield batch.map(({ raw }) => raw);
}

/** Yields batches of at most `total` messages and shows the progress. */
async function* watch(
  batches: Batches,
  total: number,
  progress: Progress,
): AsyncGenerator<readonly KafkaRecord[], void, undefined> {
  const report = reporter(progress);
  let count = 0;
  for await (const batch of batches) {
    yield batch;
    count += batch.length;
    report(count, total);
  }
}

/** Returns a function that shows how many of how many messages have arrived, and how fast. */
function reporter(progress: Progress): (count: number, total: number) => void {
  const rate = new Rate();
  let before = 0;
  let shown = 0;
  return (count, total) => {
    rate.add(count - before);
    before = count;
    const perSecond = rate.perSecond.toLocaleString(vscode.env.language);
    const percent = Math.floor((100 * count) / total);
    progress.report({
      message: vscode.l10n.t('{0}, {1} a second', messages(count), perSecond),
      increment: percent - shown,
    });
    shown = percent;
  };
}

function tell(
  topic: string,
  { uri, format }: ExportTarget,
  { records, leftOut }: Exported,
  notices: readonly string[],
): void {
  const t = vscode.l10n.t;
  const sentences = [
    records > 0
      ? t('Exported {0} to {1}.', messages(records), vscode.workspace.asRelativePath(uri))
      : t('No messages there in {0}, so no file was written.', topic),
    ...(leftOut > 0
      ? [
          t(
            '{0} left out because a .{1} file cannot hold them: their text is not valid Unicode.',
            messages(leftOut),
            format,
          ),
        ]
      : []),
    ...notices,
  ];
  const severity = leftOut > 0 ? 'warning' : 'information';
  void notify(severity, sentences.join(' '), records > 0 ? lookAt(uri) : []);
}

function lookAt(uri: vscode.Uri): readonly Action[] {
  const t = vscode.l10n.t;
  const run = (command: string) => () => vscode.commands.executeCommand(command, uri);
  const open: Action = { title: t('Open File'), run: run('vscode.open') };
  const { uiKind, remoteName } = vscode.env;
  const isLocal = uiKind === vscode.UIKind.Desktop && remoteName === undefined;
  const reveal = vscode.workspace.getWorkspaceFolder(uri)
    ? 'revealInExplorer'
    : isLocal && uri.scheme === 'file' && 'revealFileInOS';
  return reveal ? [open, { title: t('Reveal'), run: run(reveal) }] : [open];
}
