import type * as vscode from 'vscode';
import { formatText, parseFormat, type RecordFormats } from '../../core/message/codec';
import { known, object, string } from '../../core/schema';
import { remember } from '../base/remember';

const KEY = 'kafkaRest.restFormats';
/** How many files are remembered. */
const MAX_FILES = 50;

const entries = known(object({ file: string, key: string, value: string }));

/**
 * Remembers the formats of messages that a run has left in a file, so that they are offered when the
 * file is produced.
 */
export class RestFormats {
  constructor(private readonly state: Pick<vscode.Memento, 'get' | 'update'>) {}

  /** Returns the formats of a file, by its URI; `undefined` if none are remembered. */
  get(uri: string): RecordFormats | undefined {
    const found = this.#entries.find(({ file }) => file === uri);
    if (!found) return undefined;
    const key = parseFormat(found.key);
    const value = parseFormat(found.value);
    return typeof key === 'object' && typeof value === 'object' ? { key, value } : undefined;
  }

  async set(uris: readonly string[], { key, value }: RecordFormats): Promise<void> {
    if (uris.length === 0) return;
    const others = this.#entries.filter(({ file }) => !uris.includes(file));
    const added = uris.map((file) => ({ file, key: formatText(key), value: formatText(value) }));
    await remember(this.state, KEY, [...others, ...added].slice(-MAX_FILES));
  }

  get #entries() {
    return entries(this.state.get(KEY)) ?? [];
  }
}
