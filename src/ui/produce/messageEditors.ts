import * as vscode from 'vscode';
import { oneLine } from '../../core/text/visible';

/** The topic that the message of an editor is for. */
interface MessageTarget {
  readonly cluster: string;
  readonly topic: string;
}

/**
 * Editors in which a message of several lines is written. Each has a lens that produces it. They
 * are documents that are not saved, and know their topic until they are closed.
 */
export class MessageEditors implements vscode.CodeLensProvider, vscode.Disposable {
  readonly #targets = new Map<string, MessageTarget>();
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #owned: vscode.Disposable;
  readonly onDidChangeCodeLenses = this.#changed.event;

  constructor() {
    this.#owned = vscode.Disposable.from(
      this.#changed,
      vscode.languages.registerCodeLensProvider({ scheme: 'untitled' }, this),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => {
        this.#targets.delete(uri.toString());
      }),
    );
  }

  /** Opens an editor for a message to a topic, with the text so far. */
  async open(target: MessageTarget, text: string): Promise<void> {
    const language = /^\s*(?:[[{"]|$)/.test(text) ? 'json' : 'plaintext';
    const document = await vscode.workspace.openTextDocument({ language, content: text });
    this.#targets.set(document.uri.toString(), target);
    const editor = await vscode.window.showTextDocument(document, { preview: false });
    const { end } = document.lineAt(document.lineCount - 1).range;
    editor.selection = new vscode.Selection(end, end);
    this.#changed.fire();
  }

  /** Returns the topic that the message of a document is for, if it is such a document. */
  targetOf({ uri }: vscode.TextDocument): MessageTarget | undefined {
    return this.#targets.get(uri.toString());
  }

  provideCodeLenses(document: vscode.TextDocument): vscode.CodeLens[] {
    const target = this.targetOf(document);
    if (!target) return [];
    const { cluster, topic } = target;
    const command: vscode.Command = {
      title: `$(play) ${oneLine(vscode.l10n.t('Produce to {0} on {1}', topic, cluster))}`,
      command: 'kafkaRest.produceDocument',
      arguments: [target],
    };
    return [new vscode.CodeLens(new vscode.Range(0, 0, 0, 0), command)];
  }

  dispose(): void {
    this.#owned.dispose();
  }
}
