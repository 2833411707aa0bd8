import type * as vscode from 'vscode';
import { knownMembers, lenient, object, string } from '../../core/schema';

const KEY = 'kafkaRest.fileSchemas';
/** How many files are remembered, so that the state of a workspace stays small. */
const MAX_FILES = 100;

const fileSchema = object({
  cluster: lenient(string),
  topic: lenient(string),
  key: lenient(string),
  value: lenient(string),
});
const saved = knownMembers(string, fileSchema);

/**
 * By what the messages of a file are checked: the formats of their keys and values, such as
 * `avro(orders-value)`, and whose registry knows these schemas.
 */
export interface FileSchema {
  readonly cluster?: string | undefined;
  readonly topic?: string | undefined;
  readonly key?: string | undefined;
  readonly value?: string | undefined;
}

/** What tells documents apart. */
interface Document {
  readonly languageId: string;
  readonly uri: Pick<vscode.Uri, 'toString'>;
}

/** Returns whether a document is one with which the language server starts. */
export function needsLanguageServer(
  state: Pick<vscode.Memento, 'get' | 'update'>,
): (document: Document) => boolean {
  const memory = new SchemaMemory(state);
  return ({ languageId, uri }) =>
    languageId === 'kafkarest' || memory.get(uri.toString()) !== undefined;
}

/** The schemas of files by their addresses, as the workspace remembers them. */
export class SchemaMemory {
  constructor(private readonly state: Pick<vscode.Memento, 'get' | 'update'>) {}

  get(address: string): FileSchema | undefined {
    return this.#all().get(address);
  }

  /** Remembers a schema, or forgets it. The files that were chosen first go first. */
  async set(address: string, schema: FileSchema | undefined): Promise<void> {
    const all = this.#all();
    all.delete(address);
    if (schema) all.set(address, schema);
    await this.state.update(KEY, Object.fromEntries([...all].slice(-MAX_FILES)));
  }

  #all(): Map<string, FileSchema> {
    const entries = Object.entries(saved(this.state.get(KEY)) ?? {});
    return new Map(entries.flatMap(([uri, schema]) => (schema ? [[uri, schema]] : [])));
  }
}
