import * as vscode from 'vscode';
import type { SubjectVersion } from '../../core/schemaRegistry/schema';
import type { FileStore } from '../base/filesOnDemand';
import { capitalise, sentences } from '../words/sentences';
import { explain } from '../words/report';
import { Drafts } from './drafts';
import { latestOf } from './latest';
import { type SchemaPlace, schemaPlace, schemaUri } from './schemaUri';
import { shownText } from './schemaText';
import type { SchemaServices } from './services';
import { templateOf } from './templates';

/** How many schemas are kept in memory. The registry's client keeps them as well. */
const MAX_KNOWN = 100;
/** How long VS Code is given to read a text again that it has in memory. */
const RELOAD_MS = 2_000;

interface Content {
  readonly bytes: Uint8Array;
  /** Epoch milliseconds; VS Code reads the text again when it changes. */
  readonly at: number;
  /** Missing: a draft. */
  readonly version?: SubjectVersion;
}

/**
 * The schemas that are open as documents. A version cannot be edited. A draft can, and begins with
 * the latest version, or with a template if its subject does not exist yet. Saving a draft keeps it
 * in the workspace; nothing is registered by that.
 */
export class SchemaDocuments implements FileStore, vscode.Disposable {
  readonly #contents = new Map<string, Promise<Content>>();
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly #drafts: Drafts;
  #last = 0;

  readonly onDidChange = this.#changed.event;

  constructor(private readonly services: SchemaServices) {
    this.#drafts = new Drafts(services.workspaceState);
  }

  /** Shows a version that was fetched. */
  async show(cluster: string, version: SubjectVersion): Promise<vscode.TextEditor> {
    return vscode.window.showTextDocument(this.address(cluster, version), { preview: true });
  }

  /** Returns the address at which a version that was fetched can be opened. */
  address(cluster: string, found: SubjectVersion): vscode.Uri {
    const { subject, version, schema } = found;
    const uri = schemaUri({ cluster, subject, version, type: schema.type });
    this.#keep(uri, Promise.resolve(contentOf(found)));
    return uri;
  }

  /** Shows the draft of the next version of a subject, which may not exist yet. */
  async showDraft(place: Omit<SchemaPlace, 'version'>): Promise<vscode.TextEditor> {
    const { cluster, subject, type } = place;
    const uri = schemaUri({ cluster, subject, type });
    await this.#renew(uri);
    return vscode.window.showTextDocument(uri, { preview: false });
  }

  /** Forgets a draft that was registered, and closes its tab. */
  async endDraft(uri: vscode.Uri): Promise<void> {
    await this.#drafts.delete(uri.toString());
    const tabs = vscode.window.tabGroups.all
      .flatMap((group) => group.tabs)
      .filter(({ input }) => {
        return input instanceof vscode.TabInputText && input.uri.toString() === uri.toString();
      });
    await vscode.window.tabGroups.close(tabs, true);
  }

  /** Returns the version that a document shows; `undefined` for a draft. */
  async versionOf(uri: vscode.Uri): Promise<SubjectVersion | undefined> {
    return (await this.#get(uri)).version;
  }

  async stat(uri: vscode.Uri): Promise<vscode.FileStat> {
    const { at, bytes } = await worded(() => this.#get(uri));
    return {
      type: vscode.FileType.File,
      ctime: 0,
      mtime: at,
      size: bytes.length,
      ...(placeOf(uri).version !== undefined && { permissions: vscode.FilePermission.Readonly }),
    };
  }

  async read(uri: vscode.Uri): Promise<Uint8Array> {
    return (await worded(() => this.#get(uri))).bytes;
  }

  async write(uri: vscode.Uri, bytes: Uint8Array): Promise<void> {
    if (placeOf(uri).version !== undefined) throw vscode.FileSystemError.NoPermissions(uri);
    if (!(await this.#drafts.set(uri.toString(), new TextDecoder().decode(bytes)))) {
      throw vscode.FileSystemError.Unavailable(
        vscode.l10n.t('The draft is too long to be kept. Save it as a file.'),
      );
    }
    this.#keep(uri, Promise.resolve({ bytes, at: this.#later() }));
  }

  dispose(): void {
    this.#changed.dispose();
  }

  /**
   * Begins a draft anew, unless one is kept or being edited. VS Code may still have the text of an
   * earlier one in memory, which must not show.
   */
  async #renew(uri: vscode.Uri): Promise<void> {
    const open = vscode.workspace.textDocuments.find(
      (document) => document.uri.toString() === uri.toString(),
    );
    if (open?.isDirty) return;
    this.#contents.delete(uri.toString());
    const { bytes } = await this.#get(uri);
    if (!open || open.getText() === new TextDecoder().decode(bytes)) return;
    await new Promise<void>((resolve) => {
      const end = () => {
        listener.dispose();
        clearTimeout(timer);
        resolve();
      };
      const timer = setTimeout(end, RELOAD_MS);
      const listener = vscode.workspace.onDidChangeTextDocument(({ document }) => {
        if (document === open) end();
      });
      this.#changed.fire(uri);
    });
  }

  /** Returns the time, or a later one if something else was read in the same millisecond. */
  #later(): number {
    this.#last = Math.max(Date.now(), this.#last + 1);
    return this.#last;
  }

  #get(uri: vscode.Uri): Promise<Content> {
    const key = uri.toString();
    const known = this.#contents.get(key);
    if (known) return known;
    const reading = this.#read(uri);
    this.#keep(uri, reading);
    reading.catch(() => {
      // So that the next look tries again.
      if (this.#contents.get(key) === reading) this.#contents.delete(key);
    });
    return reading;
  }

  #keep(uri: vscode.Uri, content: Promise<Content>): void {
    const key = uri.toString();
    this.#contents.delete(key);
    this.#contents.set(key, content);
    for (const oldest of this.#contents.keys()) {
      if (this.#contents.size <= MAX_KNOWN) return;
      this.#contents.delete(oldest);
    }
  }

  async #read(uri: vscode.Uri): Promise<Content> {
    const { cluster, subject, version, type } = placeOf(uri);
    const kept = version === undefined ? this.#drafts.get(uri.toString()) : undefined;
    if (kept !== undefined) return this.#draftOf(kept);
    const registry = await this.services.registries.registryOf(cluster);
    if (version !== undefined) return contentOf(await registry.version(subject, version));
    const latest = await latestOf(registry, subject);
    const isSame = latest?.schema.type === type;
    return this.#draftOf(isSame ? shownText(latest.schema) : templateOf(type, subject));
  }

  #draftOf(text: string): Content {
    return { bytes: new TextEncoder().encode(text), at: this.#later() };
  }
}

function contentOf(version: SubjectVersion): Content {
  // A version never changes, and has the same time after a restart.
  return { bytes: new TextEncoder().encode(shownText(version.schema)), at: 0, version };
}

/** Returns which schema an address is of. Throws VS Code's error for an address of none. */
function placeOf(uri: vscode.Uri): SchemaPlace {
  const place = schemaPlace(uri);
  if (!place) throw vscode.FileSystemError.FileNotFound(uri);
  return place;
}

/** Has VS Code show the reason of a failure and the next step in place of its own words. */
async function worded<T>(task: () => Promise<T>): Promise<T> {
  try {
    return await task();
  } catch (error) {
    if (error instanceof vscode.FileSystemError) throw error;
    const { reason, advice } = explain(error);
    throw vscode.FileSystemError.Unavailable(sentences(capitalise(reason), advice));
  }
}
