import * as vscode from 'vscode';
import { follow } from '../../core/read/follow';
import type { MessageFormat } from '../../core/message/format';
import type { KafkaRecord, ReadingProxy } from '../../core/kafka';
import { type DecodedRecord, openDecoder } from '../../core/message/decoded';
import { FirstMessages } from '../../core/message/text';
import { recordBytes } from '../../core/message/size';
import { openReader, type Reader } from '../../core/read/reader';
import { positionBefore } from '../../core/read/request';
import type { LargeMessage } from '../../core/message/text';
import { oneLine } from '../../core/text/visible';
import { notify } from '../dialogs/notify';
import {
  configuredFormat,
  lineBreaks,
  type MessageDocuments,
  messageUri,
} from './messageDocuments';
import { describeDecodeProblem } from '../words/decodeProblem';
import { describeNotices } from '../words/readNotices';
import { bytesSetting, numberSetting, opensInViewer } from '../base/settings';
import { messages } from '../words/counts';
import type { View } from '../../core/read/view';
import type { Display } from './view';

/** How long the status bar shows how many messages have arrived. */
const STATUS_MS = 5_000;
/** How many messages are removed from a document at once. */
const CHUNK_SIZE = 500;
const CHUNK_BYTES = 1024 * 1024;

/**
 * Shows messages as they arrive, in documents that grow at the end and are cut at the beginning.
 */
export class Follower {
  constructor(
    private readonly documents: MessageDocuments,
    private readonly display: Display,
  ) {}

  /**
   * Follows a view until the signal aborts or its tab closes: in a document, or in a viewer if the
   * settings say so.
   */
  async follow(proxy: ReadingProxy, view: View, stop: AbortSignal): Promise<void> {
    if (opensInViewer()) await this.display.follow(view, stop);
    else await this.followInDocument(proxy, view, stop);
  }

  /** Follows a view in a document until the signal aborts or its tab closes. */
  async followInDocument(proxy: ReadingProxy, view: View, stop: AbortSignal): Promise<void> {
    const { request, range, cluster, formats } = view;
    const format = configuredFormat();
    const decode = openDecoder(formats, { topic: request.topic });
    const uri = messageUri(cluster, request.topic, range, format);
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
    let told = false;
    try {
      for await (const batch of follow(proxy, request, first, { signal, opened })) {
        untaken = batch;
        const decoded = await decode(batch, signal);
        untaken = [];
        const taken = await grown.append(text, decoded);
        if (!taken) await this.documents.update(text);
        vscode.window.setStatusBarMessage(oneLine(progress(request.topic, grown)), STATUS_MS);
        const tooLarge = grown.tooLarge.splice(0);
        if (tooLarge.length > 0) {
          const sentences = describeNotices([{ kind: 'tooLarge', messages: tooLarge }]);
          void notify('information', sentences.join(' '));
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

/** Splits records into chunks of a limited count and size, so that the editor stays responsive. */
function* chunksOf(records: readonly DecodedRecord[]): Generator<readonly DecodedRecord[], void> {
  let chunk: DecodedRecord[] = [];
  let bytes = 0;
  for (const record of records) {
    const size = recordBytes(record.raw);
    if (chunk.length >= CHUNK_SIZE || (chunk.length > 0 && bytes + size > CHUNK_BYTES)) {
      yield chunk;
      chunk = [];
      bytes = 0;
    }
    chunk.push(record);
    bytes += size;
  }
  if (chunk.length > 0) yield chunk;
}

interface Chunk {
  readonly text: string;
  readonly records: readonly DecodedRecord[];
  /** How many lines the message takes, with its separator. */
  readonly lines: number;
}

/**
 * The text of a document that grows. Each change is an edit, so the whole text is never sent
 * again.
 */
class GrowingText {
  #chunks: Chunk[] = [];
  #size = 0;
  /** Settles when the last edit is done. Each one begins with the text that the last one leaves. */
  #edited: Promise<unknown> = Promise.resolve();
  /** Messages that are left out because no document can hold them. */
  readonly tooLarge: LargeMessage[] = [];
  received = 0;
  dropped = 0;

  constructor(
    private readonly format: MessageFormat,
    private readonly maxMessages: number,
    private readonly maxSize: number,
  ) {}

  get kept(): number {
    return this.received - this.dropped;
  }

  get body(): string {
    return this.#chunks.map(({ text }) => text).join(this.format.separator);
  }

  get records(): readonly DecodedRecord[] {
    return this.#chunks.flatMap(({ records }) => records);
  }

  /**
   * Returns whether VS Code applied the edits. It refuses one if the document changed in the
   * meantime.
   */
  async append(document: vscode.TextDocument, records: readonly DecodedRecord[]): Promise<boolean> {
    let taken = true;
    for (const chunk of chunksOf(records)) {
      const messages = new FirstMessages(this.format, Infinity, describeDecodeProblem);
      messages.add(chunk);
      this.tooLarge.push(...messages.tooLarge);
      if (messages.count > 0) {
        const append = () => this.#appendChunk(document, messages);
        taken = (await this.#inTurn(append)) && taken;
      }
    }
    return taken;
  }

  /** Removes all messages. Returns whether VS Code applied the edit. */
  clear(document: vscode.TextDocument): Promise<boolean> {
    return this.#inTurn(async () => {
      const { begin, end } = this.format;
      const edit = new vscode.WorkspaceEdit();
      const last = document.lineAt(document.lineCount - 1 - lineBreaks(end)).range.end;
      edit.delete(document.uri, new vscode.Range(new vscode.Position(lineBreaks(begin), 0), last));
      this.#chunks = [];
      this.#size = this.received = this.dropped = 0;
      return vscode.workspace.applyEdit(edit);
    });
  }

  #inTurn<T>(edit: () => Promise<T>): Promise<T> {
    const turn = this.#edited.then(edit);
    this.#edited = turn.catch(() => undefined);
    return turn;
  }

  async #appendChunk(
    document: vscode.TextDocument,
    { body: text, records }: FirstMessages,
  ): Promise<boolean> {
    const { begin, separator, end } = this.format;
    const edit = new vscode.WorkspaceEdit();
    const last = document.lineAt(document.lineCount - 1 - lineBreaks(end));
    const isEmpty = this.#chunks.length === 0;
    edit.insert(document.uri, last.range.end, isEmpty ? text : separator + text);
    this.#size += text.length;
    this.#chunks.push({ text, records, lines: lineBreaks(text + separator) });
    this.received += records.length;

    let lines = 0;
    for (;;) {
      const [oldest] = this.#chunks;
      const isOver = this.#size > this.maxSize && this.#chunks.length > 1;
      if (!oldest || (!isOver && oldest.records.length > this.kept - this.maxMessages)) break;
      this.#chunks.shift();
      this.#size -= oldest.text.length;
      this.dropped += oldest.records.length;
      lines += oldest.lines;
    }
    if (lines > 0) {
      const top = lineBreaks(begin);
      edit.delete(document.uri, new vscode.Range(top, 0, top + lines, 0));
    }
    const tails = editorsAtEnd(document);
    const taken = await vscode.workspace.applyEdit(edit);
    const lastLine = document.lineAt(document.lineCount - 1).range;
    for (const editor of tails) editor.revealRange(lastLine);
    return taken;
  }
}

/** Returns the editors that show the end of a document, and so should keep showing it. */
function editorsAtEnd(document: vscode.TextDocument): readonly vscode.TextEditor[] {
  return vscode.window.visibleTextEditors.filter(
    (editor) =>
      editor.document === document &&
      editor.visibleRanges.some(({ end }) => end.line >= document.lineCount - 3),
  );
}
