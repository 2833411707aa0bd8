import * as vscode from 'vscode';
import { isPlain } from '../../../core/message/codec';
import { GUESSED } from '../../../core/read/decoderChoices';
import type { Decoders, ShownView } from '../../decoding/decoders';
import type { TopicSchemas } from '../../decoding/topicSchemas';
import { joinSentences } from '../../../l10n/joinSentences';
import { type Content, type DecodedRecord, withContent } from '../../../core/message/decoded';
import type { View } from '../../../core/read/view';
import { fileName } from '../../../core/text/fileName';
import type { KafkaRecord, ReadingProxy } from '../../../core/kafka';
import { openReader, type ReadAmount, type ReadNotice } from '../../../core/read/reader';
import {
  type ExportFormat,
  exportLayout,
  type ExportMembers,
} from '../../../transfer/export/exportFormats';
import { requireBlockTopic } from '../../kafkaFiles/blocks';
import type { Connections } from '../../clusters/connections';
import { type GivenSelection, toGivenSelection } from '../../messages/givenSelection';
import { askView } from '../../messages/selectionPage';
import type { Targets } from '../../targets/targets';
import { askContent } from './askContent';
import { describeExport, describeTopics, type WrittenTopic } from './exportOutcome';
import { amountReporter, topicReporter } from './exportProgress';
import { askExportTarget, writeExport } from './exportTarget';
import { askExportOfTopics } from './exportTopics';
import { type GivenTopics, toGivenTopics } from '../../targets/givenTopics';
import { activeMessages, type MessageDocuments } from '../../messages/messageDocuments';
import { type Progress, withProgress } from '../../dialogs/progress';
import { describeNotices } from '../../words/readNotices';
import { withRemedies } from '../../words/remedies';
import type { Reporter } from '../../words/reporter';
import type { Viewers } from '../../viewer/viewers';

/** How long a registry may take to say whether a topic has schemas. */
const SCHEMAS_MS = 3_000;

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
    private readonly decoders: Decoders,
    private readonly schemas: TopicSchemas,
    private readonly reporter: Reporter,
  ) {}

  /**
   * Exports what the argument of the command names: a document, or messages to read, for which it
   * asks what is not given. Without an argument, exports the active document or viewer, if there
   * is one.
   */
  async export(argument: unknown): Promise<void> {
    const given = toGivenSelection(argument);
    const topics = toGivenTopics(argument);
    if (topics) {
      await this.#exportTopics(topics, given);
      return;
    }
    const isGiven = Object.keys(given).length > 0;
    const uri = isGiven ? undefined : activeMessages(argument);
    const document = uri && this.documents.get(uri);
    const viewer = isGiven ? undefined : this.viewers.active;
    if (document) {
      const { origin, records } = document;
      const name = { topic: origin.request.topic, range: origin.range };
      const headers = records.some(({ raw }) => raw.headers?.length);
      const has = { ...this.#membersOf(origin.cluster), headers };
      const isDecoded = records.some(({ shown }) => shown?.key?.text ?? shown?.value?.text);
      await this.#exportShown([records], name, records.length, { has, isDecoded });
    } else if (viewer) {
      const { cluster, request, range } = viewer.definition;
      const name = { topic: request.topic, range };
      const { session } = viewer;
      const has = this.#membersOf(cluster);
      const { isDecoded } = session;
      await this.#exportShown(session.shown(), name, session.index.length, { has, isDecoded });
    } else {
      const title = vscode.l10n.t('Export Messages');
      const { connections, targets } = this;
      const view = await askView({ connections, targets }, given, {
        title,
        go: (range, topic) => vscode.l10n.t('Export {0} of {1}', range, topic),
      });
      const again = () => this.#exportView(view);
      await withRemedies({ cluster: view.cluster, topic: view.request.topic, again }, again);
    }
  }

  /** Asks for a file, and what to write of messages that are decoded, and writes them. */
  async #exportShown(
    batches: Iterable<readonly DecodedRecord[]>,
    name: ExportName,
    total: number,
    { has, isDecoded }: { readonly has: ExportMembers; readonly isDecoded: boolean },
  ): Promise<void> {
    const ask = isDecoded ? askContent : undefined;
    await this.#export(
      name,
      has,
      (_, progress, content) =>
        Promise.resolve({ batches: watch(written(batches, content), total, progress) }),
      ask,
    );
  }

  /** Returns what the messages of a cluster may have; unknown for a cluster that was removed. */
  #membersOf(cluster: string): ExportMembers {
    if (!this.connections.clusters.get(cluster)) return { headers: true };
    const { read, produce } = this.connections.capabilities(cluster);
    return { headers: read && read.headers, timestamps: produce && produce.timestamp };
  }

  async #exportView(view: View): Promise<void> {
    const proxy = await this.connections.ready(view.cluster);
    const name = { topic: view.request.topic, range: view.range };
    const complete = this.decoders.complete(view);
    const ask = (await this.#isDecoded(complete)) ? askContent : undefined;
    await this.#export(
      name,
      this.#membersOf(view.cluster),
      async (signal, progress, content) => {
        const source = await openView(proxy, view, signal, amountReporter(progress));
        return content === 'raw' ? source : this.#decoded(source, complete, content, signal);
      },
      ask,
    );
  }

  /**
   * Whether a topic is shown decoded: in formats that are chosen, or by its schemas. Messages that are
   * not read yet may be guessed to have other formats, which is not worth a question.
   */
  async #isDecoded({ cluster, request: { topic }, formats }: ShownView): Promise<boolean> {
    const all = [formats.key, formats.value];
    if (all.some((format) => !isPlain(format) && format.kind !== GUESSED.kind)) return true;
    if (all.every(isPlain) || !(await this.schemas.hasRegistry(cluster))) return false;
    const options = { signal: AbortSignal.timeout(SCHEMAS_MS) };
    return (await this.schemas.formatsOf({ cluster, topic }, 'value', options)).length > 0;
  }

  #decoded(source: Source, view: ShownView, content: Content, signal: AbortSignal): Source {
    const decode = this.decoders.open(view);
    const decoded = async function* () {
      for await (const batch of source.batches) {
        yield (await decode(batch, signal)).map((record) => withContent(record, content));
      }
    };
    return {
      batches: decoded(),
      get notices() {
        return source.notices ?? [];
      },
    };
  }

  /** Exports the same range of several topics, each to a file of one folder. */
  async #exportTopics(topics: GivenTopics, given: GivenSelection): Promise<void> {
    const { connections, targets } = this;
    const job = await askExportOfTopics({ connections, targets }, topics, given);
    if (!job) return;
    const { cluster, files, folder, format, csv } = job;
    const proxy = await connections.ready(cluster);
    const has = this.#membersOf(cluster);
    const title = vscode.l10n.t('Exporting from {0}', cluster);
    const written: WrittenTopic[] = [];
    try {
      await withProgress(title, async (signal, progress) => {
        for (const { view, uri } of files) {
          const { topic } = view.request;
          const layout = exportLayout(format, topic, has, csv);
          const source = await openView(proxy, view, signal, topicReporter(progress, topic));
          const exported = await writeExport(source.batches, uri, layout, signal);
          written.push({ topic, exported, notices: describeNotices(source.notices ?? []) });
        }
      });
    } finally {
      if (written.length > 0) {
        const { severity, text, actions } = describeTopics(written, files.length, folder, format);
        void this.reporter.tell(severity, text, actions);
      }
    }
  }

  async #export(
    name: ExportName,
    has: ExportMembers,
    open: (signal: AbortSignal, progress: Progress, content: Content) => Promise<Source>,
    ask: (format: ExportFormat) => Promise<Content | undefined> = () => Promise.resolve('raw'),
  ): Promise<void> {
    const target = await askExportTarget(fileName(name.topic + name.range));
    if (!target) return;
    const content = await ask(target.format);
    if (!content) return;
    if (target.format === 'kafka') requireBlockTopic(name.topic);
    const layout = exportLayout(target.format, name.topic, has, target.csv);
    const title = vscode.l10n.t('Exporting from {0}', name.topic);
    const { exported, notices = [] } = await withProgress(title, async (signal, progress) => {
      const source = await open(signal, progress, content);
      const exported = await writeExport(source.batches, target.uri, layout, signal);
      return { exported, notices: source.notices };
    });
    const { text, severity, actions } = describeExport(name.topic, target, exported);
    const sentences = [text, ...describeNotices(notices)];
    void this.reporter.tell(severity, joinSentences(...sentences), actions);
  }
}

function* written(
  batches: Iterable<readonly DecodedRecord[]>,
  content: Content,
): Generator<readonly KafkaRecord[], void, undefined> {
  for (const batch of batches) yield batch.map((record) => withContent(record, content));
}

/** Yields batches of at most `total` messages and shows the progress. */
async function* watch(
  batches: AsyncIterable<readonly KafkaRecord[]> | Iterable<readonly KafkaRecord[]>,
  total: number,
  progress: Progress,
): AsyncGenerator<readonly KafkaRecord[], void, undefined> {
  const report = amountReporter(progress);
  let count = 0;
  for await (const batch of batches) {
    yield batch;
    count += batch.length;
    report(count, total);
  }
}

/** Opens a read that tells how many of how many messages have arrived. */
async function openView(
  proxy: ReadingProxy,
  { request }: View,
  signal: AbortSignal,
  report: (count: number, total: number) => void,
): Promise<Source> {
  let total = 0;
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
}
