import * as vscode from 'vscode';
import type { RecordFormats } from '../../core/message/codec';
import type { SchemaQuery } from '../../language/protocol';
import { checkedFormats } from './checkedFormats';
import { type FileSchema, SchemaMemory } from './schemaMemory';

export type { FileSchema } from './schemaMemory';

/** The JSON files that the person has checked by a schema. */
export class FileSchemas implements vscode.Disposable {
  readonly #memory: SchemaMemory;
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.#changed.event;
  readonly #subscriptions: vscode.Disposable;

  constructor(state: vscode.Memento) {
    this.#memory = new SchemaMemory(state);
    this.#subscriptions = vscode.Disposable.from(
      this.#changed,
      vscode.workspace.onDidRenameFiles(({ files }) => {
        for (const { oldUri, newUri } of files) void this.#move(oldUri, newUri);
      }),
      vscode.workspace.onDidCloseTextDocument((document) => {
        // Its name is given to the next document. Choosing another language closes it, too.
        if (document.isUntitled) setTimeout(() => void this.#forgetClosed(document.uri));
      }),
    );
  }

  /** Returns by what a file is checked, if it is. */
  of(uri: vscode.Uri): FileSchema | undefined {
    return this.#memory.get(uri.toString());
  }

  /** Returns the same as the language server asks for it. */
  queriesOf(uri: vscode.Uri): readonly SchemaQuery[] | undefined {
    const schema = this.of(uri);
    if (!schema) return undefined;
    const { cluster = '', topic } = schema;
    return (['key', 'value'] as const).flatMap((part) => {
      const format = schema[part];
      return format === undefined ? [] : [{ cluster, topic, part, named: { format } }];
    });
  }

  /** Returns the formats that the check of a file is by, as `checkedFormats` does. */
  formatsOf(uri: vscode.Uri, cluster: string, binary: boolean): Partial<RecordFormats> {
    const schema = this.of(uri);
    return schema ? checkedFormats(schema, cluster, binary) : {};
  }

  async set(uri: vscode.Uri, schema: FileSchema | undefined): Promise<void> {
    await this.#memory.set(uri.toString(), schema);
    this.#changed.fire(uri);
  }

  async #move(from: vscode.Uri, to: vscode.Uri): Promise<void> {
    const schema = this.of(from);
    if (!schema) return;
    await this.set(from, undefined);
    await this.set(to, schema);
  }

  async #forgetClosed(uri: vscode.Uri): Promise<void> {
    const address = uri.toString();
    const isOpen = vscode.workspace.textDocuments.some((each) => each.uri.toString() === address);
    if (!isOpen && this.of(uri)) await this.set(uri, undefined);
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }
}
