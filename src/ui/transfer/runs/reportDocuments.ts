import * as vscode from 'vscode';
import { fileName } from '../../../core/text/fileName';
import type { LinkedText } from './reportText';

const SCHEME = 'kafkaRest-report';

/** Reports in read-only documents, kept until their tabs close. */
export class ReportDocuments
  implements vscode.TextDocumentContentProvider, vscode.DocumentLinkProvider, vscode.Disposable
{
  readonly #reports = new Map<string, LinkedText>();
  readonly #subscriptions: vscode.Disposable;
  #count = 0;

  constructor() {
    this.#subscriptions = vscode.Disposable.from(
      vscode.workspace.registerTextDocumentContentProvider(SCHEME, this),
      vscode.languages.registerDocumentLinkProvider({ scheme: SCHEME }, this),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => {
        this.#reports.delete(uri.toString());
      }),
    );
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    return (
      this.#reports.get(uri.toString())?.text ??
      vscode.l10n.t('VS Code does not keep reports when the window closes.')
    );
  }

  provideDocumentLinks({ uri }: vscode.TextDocument): vscode.DocumentLink[] {
    return [...(this.#reports.get(uri.toString())?.links ?? [])];
  }

  /** Opens a report under the given name. */
  async show(name: string, report: LinkedText): Promise<void> {
    const uri = vscode.Uri.from({ scheme: SCHEME, path: `/${++this.#count}/${fileName(name)}.md` });
    this.#reports.set(uri.toString(), report);
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.window.showTextDocument(document, { preview: false });
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }
}
