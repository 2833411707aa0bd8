import * as vscode from 'vscode';
import { joinSentences } from '../../l10n/joinSentences';
import { follow } from '../../core/read/follow';
import type { KafkaRecord, ReadingProxy } from '../../core/kafka';
import type { MessageFormat } from '../../core/message/format';
import { openReader, type Reader } from '../../core/read/reader';
import { positionBefore } from '../../core/read/request';
import { oneLine } from '../../core/text/visible';
import type { Decoders } from '../decoding/decoders';
import { notify } from '../dialogs/notify';
import { DocumentTail } from './documentTail';
import { GrowingText } from './growingText';
import { configuredFormat, type MessageDocuments, messageUri } from './messageDocuments';
import { describeNotices } from '../words/readNotices';
import { bytesSetting, numberSetting, opensInViewer } from '../base/settings';
import { messages } from '../words/counts';
import type { View } from '../../core/read/view';
import type { FollowedDocuments } from './followedDocuments';
import type { Display } from './view';

/** How long the status bar shows how many messages have arrived. */
const STATUS_MS = 5_000;

/** Where a topic is followed, and until when. */
interface Following {
  readonly uri: vscode.Uri;
  readonly format: MessageFormat;
  readonly signal: AbortSignal;
  readonly onReceived: ((count: number) => void) | undefined;
}

/**
 * Shows messages as they arrive, in documents that grow at the end and are cut at the beginning.
 */
export class Follower {
  constructor(
    private readonly decoders: Decoders,
    private readonly documents: MessageDocuments,
    private readonly display: Display,
    private readonly followed: FollowedDocuments,
  ) {}

  /**
   * Follows a view until the signal aborts or its tab closes: in a document, or in a viewer if the
   * settings say so. For a document, `onReceived` is told how many messages have arrived so far.
   */
  async follow(
    proxy: ReadingProxy,
    view: View,
    stop: AbortSignal,
    onReceived?: (count: number) => void,
  ): Promise<void> {
    if (opensInViewer()) await this.display.follow(view, stop);
    else await this.followInDocument(proxy, view, stop, onReceived);
  }

  /**
   * Follows a view in a document until the person stops it or its tab closes. Without `stop`, the
   * signal of whoever shows that it runs and can stop it, the status bar does.
   */
  async followInDocument(
    proxy: ReadingProxy,
    view: View,
    stop?: AbortSignal,
    onReceived?: (count: number) => void,
  ): Promise<void> {
    const format = configuredFormat();
    const { topic } = view.request;
    const uri = messageUri(view.cluster, topic, view.range, format);
    const name = stop ? undefined : vscode.l10n.t('Following {0}', topic);
    await this.followed.run(uri, name, (stopped) =>
      this.#follow(proxy, view, {
        uri,
        format,
        signal: stop ? AbortSignal.any([stop, stopped]) : stopped,
        onReceived,
      }),
    );
  }

  async #follow(
    proxy: ReadingProxy,
    given: View,
    { uri, format, signal: stop, onReceived }: Following,
  ): Promise<void> {
    const view = this.decoders.complete(given);
    const { request } = view;
    const decode = this.decoders.open(view);
    const closed = new AbortController();
    const signal = AbortSignal.any([stop, closed.signal]);
    const first = await openReader(proxy, request, { signal });
    const maxMessages = numberSetting('follow.maxMessages');
    const grown = new GrowingText(format, maxMessages, bytesSetting('consume.maxSize'));
    let reader = first;
    /** Records that were read but are not in the document. */
    let untaken: readonly KafkaRecord[] = [];
    let followed = true;
    const opened = (next: Reader): void => {
      reader = next;
    };
    const document = {
      uri,
      format,
      get origin() {
        return { ...view, position: positionBefore(untaken, reader.position) };
      },
      get body() {
        return grown.body;
      },
      get records() {
        return grown.records;
      },
      get followed() {
        return followed;
      },
      clear: async () => {
        const open = await vscode.workspace.openTextDocument(uri);
        if (!(await grown.clear(open))) await this.documents.update(open);
      },
    };
    const text = await this.documents.openGrowing(document, () => {
      closed.abort();
    });
    const tail = new DocumentTail(text);
    let told = false;
    try {
      for await (const batch of follow(proxy, request, first, { signal, opened })) {
        untaken = batch;
        const decoded = await decode(batch, signal);
        untaken = [];
        const taken = await grown.append(text, decoded);
        if (!taken) await this.documents.update(text);
        tail.received(decoded.length);
        onReceived?.(grown.received);
        vscode.window.setStatusBarMessage(oneLine(progress(request.topic, grown)), STATUS_MS);
        const tooLarge = grown.tooLarge.splice(0);
        if (tooLarge.length > 0) {
          const sentences = describeNotices([{ kind: 'tooLarge', messages: tooLarge }]);
          void notify('information', joinSentences(...sentences));
        }
        if (grown.dropped > 0 && !told) {
          told = true;
          void notify(
            'information',
            vscode.l10n.t(
              'Older messages of {0} are removed from the document: it keeps the newest {1} (kafkaRest.follow.maxMessages), or as many as it can hold (kafkaRest.consume.maxSize).',
              request.topic,
              messages(numberSetting('follow.maxMessages')),
            ),
          );
        }
      }
    } catch (error) {
      if (!closed.signal.aborted) throw error;
    } finally {
      tail.dispose();
      followed = false;
    }
  }
}

function progress(topic: string, { received, kept }: GrowingText): string {
  const t = vscode.l10n.t;
  return received > kept
    ? t('{0}: {1} so far, the newest {2} shown', topic, messages(received), kept)
    : t('{0}: {1} so far', topic, messages(received));
}
