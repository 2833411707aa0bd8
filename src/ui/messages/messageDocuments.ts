import * as vscode from 'vscode';
import { fileName } from '../../core/text/fileName';
import { formats, type MessageFormat } from '../../core/message/format';
import type { KafkaRecord } from '../../core/kafka';
import { type DecodedRecord, legible } from '../../core/message/decoded';
import { oneLine } from '../../core/text/visible';
import { describeDecodeProblem } from '../words/decodeProblem';
import type { Origin } from './view';

export const MESSAGE_SCHEME = 'kafkaRest-messages';

export interface MessageDocument {
  readonly uri: vscode.Uri;
  readonly format: MessageFormat;
  readonly origin: Origin;
  /** The formatted messages, without what surrounds them. */
  readonly body: string;
  /** Those messages. */
  readonly records: readonly DecodedRecord[];
  /** Whether messages are still added as they come. */
  readonly followed?: boolean;
}

/**
 * The read-only documents that messages open in. A content provider's documents cannot be edited.
 * They live as long as a tab shows them.
 */
export class MessageDocuments implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #documents = new Map<string, MessageDocument>();
  /** What VS Code was given to show: it keeps a document for minutes after its tab was closed. */
  readonly #provided = new Map<string, MessageDocument>();
  readonly #closed = new Map<string, () => void>();
  /** Not evicted, although no tab shows them yet. */
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
   * Opens the document, or shows what it has become if it is open. `reveal` is the line to bring
   * into sight, `end` the last one.
   */
  async show(document: MessageDocument, reveal?: number | 'end'): Promise<void> {
    const { uri } = document;
    const key = uri.toString();
    this.#documents.set(key, document);
    this.#opening.add(key);
    try {
      const opened = await vscode.workspace.openTextDocument(uri);
      // Another one may have come in its place by now.
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

  /** Opens two documents side by side, with what differs between them. */
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
   * Opens an empty document that edits are to fill; `closed` is called when its last tab closes, or
   * when another one is opened in its place, which no edits of the former may reach.
   */
  async openGrowing(document: MessageDocument, closed: () => void): Promise<vscode.TextDocument> {
    const key = document.uri.toString();
    this.#closed.get(key)?.();
    this.#closed.set(key, closed);
    await this.show(document);
    return vscode.workspace.openTextDocument(document.uri);
  }

  /** Has VS Code show what a document has become, if it is open, and waits until it does. */
  async update(opened: vscode.TextDocument): Promise<void> {
    const { uri } = opened;
    // Of a change that is none, VS Code says nothing.
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
 * The message that a line belongs to in a document as the editor shows it now; `undefined` where there
 * is none, and while the editor has not caught up with what has become of the document.
 */
export function messageAt(
  { format, records }: MessageDocument,
  editor: vscode.TextDocument,
  line: number,
): KafkaRecord | undefined {
  let first = lineBreaks(format.begin);
  for (const record of records) {
    const text = format.records([legible(record, describeDecodeProblem)]);
    const next = first + lineBreaks(text + format.separator);
    if (line < first) return undefined;
    if (line < next) {
      const shown = editor.getText(new vscode.Range(first, 0, next, 0));
      return withLf(shown).startsWith(withLf(text)) ? record.raw : undefined;
    }
    first = next;
  }
  return undefined;
}

/** Line breaks as a document counts them. */
export function lineBreaks(text: string): number {
  return text.match(/\r\n|\r|\n/g)?.length ?? 0;
}

/** A text as VS Code compares it. */
function withLf(text: string): string {
  return text.replace(/\r\n?/g, '\n');
}

/**
 * The address of a document: cluster, topic and range by name, as its tab and *Save As* show it; the
 * ending picks the language.
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

/** The address of the document that follows one that is full: "orders@first-100-part2.json". */
export function nextPart(uri: vscode.Uri): vscode.Uri {
  const [, stem = '', part = '1', extension = ''] =
    /^(.*?)(?:-part(\d+))?(\.\w+)$/.exec(uri.path) ?? [];
  return uri.with({ path: `${stem}-part${Number(part) + 1}${extension}` });
}

/** The format that the setting asks for. */
export function configuredFormat(): MessageFormat {
  const name = vscode.workspace.getConfiguration('kafkaRest').get<string>('consume.format');
  return formats[name === 'jsonl' || name === 'text' ? name : 'json'];
}

/** The document that a command was called on, else the active one, if it holds messages. */
export function activeMessages(argument: unknown): vscode.Uri | undefined {
  const uri =
    argument instanceof vscode.Uri ? argument : vscode.window.activeTextEditor?.document.uri;
  return uri?.scheme === MESSAGE_SCHEME ? uri : undefined;
}
