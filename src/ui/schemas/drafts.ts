import type * as vscode from 'vscode';
import { knownMembers, string } from '../../core/schema';

const KEY = 'kafkaRest.schemaDrafts';
const saved = knownMembers(string, string);
/** How many drafts are kept, and how long each may be, so that the state of a workspace stays small. */
const MAX_DRAFTS = 50;
const MAX_LENGTH = 1_000_000;

/** The drafts of schemas that were saved and not registered yet, by their addresses. */
export class Drafts {
  constructor(private readonly state: Pick<vscode.Memento, 'get' | 'update'>) {}

  get(address: string): string | undefined {
    return this.#all().get(address);
  }

  /** Keeps a draft. Returns whether it is short enough for that. */
  async set(address: string, text: string): Promise<boolean> {
    if (text.length > MAX_LENGTH) return false;
    const all = this.#all();
    all.delete(address);
    await this.#save([...all, [address, text] as const].slice(-MAX_DRAFTS));
    return true;
  }

  async delete(address: string): Promise<void> {
    const all = this.#all();
    if (all.delete(address)) await this.#save([...all]);
  }

  async #save(entries: readonly (readonly [string, string])[]): Promise<void> {
    await this.state.update(KEY, Object.fromEntries(entries));
  }

  #all(): Map<string, string> {
    const entries = Object.entries(saved(this.state.get(KEY)) ?? {});
    return new Map(entries.map(([uri, text]) => [uri, text ?? '']));
  }
}
