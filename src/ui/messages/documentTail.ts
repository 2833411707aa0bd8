import * as vscode from 'vscode';
import { lineBreaks } from './messageDocuments';
import { Tail } from './tail';

/**
 * Keeps the end of a document that grows in view. Where a person has scrolled up, the status bar
 * says how many messages have come since; a click on it leads to the end.
 */
export class DocumentTail implements vscode.Disposable {
  /** What the editors show, by their columns, because switching tabs makes new editors. */
  readonly #tails = new Map<vscode.ViewColumn | undefined, Tail>();
  readonly #status = vscode.window.createStatusBarItem('kafkaRest.newMessages');
  readonly #subscriptions: vscode.Disposable;

  constructor(private readonly document: vscode.TextDocument) {
    this.#status.name = vscode.l10n.t('New Kafka Messages');
    for (const editor of this.#editors()) this.#tailOf(editor);
    this.#subscriptions = vscode.Disposable.from(
      this.#status,
      vscode.workspace.onDidChangeTextDocument(({ document: { uri }, contentChanges }) => {
        if (uri.toString() !== document.uri.toString()) return;
        // Messages are added at the end only, and removed at the beginning only.
        for (const { text } of contentChanges) this.#grew(lineBreaks(text));
      }),
      vscode.window.onDidChangeTextEditorVisibleRanges(({ textEditor, visibleRanges }) => {
        const last = visibleRanges.at(-1);
        if (!last || textEditor.document !== document) return;
        this.#tailOf(textEditor).saw(document.lineCount - 1 - last.end.line);
        this.#update();
      }),
      vscode.window.onDidChangeVisibleTextEditors(() => {
        this.#reveal();
      }),
      vscode.window.onDidChangeActiveTextEditor(() => {
        this.#update();
      }),
    );
  }

  /** Messages have been added to the document. */
  received(messages: number): void {
    for (const tail of this.#tails.values()) tail.received(messages);
    this.#reveal();
    this.#update();
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }

  #grew(lines: number): void {
    for (const tail of this.#tails.values()) tail.grew(lines);
  }

  #reveal(): void {
    const end = this.document.lineAt(this.document.lineCount - 1).range;
    for (const editor of this.#editors()) {
      if (this.#tailOf(editor).sticks) editor.revealRange(end);
    }
  }

  #editors(): readonly vscode.TextEditor[] {
    return vscode.window.visibleTextEditors.filter(({ document }) => document === this.document);
  }

  #tailOf({ viewColumn }: vscode.TextEditor): Tail {
    const tail = this.#tails.get(viewColumn) ?? new Tail();
    this.#tails.set(viewColumn, tail);
    return tail;
  }

  #update(): void {
    const t = vscode.l10n.t;
    const editor = vscode.window.activeTextEditor;
    const isShown = editor?.document === this.document;
    const missed = isShown ? this.#tailOf(editor).missed : 0;
    if (missed === 0) {
      this.#status.hide();
      return;
    }
    const count = missed.toLocaleString(vscode.env.language);
    const text = missed === 1 ? t('{0} new message', count) : t('{0} new messages', count);
    this.#status.text = `$(arrow-down) ${text}`;
    this.#status.tooltip = t('{0} at the end of this document. Click to go there.', text);
    const end = { lineNumber: this.document.lineCount - 1, at: 'bottom' };
    this.#status.command = { command: 'revealLine', title: text, arguments: [end] };
    this.#status.show();
  }
}
