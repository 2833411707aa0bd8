import * as vscode from 'vscode';
import type { MessageFormat } from '../../core/message/format';
import type { KafkaRecord, Offset } from '../../core/kafka';
import { openDecoder } from '../../core/message/decoded';
import { FirstMessages, LastMessages, MAX_TEXT, type MessageText } from '../../core/message/text';
import { openReader, type ReadAmount, type ReadNotice } from '../../core/read/reader';
import { positionBefore, readOn } from '../../core/read/request';
import type { Connections } from '../clusters/connections';
import { configuredFormat, type MessageDocuments, messageUri, nextPart } from './messageDocuments';
import { notify } from '../dialogs/notify';
import { withProgress } from '../dialogs/progress';
import { describeDecodeProblem } from '../words/decodeProblem';
import { describeNotices } from '../words/readNotices';
import { isCancelled, type Reporter, UserError } from '../words/report';
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

/** Reads messages into read-only documents. */
export class Consumer {
  constructor(
    private readonly connections: Connections,
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
   * place is given. Returns whether the document was read to its end.
   */
  async show(view: View, place?: Place): Promise<boolean> {
    if (place === undefined ? opensInViewer() : place === 'viewer') {
      this.display.show(view);
      return true;
    }
    const { cluster, request, range } = view;
    const format = configuredFormat();
    const outcome = await this.#read(view, format);
    const { messages, position, failure } = outcome;
    if (messages.count > 0) {
      const uri = messageUri(cluster, request.topic, range, format);
      const origin: Origin = { ...view, position };
      const { body, records } = messages;
      const document = { uri, format, origin, body, records };
      await this.documents.show(document, request.newest === undefined ? undefined : 'end');
    }
    this.#tell(request.topic, outcome);
    return failure === undefined;
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
    const outcome = await this.#read({ cluster, request, ...(formats && { formats }) }, format);
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
        await this.documents.show({ uri: nextPart(uri), format, origin, body, records });
      }
    }
    this.#tell(request.topic, outcome);
  }

  async #read(
    { cluster, request, formats }: Omit<View, 'range'>,
    format: MessageFormat,
  ): Promise<ReadOutcome> {
    const proxy = await this.connections.ready(cluster);
    const title = vscode.l10n.t('Consuming from {0}', request.topic);
    const decode = openDecoder(formats, { topic: request.topic });
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
   * Reports what the document does not show: that nothing was found, an early end, records left
   * out.
   */
  #tell(topic: string, { messages, notices, failure }: ReadOutcome): void {
    const t = vscode.l10n.t;
    const count = messageCount(messages.count);
    const sentences = describeNotices(notices);
    if (isCancelled(failure)) sentences.unshift(t('Stopped after {0}.', count));
    else if (failure !== undefined) {
      void this.reporter.failure(t('read further than {0} of {1}', count, topic), failure);
    } else if (messages.count + messages.tooLarge.length === 0)
      sentences.unshift(t('No messages there in {0}.', topic));
    if (sentences.length > 0) void notify('information', sentences.join(' '));
  }
}

function amount({ records, bytes }: ReadAmount): string {
  const megabytes = (bytes / 1024 / 1024).toLocaleString(vscode.env.language, {
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
  });
  return vscode.l10n.t('{0}, {1} MB', messageCount(records), megabytes);
}
