import * as vscode from 'vscode';
import {
  CodeActionKind,
  CodeActionRequest,
  CompletionRequest,
  DidChangeTextDocumentNotification,
  DidCloseTextDocumentNotification,
  DidOpenTextDocumentNotification,
  DocumentDiagnosticRequest,
  HoverRequest,
  type LanguageClient,
  type TextDocumentRegistrationOptions,
  TextDocumentSyncKind,
} from 'vscode-languageclient/node';
import { MAX_CHECKED_LENGTH } from '../../language/protocol';
import { selectorOf } from './checkStatus';
import type { FileSchemas } from './fileSchemas';

/** The context key with the files whose values can be filled in. */
const CONTEXT_KEY = 'kafkaRest.checkedFiles';

/** A feature of the client, to which documents can be added and from which they can be removed. */
interface Feature {
  register(data: {
    readonly id: string;
    readonly registerOptions: TextDocumentRegistrationOptions;
  }): void;
  unregister(id: string): void;
}

/**
 * Passes the open files that are checked against a schema to the language server, and no other JSON
 * file. A file that is too long is reported to `tooLong` instead.
 */
export class CheckedDocuments implements vscode.Disposable {
  /** By address; each takes the file back from the server. */
  readonly #given = new Map<string, () => void>();
  readonly #subscriptions: vscode.Disposable;

  constructor(
    private readonly client: LanguageClient,
    private readonly schemas: FileSchemas,
    private readonly tooLong: (uri: vscode.Uri) => void,
  ) {
    const update = () => {
      this.#update();
    };
    this.#subscriptions = vscode.Disposable.from(
      schemas.onDidChange(update),
      vscode.workspace.onDidOpenTextDocument(update),
      vscode.workspace.onDidCloseTextDocument(update),
    );
    update();
  }

  #update(): void {
    const wanted = new Map<string, vscode.TextDocument>();
    for (const document of vscode.workspace.textDocuments) {
      if (this.schemas.of(document.uri)) wanted.set(document.uri.toString(), document);
    }
    const before = [...this.#given.keys()].join();
    for (const [address, callOff] of this.#given) {
      if (wanted.has(address)) continue;
      this.#given.delete(address);
      callOff();
    }
    for (const [address, document] of wanted) {
      if (this.#given.has(address)) continue;
      if (lengthOf(document) > MAX_CHECKED_LENGTH) this.tooLong(document.uri);
      else this.#given.set(address, this.#give(document));
    }
    const given = [...this.#given.keys()];
    if (given.join() === before) return;
    void vscode.commands.executeCommand('setContext', CONTEXT_KEY, given);
  }

  #give({ uri }: vscode.TextDocument): () => void {
    const documentSelector = selectorOf(uri);
    const id = `kafkaRest.check:${uri.toString()}`;
    const { client } = this;
    // The text comes first: what follows asks about it.
    const features: readonly (readonly [Feature, Readonly<Record<string, unknown>>])[] = [
      [client.getFeature(DidOpenTextDocumentNotification.method), {}],
      [
        client.getFeature(DidChangeTextDocumentNotification.method),
        { syncKind: TextDocumentSyncKind.Incremental },
      ],
      [client.getFeature(DidCloseTextDocumentNotification.method), {}],
      [client.getFeature(CompletionRequest.method), { triggerCharacters: ['"', ':', ' '] }],
      [client.getFeature(HoverRequest.method), {}],
      [
        client.getFeature(CodeActionRequest.method),
        { codeActionKinds: [CodeActionKind.QuickFix, CodeActionKind.RefactorRewrite] },
      ],
      [
        client.getFeature(DocumentDiagnosticRequest.method),
        { interFileDependencies: false, workspaceDiagnostics: false },
      ],
    ];
    for (const [feature, options] of features) {
      feature.register({ id, registerOptions: { documentSelector, ...options } });
    }
    return () => {
      for (const [feature] of features.toReversed()) feature.unregister(id);
    };
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }
}

/** Returns the length of a document without copying its text. */
function lengthOf(document: vscode.TextDocument): number {
  return document.offsetAt(document.lineAt(document.lineCount - 1).range.end);
}
