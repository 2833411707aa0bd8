import * as vscode from 'vscode';
import { fileName } from '../../core/text/fileName';
import { formats, type MessageFormat } from '../../core/message/format';
import { type DecodedRecord, legible } from '../../core/message/decoded';
import { oneLine } from '../../core/text/visible';
import { describeDecodeProblem } from '../words/decodeProblem';
import { UserError } from '../words/report';
import type { Origin } from './view';

export const MESSAGE_SCHEME = 'kafkaRest-messages';

export interface MessageDocument {
  readonly uri: vscode.Uri;
  readonly format: MessageFormat;
  readonly origin: Origin;
  /** The formatted messages, without the text around them. */
  readonly body: string;
  /** The messages in `body`. */
  readonly records: readonly DecodedRecord[];
  /** Whether messages are still added as they arrive. */
  readonly followed?: boolean;
  /** Removes all messages. Missing: the document does not grow. */
  readonly clear?: () => Promise<void>;
}

/**
 * The read-only documents in which messages open. The documents of a content provider cannot be
 * edited. They exist as long as a tab shows them.
 */
export class MessageDocuments implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #documents = new Map<string, MessageDocument>();
  /** The documents that VS Code was given. It keeps one for minutes after its tab was closed. */
  readonly #provided = new Map<string, MessageDocument>();
  readonly #closed = new Map<string, () => void>();
  /** Documents that must not be evicted although no tab shows them yet. */
  readonly #opening = new Set<string>();
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly #subscriptions: vscode.Disposable;

  readonly onDidChange = this.#changed.event;

  constructor() {
    this.#subscriptions = vscode.Disposable.from(
      this.#changed,
      vscode.workspace.registerTextDocumentContentProvider(MESSAGE_SCHEME, this),
      vscode.window.tabGroups.onDidChangeTabs(({ closed }) => {
        if (closed.length > 0) this.#evict();
      }),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => {
        this.#provided.delete(uri.toString());
      }),
    );
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    const document = this.#documents.get(uri.toString());
    if (document) {
      this.#provided.set(uri.toString(), document);
      return document.format.begin + document.body + document.format.end;
    }
    return `${JSON.stringify(
      vscode.l10n.t(
        'VS Code does not keep messages when the window closes. Consume them again to see them.',
      ),
    )}\n`;
  }

  get(uri: vscode.Uri): MessageDocument | undefined {
    return this.#documents.get(uri.toString());
  }

  /**
   * Opens the document, or shows its new text if it is already open. `reveal` is the line to
   * scroll to; `end` means the last one.
   */
  async show(document: MessageDocument, reveal?: number | 'end'): Promise<void> {
    const { uri } = document;
    const key = uri.toString();
    this.#documents.set(key, document);
    this.#opening.add(key);
    try {
      const opened = await vscode.workspace.openTextDocument(uri);
      // Another document may have replaced it by now.
      const { body } = this.#documents.get(key) ?? document;
      if (this.#provided.get(key)?.body !== body) await this.update(opened);
      const editor = await vscode.window.showTextDocument(opened, { preview: false });
      if (reveal === undefined) return;
      const line = reveal === 'end' ? opened.lineCount - 1 : reveal;
      const position = new vscode.Position(line, 0);
      editor.selection = new vscode.Selection(position, position);
      editor.revealRange(new vscode.Range(position, position));
    } finally {
      this.#opening.delete(key);
    }
  }

  /** Opens two documents side by side as a comparison. */
  async compare(left: MessageDocument, right: MessageDocument, title: string): Promise<void> {
    const documents = [left, right];
    for (const document of documents) {
      this.#documents.set(document.uri.toString(), document);
      this.#opening.add(document.uri.toString());
    }
    try {
      const options = { preview: false };
      const { uri } = left;
      const plain = oneLine(title);
      await vscode.commands.executeCommand('vscode.diff', uri, right.uri, plain, options);
    } finally {
      for (const { uri } of documents) this.#opening.delete(uri.toString());
    }
  }

  /**
   * Opens an empty document for edits to fill. `closed` is called when its last tab closes, or
   * when another document replaces it, because edits of the first must not reach the second.
   */
  async openGrowing(document: MessageDocument, closed: () => void): Promise<vscode.TextDocument> {
    const key = document.uri.toString();
    this.#closed.get(key)?.();
    this.#closed.set(key, closed);
    await this.show(document);
    return vscode.workspace.openTextDocument(document.uri);
  }

  /** Removes the messages of a followed document. Throws a `UserError` for any other one. */
  async clear(uri: vscode.Uri): Promise<void> {
    const document = this.get(uri);
    if (document?.clear) return document.clear();
    throw new UserError(
      vscode.l10n.t('this document does not follow a topic'),
      vscode.l10n.t('Close it instead'),
    );
  }

  /** Makes VS Code show the new text of a document if it is open, and waits until it does. */
  async update(opened: vscode.TextDocument): Promise<void> {
    const { uri } = opened;
    // VS Code reports no change if the text stays the same.
    if (withLf(opened.getText()) === withLf(this.provideTextDocumentContent(uri))) return;
    const isIt = (document: vscode.TextDocument): boolean =>
      document.uri.toString() === uri.toString();
    const { onDidChangeTextDocument, onDidCloseTextDocument } = vscode.workspace;
    let listeners: vscode.Disposable | undefined;
    await new Promise<void>((resolve) => {
      listeners = vscode.Disposable.from(
        onDidChangeTextDocument(({ document }) => {
          if (isIt(document)) resolve();
        }),
        onDidCloseTextDocument((document) => {
          if (isIt(document)) resolve();
        }),
      );
      if (opened.isClosed) resolve();
      else this.#changed.fire(uri);
    });
    listeners?.dispose();
  }

  #evict(): void {
    const shown = new Set(
      vscode.window.tabGroups.all
        .flatMap(({ tabs }) => tabs)
        .flatMap(({ input }) => {
          if (input instanceof vscode.TabInputText) return [input.uri];
          if (input instanceof vscode.TabInputTextDiff) return [input.original, input.modified];
          return [];
        })
        .map(String),
    );
    for (const key of this.#documents.keys()) {
      if (shown.has(key) || this.#opening.has(key)) continue;
      this.#documents.delete(key);
      this.#closed.get(key)?.();
      this.#closed.delete(key);
    }
  }

  dispose(): void {
    this.#subscriptions.dispose();
    this.#documents.clear();
  }
}

/**
 * Returns the message at a line of a document as the editor shows it. Returns `undefined` if there
 * is none, or while the editor does not show the latest text yet.
 */
export function messageAt(
  { format, records }: MessageDocument,
  editor: vscode.TextDocument,
  line: number,
): DecodedRecord | undefined {
  let first = lineBreaks(format.begin);
  for (const record of records) {
    const text = format.records([legible(record, describeDecodeProblem)]);
    const next = first + lineBreaks(text + format.separator);
    if (line < first) return undefined;
    if (line < next) {
      const shown = editor.getText(new vscode.Range(first, 0, next, 0));
      return withLf(shown).startsWith(withLf(text)) ? record : undefined;
    }
    first = next;
  }
  return undefined;
}

/** Returns the number of line breaks, as a document counts them. */
export function lineBreaks(text: string): number {
  return text.match(/\r\n|\r|\n/g)?.length ?? 0;
}

/** Returns a text with the line breaks that VS Code uses to compare. */
function withLf(text: string): string {
  return text.replace(/\r\n?/g, '\n');
}

/**
 * Returns the URI of a document. It names cluster, topic and range, which its tab and *Save As*
 * show; the file extension selects the language.
 */
export function messageUri(
  cluster: string,
  topic: string,
  range: string,
  { extension }: MessageFormat,
): vscode.Uri {
  const path = `/${fileName(cluster)}/${fileName(topic)}/${fileName(topic + range)}.${extension}`;
  return vscode.Uri.from({ scheme: MESSAGE_SCHEME, path });
}

/** Returns the URI of the document that continues a full one: "orders@first-100-part2.json". */
export function nextPart(uri: vscode.Uri): vscode.Uri {
  const [, stem = '', part = '1', extension = ''] =
    /^(.*?)(?:-part(\d+))?(\.\w+)$/.exec(uri.path) ?? [];
  return uri.with({ path: `${stem}-part${Number(part) + 1}${extension}` });
}

/** Returns the format that the setting selects. */
export function configuredFormat(): MessageFormat {
  const name = vscode.workspace.getConfiguration('kafkaRest').get<string>('consume.format');
  return formats[name === 'jsonl' || name === 'text' ? name : 'json'];
}

/**
 * Returns the document that a command was called on, or else the active one, if it holds messages.
 */
export function activeMessages(argument: unknown): vscode.Uri | undefined {
  const uri =
    argument instanceof vscode.Uri ? argument : vscode.window.activeTextEditor?.document.uri;
  return uri?.scheme === MESSAGE_SCHEME ? uri : undefined;
}
