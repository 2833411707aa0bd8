import * as vscode from 'vscode';
import type { DecodedRecord } from '../../core/message/decoded';
import type { DecodeProblem } from '../../core/message/decoders/decoder';
import type { MessageFormat } from '../../core/message/format';
import type { KafkaRecord, Offset } from '../../core/kafka';
import { FirstMessages, LastMessages, MAX_TEXT, type MessageText } from '../../core/message/text';
import { openReader, type ReadAmount, type ReadNotice } from '../../core/read/reader';
import { positionBefore, readOn } from '../../core/read/request';
import type { Connections } from '../clusters/connections';
import type { Decoders, ShownView } from '../decoding/decoders';
import { configuredFormat, type MessageDocuments, messageUri, nextPart } from './messageDocuments';
import { notify } from '../dialogs/notify';
import { showResult } from '../dialogs/result';
import { withProgress } from '../dialogs/progress';
import { describeDecodeProblem } from '../words/decodeProblem';
import { describeNotices, describeOffsets } from '../words/readNotices';
import { describeRequest } from '../words/readRequest';
import { runs, withRemedies } from '../words/remedies';
import { isCancelled, UserError } from '../words/report';
import type { Reporter } from '../words/reporter';
import { capitalise, sentences } from '../words/sentences';
import { bytesSetting, numberSetting, opensInViewer } from '../base/settings';
import { messages as messageCount } from '../words/counts';
import type { View } from '../../core/read/view';
import type { Display, Origin, Place } from './view';

/** The result of a read, whether or not it ran to its end. */
interface ReadOutcome {
  readonly messages: MessageText;
  readonly position: ReadonlyMap<number, Offset>;
  readonly notices: readonly ReadNotice[];
  /** Why it ended early: a failure, or a cancellation by the person. */
  readonly failure?: unknown;
}

/** What a document shows of a read; `failure` is why it ended early, or that it was cancelled. */
export interface ReadResult {
  /** How many messages the document shows; missing if a viewer shows them. */
  readonly count?: number;
  readonly failure?: unknown;
}

/** Reads messages into read-only documents. */
export class Consumer {
  constructor(
    private readonly connections: Connections,
    private readonly decoders: Decoders,
    private readonly documents: MessageDocuments,
    private readonly display: Display,
    private readonly reporter: Reporter,
  ) {}

  /** Opens the records at or after these offsets, for example after producing. */
  async consumeSince(
    cluster: string,
    topic: string,
    offsets: ReadonlyMap<number, Offset>,
  ): Promise<void> {
    await this.show({ cluster, request: { topic, from: { offsets } }, range: '@new' });
  }

  /**
   * Reads and opens the document, or opens a viewer that reads by itself, as the settings say if no
   * place is given. Returns what the document shows. `onProgress` is told how much was read.
   */
  async show(
    view: View,
    place?: Place,
    onProgress?: (read: ReadAmount) => void,
  ): Promise<ReadResult> {
    if (place === undefined ? opensInViewer() : place === 'viewer') {
      this.display.show(view);
      return {};
    }
    const shown = this.decoders.complete(view);
    const { cluster, request, range } = shown;
    const format = configuredFormat();
    const again = () => this.show(view, place, onProgress);
    const outcome = await withRemedies({ cluster, topic: request.topic, again }, () =>
      this.#read(shown, format, onProgress),
    );
    const { messages, position, failure } = outcome;
    const uri = messageUri(cluster, request.topic, range, format);
    if (messages.count > 0) {
      const origin: Origin = { ...shown, position };
      const { body, records } = messages;
      const document = { uri, format, origin, body, records };
      await this.documents.show(document, request.newest === undefined ? undefined : 'end');
    }
    if (failure === undefined && nothingIn(outcome)) tellNothing(view, outcome);
    else {
      const goesOn = messages.count > 0 && request.newest === undefined;
      this.#tell(view, outcome, goesOn ? () => this.consumeMore(uri) : again);
    }
    return { count: messages.count, ...(failure !== undefined && { failure }) };
  }

  /**
   * Continues where the messages of a document end, and appends the new ones. If the document has
   * reached its maximum size, another document continues it.
   */
  async consumeMore(uri: vscode.Uri | undefined): Promise<void> {
    const document = uri && this.documents.get(uri);
    if (!document) return;
    const { cluster, formats, position } = document.origin;
    if (document.followed) {
      throw new UserError(
        vscode.l10n.t(
          '{0} is being followed, and new messages arrive by themselves',
          document.origin.request.topic,
        ),
        vscode.l10n.t('Stop that first'),
      );
    }
    const maxRecords = numberSetting('consume.count');
    const request = { ...readOn(document.origin.request, position), maxRecords };
    const { format, body } = document;
    const again = () => this.consumeMore(uri);
    const outcome = await withRemedies({ cluster, topic: request.topic, again }, () =>
      this.#read(this.decoders.complete({ cluster, request, ...(formats && { formats }) }), format),
    );
    let last = uri;
    if (outcome.messages.count > 0) {
      const origin: Origin = { ...document.origin, position: outcome.position };
      const size = body.length + outcome.messages.body.length;
      if (body.length < bytesSetting('consume.maxSize') && size <= MAX_TEXT) {
        const grown = {
          body: body + format.separator + outcome.messages.body,
          records: [...document.records, ...outcome.messages.records],
        };
        const added = (format.begin + body).split('\n').length;
        await this.documents.show({ ...document, origin, ...grown }, added);
      } else {
        const { body, records } = outcome.messages;
        last = nextPart(uri);
        await this.documents.show({ uri: last, format, origin, body, records });
      }
    }
    if (outcome.failure === undefined && nothingIn(outcome)) {
      showResult(vscode.l10n.t('No newer messages in {0} on {1}.', request.topic, cluster));
    } else this.#tell({ cluster, request }, outcome, () => this.consumeMore(last));
  }

  async #read(
    view: ShownView<Omit<View, 'range'>>,
    format: MessageFormat,
    tell?: (read: ReadAmount) => void,
  ): Promise<ReadOutcome> {
    const { cluster, request } = view;
    const proxy = await this.connections.ready(cluster);
    const title = vscode.l10n.t('Reading {0}', request.topic);
    const decode = this.decoders.open(view);
    return withProgress(title, async (signal, progress) => {
      const maxSize = bytesSetting('consume.maxSize');
      const describe = describeDecodeProblem;
      const { newest } = request;
      const [bounded, messages] =
        newest === undefined
          ? [request, new FirstMessages(format, maxSize, describe)]
          : [
              { ...request, maxBytes: maxSize },
              new LastMessages(format, maxSize, newest, describe),
            ];
      const onProgress = (read: ReadAmount): void => {
        progress.report({ message: amount(read) });
        tell?.(read);
      };
      const reader = await openReader(proxy, bounded, { signal, onProgress, keepsPartial: true });
      let failure: unknown;
      /** Records that were read but are not in the document. */
      let untaken: readonly KafkaRecord[] = [];
      try {
        for await (const batch of reader) {
          untaken = batch;
          // Records that came before a person cancelled are kept, so the signal must not stop them.
          const more = messages.add(await decode(batch, signal.aborted ? undefined : signal));
          untaken = messages.untaken.map(({ raw }) => raw);
          if (!more) break;
        }
      } catch (error) {
        if (messages.count === 0) throw error;
        failure = error;
      }
      const notices: ReadNotice[] = [...reader.notices];
      if (messages.tooLarge.length > 0) {
        notices.push({ kind: 'tooLarge', messages: messages.tooLarge });
      }
      if (messages.limited && !notices.some(({ kind }) => kind === 'stopped'))
        notices.push({ kind: 'stopped', by: 'maxBytes' });
      const position = positionBefore(untaken, reader.position);
      return { messages, position, notices, failure };
    });
  }

  /**
   * Tells what was read in the status bar, and in a notification what the document does not show:
   * an early end, and records left out. `again` reads on after a failure.
   */
  #tell(
    { cluster, request }: Pick<View, 'cluster' | 'request'>,
    outcome: ReadOutcome,
    again: () => unknown,
  ): void {
    const t = vscode.l10n.t;
    const { messages, notices, failure } = outcome;
    const { topic } = request;
    const count = messageCount(messages.count);
    const records = messages.records.map(({ raw }) => raw);
    const isWarning = ({ kind }: ReadNotice) => kind !== 'timed' && kind !== 'empty';
    const read = isCancelled(failure)
      ? t('Stopped after {0} of {1} on {2}', count, topic, cluster)
      : t('Read {0} of {1} on {2}', count, topic, cluster);
    const quiet = describeNotices(notices.filter((notice) => !isWarning(notice)));
    const problems = messages.records.flatMap(problemOf);
    const [problem] = problems;
    const decoded = problem ? t('{0}, {1} of them not decoded', read, problems.length) : read;
    const where = records.length === 0 ? decoded : t('{0}: {1}', decoded, describeOffsets(records));
    const why = problem ? [capitalise(describeDecodeProblem(problem))] : [];
    const isWithoutSchema = problem?.kind === 'no-schema';
    const actions = isWithoutSchema
      ? [runs(t('Set Schema Registry...'), 'setSchemaRegistry', { cluster })]
      : [];
    if (failure === undefined || isCancelled(failure)) {
      showResult(sentences(where, ...why, ...quiet), actions);
    } else {
      const action = t('read further than {0} of {1}', count, topic);
      void this.reporter.failure(action, failure, { cluster, topic, again });
    }
    const warnings = describeNotices(notices.filter(isWarning));
    if (warnings.length > 0) void notify('information', sentences(...warnings));
  }
}

/** Returns why a message is not decoded, if it is not. */
function problemOf({ shown }: DecodedRecord): readonly DecodeProblem[] {
  const problem = shown?.value?.problem ?? shown?.key?.problem;
  return problem ? [problem] : [];
}

function nothingIn({ messages }: ReadOutcome): boolean {
  return messages.count + messages.tooLarge.length === 0;
}

/** Tells that nothing was found, with the range that was read and other ones to read instead. */
function tellNothing({ cluster, request }: View, { notices }: ReadOutcome): void {
  const t = vscode.l10n.t;
  const { topic, partitions = 'all', from } = request;
  const nothing = t('No messages in {0} on {1} ({2})', topic, cluster, describeRequest(request));
  const here = { cluster, topic, partitions, ask: false, in: 'document' };
  const beginning = { ...here, start: 'earliest', count: numberSetting('consume.count') };
  const readsAll = 'at' in from && request.untilTime === undefined;
  void notify('information', sentences(nothing, ...describeNotices(notices)), [
    ...(readsAll ? [] : [runs(t('Open from the Beginning'), 'openMessages', beginning)]),
    runs(t('Follow'), 'followMessages', here),
  ]);
}

function amount({ records, bytes }: ReadAmount): string {
  const megabytes = (bytes / 1024 / 1024).toLocaleString(vscode.env.language, {
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
  });
  return vscode.l10n.t('{0}, {1} MB', messageCount(records), megabytes);
}
