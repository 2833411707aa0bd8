import * as vscode from 'vscode';
import type { KafkaRecord, Offset } from '../core/kafka';
import type { ReadRequest } from '../core/reader';
import { formats, type MessageFormat } from '../core/format';

export const messageScheme = 'kafkaRest-messages';

/** Where a document's messages came from, and where the next ones begin. */
export interface Origin {
  readonly cluster: string;
  readonly request: ReadRequest;
  /** The next offset of each partition. */
  readonly position: ReadonlyMap<number, Offset>;
}

export interface MessageDocument {
  readonly uri: vscode.Uri;
  readonly format: MessageFormat;
  readonly origin: Origin;
  /** The formatted messages, without what surrounds them. */
  readonly body: string;
}

/**
 * The read-only documents that messages open in. A content provider's documents cannot be edited.
 * They live as long as a tab shows them.
 */
export class MessageDocuments implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #documents = new Map<string, MessageDocument>();
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly #subscriptions: vscode.Disposable;

  readonly onDidChange = this.#changed.event;

  constructor() {
    this.#subscriptions = vscode.Disposable.from(
      this.#changed,
      vscode.workspace.registerTextDocumentContentProvider(messageScheme, this),
      vscode.window.tabGroups.onDidChangeTabs(({ closed }) => {
        if (closed.length > 0) this.#evict();
      }),
    );
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    const document = this.#documents.get(uri.toString());
    if (document) return document.format.begin + document.body + document.format.end;
    return `${JSON.stringify(
      vscode.l10n.t(
        'VS Code does not keep messages when the window closes. Consume them again to see them.',
      ),
    )}\n`;
  }

  get(uri: vscode.Uri): MessageDocument | undefined {
    return this.#documents.get(uri.toString());
  }

  /** Opens a document of these messages, or shows them in it if it is open. */
  async open(
    uri: vscode.Uri,
    format: MessageFormat,
    records: readonly KafkaRecord[],
    origin: Origin,
  ): Promise<void> {
    await this.#show({ uri, format, origin, body: format.records(records) });
  }

  /** Appends messages to a document; `origin` says where the next ones begin. */
  async append(
    { uri, format, body }: MessageDocument,
    records: readonly KafkaRecord[],
    origin: Origin,
  ): Promise<void> {
    const more = format.separator + format.records(records);
    await this.#show({ uri, format, origin, body: body + more });
  }

  async #show(document: MessageDocument): Promise<void> {
    const key = document.uri.toString();
    const isOpen = this.#documents.has(key);
    this.#documents.set(key, document);
    if (isOpen) this.#changed.fire(document.uri);
    const opened = await vscode.workspace.openTextDocument(document.uri);
    await vscode.window.showTextDocument(opened, { preview: false });
  }

  #evict(): void {
    const shown = new Set(
      vscode.window.tabGroups.all
        .flatMap(({ tabs }) => tabs)
        .flatMap(({ input }) =>
          input instanceof vscode.TabInputText ? [input.uri.toString()] : [],
        ),
    );
    for (const key of this.#documents.keys()) if (!shown.has(key)) this.#documents.delete(key);
  }

  dispose(): void {
    this.#subscriptions.dispose();
    this.#documents.clear();
  }
}

/** The address of a document: cluster, topic and range by name; the ending picks the language. */
export function messageUri(
  cluster: string,
  topic: string,
  range: string,
  { extension }: MessageFormat,
): vscode.Uri {
  const path = `/${encodeURIComponent(cluster)}/${topic}/${topic}${range}.${extension}`;
  return vscode.Uri.from({ scheme: messageScheme, path });
}

/** The format that the setting asks for. */
export function configuredFormat(): MessageFormat {
  const name = vscode.workspace.getConfiguration('kafkaRest').get<string>('consume.format');
  return formats[name === 'jsonl' || name === 'text' ? name : 'json'];
}

/** Asks where to, and writes the document there. */
export async function saveMessages(document: vscode.TextDocument): Promise<void> {
  const name = document.uri.path.split('/').at(-1) ?? 'messages.json';
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const target = await vscode.window.showSaveDialog({
    title: vscode.l10n.t('Save Messages'),
    ...(folder && { defaultUri: vscode.Uri.joinPath(folder, name) }),
  });
  if (!target) return;
  await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(document.getText()));
  void vscode.window.showInformationMessage(
    vscode.l10n.t('Saved {0}.', vscode.workspace.asRelativePath(target)),
  );
}
